import { requireMayWithdraw } from '../../domain/people/invitation.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../ports/ports.ts';

/** Makes an invitation's link worthless. Its row goes; that it was made and withdrawn stays in the audit log. */
export async function withdrawInvitation({ store }: Pick<Ports, 'store'>, viewer: Viewer, invitationId: string): Promise<void> {
  await store.transaction(async (tx) => {
    const invitation = await tx.people.invitation(invitationId);
    requireMayWithdraw(viewer, invitation);
    await tx.people.deleteInvitation(invitation.id);
    await tx.audit.append({ projectId: invitation.projectId, actorId: viewer.personId, action: 'invitation.withdrawn', subjectKind: 'invitation', subjectId: invitation.id, detail: { email: invitation.email } });
  });
}
