import type { Viewer } from '../../domain/access/viewer.ts';
import { requireStartable, type PresentedView } from '../../domain/meetings/meeting.ts';
import { goOn } from '../../domain/meetings/timer.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { noteAttendance } from './attend-meeting.ts';
import { reachMeeting } from './reach-meeting.ts';

/** Begins: who starts it presents, at the first item, whose time runs from now. */
export async function startMeeting(ports: Pick<Ports, 'store' | 'clock' | 'ids' | 'meetingViews'>, viewer: Viewer, meetingId: string): Promise<string> {
  const view = await ports.store.transaction(async (tx): Promise<PresentedView> => {
    const { thing: meeting } = await reachMeeting(tx, viewer, meetingId, 'meeting.hold');
    requireStartable(meeting.state);
    const now = ports.clock.now();
    const first = (await tx.meetings.items(meeting.id)).find(({ closedAt }) => closedAt === null) ?? null;
    const at: PresentedView = { itemId: first?.id ?? null, search: '', section: 0, within: 0 };
    if (first) await tx.meetings.updateItem(first.id, goOn(first, now));
    await tx.meetings.update(meeting.id, { state: 'LIVE', startedAt: now, presenterId: viewer.personId, currentItemId: first?.id ?? null, view: at });
    await noteAttendance(ports, tx, { meetingId: meeting.id, personId: viewer.personId });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'started' });
    return at;
  });
  ports.meetingViews.publish(meetingId, view);
  return meetingId;
}
