import type { Viewer } from '../../domain/access/viewer.ts';
import { plannedSecondsFor } from '../../domain/meetings/draft-agenda.ts';
import { itemQuestion, plannedMinutes, requireNotEnded, requireRoomForItem, topicReason, topicTitle } from '../../domain/meetings/meeting.ts';
import type { AgendaItem } from '../ports/meetings.ts';
import type { Ports } from '../ports/ports.ts';
import { announceMeeting } from './announce-meeting.ts';
import { reachMeeting, subjectIdOf } from './reach-meeting.ts';

export interface AddAgendaItem {
  readonly meeting: string;
  readonly title: string;
  readonly reason?: string | null | undefined;
  readonly question?: string | null | undefined;
  /** Id of an experiment, hypothesis or run of the project. */
  readonly subject?: string | null | undefined;
  readonly plannedMinutes?: number | null | undefined;
}

/** Puts something on the agenda that nobody drafted, at its end; resolves to the item's id. */
export async function addAgendaItem(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: AddAgendaItem): Promise<string> {
  const title = topicTitle(request.title);
  const reason = topicReason(request.reason) ?? 'Added by hand.';
  const question = itemQuestion(request.question);
  const plannedSeconds = plannedMinutes(request.plannedMinutes, plannedSecondsFor('TOPIC') / 60) * 60;
  return ports.store.transaction(async (tx) => {
    const { thing: meeting } = await reachMeeting(tx, viewer, request.meeting, 'meeting.hold');
    requireNotEnded(meeting.state);
    const items = await tx.meetings.items(meeting.id);
    requireRoomForItem(items.length);
    const item: AgendaItem = {
      id: ports.ids.next('agenda-item'), meetingId: meeting.id, position: (items.at(-1)?.position ?? 0) + 1, kind: 'TOPIC', title, reason, question, subjectId: await subjectIdOf(tx, meeting, request.subject),
      score: null, plannedSeconds, spentMs: 0, runningSince: null, closedAt: null, addedById: viewer.personId, movedById: null, createdAt: ports.clock.now(),
    };
    await tx.meetings.insertItems([item]);
    await announceMeeting(tx, meeting, { actorId: viewer.personId, verb: 'item-added', detail: { item: item.id } });
    return item.id;
  });
}
