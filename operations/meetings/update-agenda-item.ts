import type { Viewer } from '../../domain/access/viewer.ts';
import { itemQuestion, plannedMinutes, requireNotEnded, topicTitle } from '../../domain/meetings/meeting.ts';
import { goOn, pause } from '../../domain/meetings/timer.ts';
import { requireSameQuestion } from '../../domain/meetings/votes.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachItem } from './reach-meeting.ts';

/** What is null or absent stays as it is; an empty question is none. */
export interface UpdateAgendaItem {
  readonly item: string;
  readonly title?: string | null | undefined;
  readonly question?: string | null | undefined;
  readonly plannedMinutes?: number | null | undefined;
  /** Closed: talked about, its votes counted. */
  readonly closed?: boolean | null | undefined;
}

/** Puts an item better, or closes it. The question cannot change under votes: what was answered stays what was asked. */
export async function updateAgendaItem(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: UpdateAgendaItem): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { item, meeting } = await reachItem(tx, viewer, request.item, 'meeting.hold');
    requireNotEnded(meeting.state);
    const question = request.question === null || request.question === undefined ? item.question : itemQuestion(request.question);
    requireSameQuestion(item.question, question, (await tx.meetings.votes([item.id])).length);
    const now = ports.clock.now();
    const closed = request.closed ?? (item.closedAt !== null);
    const current = meeting.state === 'LIVE' && meeting.currentItemId === item.id;
    await tx.meetings.updateItem(item.id, {
      title: topicTitle(request.title ?? item.title), question, plannedSeconds: plannedMinutes(request.plannedMinutes, Math.max(1, Math.round(item.plannedSeconds / 60))) * 60,
      ...(closed === (item.closedAt !== null) ? {} : closed ? { closedAt: now, ...pause(item, now) } : { closedAt: null, ...(current ? goOn(item, now) : {}) }),
    });
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'item-updated', detail: { item: item.id, closed } });
    return item.id;
  });
}
