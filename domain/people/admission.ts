import type { OrganizationRole } from '../access/viewer.ts';
import { Refusal } from '../refusal.ts';

/** What decides whether somebody who signs up may come in, and as what. */
export interface SignUpSituation {
  readonly mode: 'local' | 'required';
  readonly signUp: 'open' | 'invited';
  /** People who can already sign in. */
  readonly accounts: number;
  readonly email: string;
  /** The invitation whose link was used, if it is one. */
  readonly invitation: { readonly email: string; readonly expiresAt: Date; readonly acceptedAt: Date | null } | null;
  readonly now: Date;
}

/**
 * Where an account is required, the first one is the owner's; later ones need an invitation unless sign-up is open.
 * In local mode the machine's owner is there already, so who signs up is a member.
 */
export function admit(situation: SignUpSituation): OrganizationRole {
  if (situation.mode === 'required' && situation.accounts === 0) return 'OWNER';
  if (situation.invitation) checkInvitation(situation.invitation, situation);
  else if (situation.signUp === 'invited') throw new Refusal('forbidden', 'invitation/needed', 'Sign-up is by invitation here. Ask an owner to invite you, and use the link you get.');
  return 'MEMBER';
}

function checkInvitation(invitation: NonNullable<SignUpSituation['invitation']>, { email, now }: SignUpSituation): void {
  if (invitation.acceptedAt) throw new Refusal('forbidden', 'invitation/used', 'This invitation was used already. Sign in, or ask for a new one.');
  if (invitation.expiresAt <= now) throw new Refusal('forbidden', 'invitation/expired', 'This invitation has expired. Ask for a new one.');
  if (invitation.email !== email) throw new Refusal('forbidden', 'invitation/other-email', `This invitation is for ${invitation.email}. Sign up with that address.`);
}
