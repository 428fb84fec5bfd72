import { draftAgenda } from '../../domain/meetings/draft-agenda.ts';
import type { AgendaItem, Meeting } from '../ports/meetings.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

interface Drafting { readonly meeting: Meeting; readonly now: Date; readonly personId: string }

/** Puts the agenda that the week asks for in the place of what was drafted before. What people added or moved stays, behind it in its order. */
export async function writeDraft(ports: Pick<Ports, 'ids'>, tx: Transaction, { meeting, now, personId }: Drafting): Promise<void> {
  const before = await tx.meetings.items(meeting.id);
  const touched = before.filter(({ addedById, movedById }) => addedById !== null || movedById !== null);
  const kept = new Set(touched.map(({ subjectId }) => subjectId).filter((id) => id !== null));
  const week = await tx.meetings.week(meeting.projectId, meeting.weekFrom, now);
  const drafted = draftAgenda(week, meeting.plannedMinutes).filter(({ subjectId, kind }) => (subjectId === null ? !touched.some((item) => item.kind === kind) : !kept.has(subjectId)));
  await tx.meetings.removeItems(before.filter((item) => !touched.includes(item)).map(({ id }) => id), { at: now, personId });
  const items = drafted.map(({ kind, title, reason, subjectId, score, plannedSeconds }, position): AgendaItem => ({
    id: ports.ids.next('agenda-item'), meetingId: meeting.id, position, kind, title: title.slice(0, 200), reason, question: null, subjectId, score, plannedSeconds,
    spentMs: 0, runningSince: null, closedAt: null, addedById: null, movedById: null, createdAt: now,
  }));
  await tx.meetings.insertItems(items);
  await tx.meetings.setOrder([...items, ...touched].map(({ id }) => id));
  await tx.meetings.update(meeting.id, { weekTo: now });
}
