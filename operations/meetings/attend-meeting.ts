import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { reachMeeting } from './reach-meeting.ts';

/** Who says nothing for so long was away meanwhile; pages say it three times as often. */
const AWAY_AFTER_MS = 60_000;
export const ATTEND_EVERY_SECONDS = 20;

/** Says that the viewer is in the meeting now. Outside of a meeting that is held it changes nothing. */
export async function attendMeeting(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, meetingId: string): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: meeting } = await reachMeeting(tx, viewer, meetingId, 'project.read');
    if (meeting.state !== 'LIVE') return meeting.id;
    const came = await noteAttendance(ports, tx, { meetingId: meeting.id, personId: viewer.personId });
    if (came) await tx.outbox.change({ noun: 'meeting', id: meeting.id, verb: 'joined', projectId: meeting.projectId, experimentId: null, subjectId: null });
    return meeting.id;
  });
}

/** Goes on with the stay, or begins another one after an absence; true when somebody came. */
export async function noteAttendance(ports: Pick<Ports, 'clock' | 'ids'>, tx: Transaction, { meetingId, personId }: { readonly meetingId: string; readonly personId: string }): Promise<boolean> {
  const now = ports.clock.now();
  const last = await tx.meetings.lastAttendance(meetingId, personId);
  if (last && now.getTime() - last.seenAt.getTime() < AWAY_AFTER_MS) {
    if (now > last.seenAt) await tx.meetings.prolong(last.id, now);
    return false;
  }
  await tx.meetings.insertAttendance({ id: ports.ids.next('attendance'), meetingId, personId, cameAt: now, seenAt: now });
  return true;
}
