import type { ProjectAction } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, notFound } from '../../domain/refusal.ts';
import { projectOf, type Reached } from '../experiments/reach.ts';
import type { AgendaItem, Meeting } from '../ports/meetings.ts';
import type { Transaction } from '../ports/store.ts';

export const unknownMeeting = () => notFound('meeting/unknown', 'There is no such meeting, or you may not see it.');
export const unknownItem = () => notFound('agenda-item/unknown', 'There is no such item on an agenda, or you may not see it.');

/** The meeting, its row locked until the transaction ends, after the right was checked. */
export async function reachMeeting(tx: Transaction, viewer: Viewer, id: string, action: ProjectAction): Promise<Reached<Meeting>> {
  const thing = await tx.meetings.lock(id);
  if (!thing) throw unknownMeeting();
  return { thing, project: await projectOf(tx, viewer, thing.projectId, { action, unknown: unknownMeeting }) };
}

/** An item with its meeting, which is locked first: what is read after that stays. */
export async function reachItem(tx: Transaction, viewer: Viewer, id: string, action: ProjectAction): Promise<{ readonly item: AgendaItem; readonly meeting: Meeting }> {
  const found = await tx.meetings.item(id);
  const meeting = found && (await tx.meetings.lock(found.meetingId));
  if (!meeting) throw unknownItem();
  await projectOf(tx, viewer, meeting.projectId, { action, unknown: unknownItem });
  const item = await tx.meetings.item(id);
  if (!item) throw unknownItem();
  return { item, meeting };
}

/** The item of this meeting that an id names; null where none was named. */
export async function itemOf(tx: Transaction, meeting: Meeting, id: string | null | undefined): Promise<AgendaItem | null> {
  if (id === null || id === undefined) return null;
  const item = await tx.meetings.item(id);
  if (item?.meetingId !== meeting.id) throw unknownItem();
  return item;
}

/** The thing of the meeting's project that an id names, told as what it belongs to; null where none was named. */
export async function subjectIdOf(tx: Transaction, meeting: Meeting, id: string | null | undefined): Promise<string | null> {
  if (id === null || id === undefined) return null;
  const subject = await tx.threads.subject(id);
  if (subject?.projectId !== meeting.projectId) throw badInput('agenda-item/subject', 'There is nothing with this id in the project of the meeting.');
  return subject.id;
}
