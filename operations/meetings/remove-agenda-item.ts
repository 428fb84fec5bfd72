import type { Viewer } from '../../domain/access/viewer.ts';
import { requireNotEnded, requireUntouched } from '../../domain/meetings/meeting.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachItem } from './reach-meeting.ts';

/** Takes an item off the agenda, as long as nothing hangs on it; resolves to the meeting's id. */
export async function removeAgendaItem(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, itemId: string): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { item, meeting } = await reachItem(tx, viewer, itemId, 'meeting.hold');
    requireNotEnded(meeting.state);
    const recorded = [...(await tx.meetings.decisions(meeting.id)), ...(await tx.meetings.actions(meeting.id))].filter((each) => each.itemId === item.id);
    requireUntouched({ current: meeting.currentItemId === item.id, votes: (await tx.meetings.votes([item.id])).length, recorded: recorded.length });
    await tx.meetings.removeItems([item.id], { at: ports.clock.now(), personId: viewer.personId });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'item-removed', detail: { item: item.id, title: item.title } });
    return meeting.id;
  });
}
