import { admit, type SignUpSituation } from '../../domain/people/admission.ts';
import type { OrganizationRole } from '../../domain/access/viewer.ts';
import { checkEmail } from '../../domain/people/email.ts';
import { forbidden } from '../../domain/refusal.ts';
import type { Invitation } from '../ports/people.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

const FIRST_ACCOUNT = 'first-account';
/** How long a sign-up that never finished keeps others from being the first, in milliseconds. */
const CLAIM_MS = 60_000;

export interface SignUpRequest extends Pick<SignUpSituation, 'mode' | 'signUp'> {
  readonly email: string;
  /** The secret of an invitation's link. */
  readonly invitation: string | null;
}

type Needs = Pick<Ports, 'store' | 'clock' | 'secrets'>;

/** Decides, before the account is made, whether somebody may come in and as what. Refuses with the reasons of domain/people/admission.ts. */
export async function admitPerson({ store, clock, secrets }: Needs, request: SignUpRequest): Promise<{ readonly organizationId: string; readonly organizationRole: OrganizationRole }> {
  const email = checkEmail(request.email);
  const now = clock.now();
  return store.transaction(async (tx) => {
    const organization = await tx.people.organization();
    if (!organization) throw new Error('the first start has not made the organization');
    const organizationRole = admit({
      mode: request.mode, signUp: request.signUp, email, now,
      accounts: await tx.people.accountCount(),
      invitation: await knownInvitation(tx, secrets, request.invitation),
    });
    if (organizationRole === 'OWNER') await claimFirstAccount(tx, email, now);
    return { organizationId: organization.id, organizationRole };
  });
}

/** Two people who sign up at the same moment cannot both be the first. */
async function claimFirstAccount(tx: Transaction, email: string, now: Date): Promise<void> {
  const claim = await tx.settings.lock(FIRST_ACCOUNT) as { readonly email: string; readonly at: number } | undefined;
  if (claim && claim.email !== email && now.getTime() - claim.at < CLAIM_MS) throw forbidden('invitation/needed', 'Somebody else is signing up as the first person right now. Ask them to invite you.');
  await tx.settings.put(FIRST_ACCOUNT, { email, at: now.getTime() });
}

async function knownInvitation(tx: Transaction, secrets: Ports['secrets'], secret: string | null): Promise<Invitation | null> {
  if (secret === null) return null;
  const invitation = await tx.people.invitationByHash(secrets.digest(secret));
  if (!invitation) throw forbidden('invitation/unknown', 'This is not an invitation of this installation, or it was withdrawn.');
  return invitation;
}

/** After the account is made: records it, uses the invitation up and gives the role it promised. */
export async function welcomePerson({ store, clock, secrets }: Needs, personId: string, invitationSecret: string | null): Promise<void> {
  await store.transaction(async (tx) => {
    const invitation = await knownInvitation(tx, secrets, invitationSecret);
    if (invitation && !invitation.acceptedAt) {
      await tx.people.acceptInvitation(invitation.id, clock.now());
      if (invitation.projectId && invitation.role) await tx.projects.setRole(invitation.projectId, personId, invitation.role);
    }
    await tx.outbox.change({ noun: 'person', id: personId, verb: 'joined', projectId: invitation?.projectId ?? null, experimentId: null, subjectId: null });
    await tx.audit.append({ projectId: invitation?.projectId ?? null, actorId: personId, action: 'person.joined', subjectKind: 'person', subjectId: personId, detail: { invitationId: invitation?.id ?? null } });
  });
}
