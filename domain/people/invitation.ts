import type { Viewer } from '../access/viewer.ts';
import { conflict, notFound } from '../refusal.ts';

/** What a decision about an invitation must know of it. */
export interface OpenInvitation { readonly organizationId: string; readonly invitedById: string; readonly acceptedAt: Date | null }

/**
 * Passes when the viewer may take this invitation back. First match:
 * IN1 an invitation is seen by who made it and by owners of the organization; to others it does not exist. IN2 what was accepted cannot be taken back.
 */
export function requireMayWithdraw<Invitation extends OpenInvitation>(viewer: Viewer, invitation: Invitation | null): asserts invitation is Invitation {
  const seen = invitation?.organizationId === viewer.organizationId && (viewer.organizationRole === 'OWNER' || invitation.invitedById === viewer.personId);
  if (!seen) throw notFound('invitation/unknown', 'There is no such invitation, or it was withdrawn.');
  if (invitation.acceptedAt) throw conflict('invitation/used', 'This invitation was accepted already. An owner can disable the person instead.');
}
