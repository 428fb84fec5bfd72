import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { settlingNote } from '../../domain/meetings/meeting.ts';
import { forbidden, notFound } from '../../domain/refusal.ts';
import { projectOf } from '../experiments/reach.ts';
import type { ActionState } from '../ports/meetings.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';

const unknownAction = () => notFound('action-item/unknown', 'There is no such action item, or you may not see it.');

/** Says that it is done, dropped, or open again. Its owner may, and members of the project. Each turn is kept in the audit trail. */
export async function settleActionItem(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly actionItem: string; readonly state: ActionState; readonly note?: string | null | undefined }): Promise<string> {
  const note = settlingNote(request.note);
  return ports.store.transaction(async (tx) => {
    const action = await tx.meetings.lockAction(request.actionItem);
    if (!action) throw unknownAction();
    const project = await projectOf(tx, viewer, action.projectId, { action: 'project.read', unknown: unknownAction });
    if (action.ownerId !== viewer.personId && !may(viewer, 'meeting.hold', project)) throw forbidden('action-item/not-yours', 'Whoever it was given to settles it, or a member of the project.');
    if (action.state === request.state && note === action.note) return action.id;
    const open = request.state === 'OPEN';
    await tx.meetings.updateAction(action.id, { state: request.state, note, settledAt: open ? null : ports.clock.now(), settledById: open ? null : viewer.personId, version: action.version + 1 });
    const meeting = await tx.meetings.lock(action.meetingId);
    if (meeting) await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'action-settled', detail: { action: action.id, state: request.state, note } });
    return action.id;
  });
}
