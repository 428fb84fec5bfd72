import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { requireLive } from '../../domain/meetings/meeting.ts';
import { badInput } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachMeeting } from './reach-meeting.ts';
import { viewerFromRecords } from './viewer-from-records.ts';

/** Lets somebody else present; to oneself is taking over, which any member may: who presented may have lost their connection. */
export async function handOver(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly meeting: string; readonly to: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: meeting, project } = await reachMeeting(tx, viewer, request.meeting, 'meeting.hold');
    requireLive(meeting.state);
    const next = request.to === viewer.personId ? viewer : await viewerFromRecords(tx, request.to);
    if (!next || !may(next, 'meeting.hold', project)) throw badInput('meeting/cannot-present', 'Only members of the project can present. Choose somebody else.');
    if (meeting.presenterId === next.personId) return meeting.id;
    await tx.meetings.update(meeting.id, { presenterId: next.personId });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'handed-over', detail: { to: next.personId } });
    return meeting.id;
  });
}
