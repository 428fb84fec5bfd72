import type { Viewer } from '../../domain/access/viewer.ts';
import { requireLive } from '../../domain/meetings/meeting.ts';
import { goOn, pause } from '../../domain/meetings/timer.ts';
import { conflict } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachMeeting } from './reach-meeting.ts';

/** Stops the time of the item at hand, or lets it go on. */
export async function pauseTimer(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly meeting: string; readonly paused: boolean }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: meeting } = await reachMeeting(tx, viewer, request.meeting, 'meeting.hold');
    requireLive(meeting.state);
    const item = meeting.currentItemId === null ? null : await tx.meetings.item(meeting.currentItemId);
    if (!item || item.closedAt !== null) throw conflict('meeting/no-item', 'No open item is being talked about, so no time runs.');
    if ((item.runningSince === null) === request.paused) return meeting.id;
    await tx.meetings.updateItem(item.id, request.paused ? pause(item, ports.clock.now()) : goOn(item, ports.clock.now()));
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: request.paused ? 'paused' : 'went-on' });
    return meeting.id;
  });
}
