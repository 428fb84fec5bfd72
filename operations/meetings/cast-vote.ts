import type { Viewer } from '../../domain/access/viewer.ts';
import { requireOpenToVotes, type VoteChoice } from '../../domain/meetings/votes.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachItem } from './reach-meeting.ts';

/** Adds the viewer's vote; the last one of a person counts. Saying the same again adds nothing. Resolves to the item's id. */
export async function castVote(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly item: string; readonly choice: VoteChoice }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { item, meeting } = await reachItem(tx, viewer, request.item, 'meeting.vote');
    requireOpenToVotes(meeting, item);
    const last = (await tx.meetings.votes([item.id])).findLast(({ personId }) => personId === viewer.personId);
    if (last?.choice === request.choice) return item.id;
    await tx.meetings.addVote({ itemId: item.id, personId: viewer.personId, choice: request.choice, castAt: ports.clock.now() });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'voted', detail: { item: item.id } });
    return item.id;
  });
}
