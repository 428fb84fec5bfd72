import { Prisma } from '../../generated/prisma/client.ts';
import type { PresentedView } from '../../domain/meetings/meeting.ts';
import type { ItemKind } from '../../domain/meetings/story.ts';
import { cutAtWord } from '../../domain/richtext/excerpt.ts';
import type { ActionItem, AgendaItem, Meeting, MeetingRecords } from '../../operations/ports/meetings.ts';
import { readWeek } from './meetings/read-week.ts';
import type { Tx } from './tx.ts';

const meetingFrom = (row: Prisma.MeetingModel | null): Meeting | null => row && { ...row, view: row.view as PresentedView | null };
const itemFrom = ({ removedAt: _at, removedById: _by, ...row }: Prisma.AgendaItemModel): AgendaItem => ({ ...row, kind: row.kind as ItemKind });
const actionFrom = (row: Prisma.ActionItemModel): ActionItem => ({ ...row, dueOn: row.dueOn?.toISOString().slice(0, 10) ?? null });
const json = (view: PresentedView | null) => (view === null ? Prisma.DbNull : (view as unknown as Prisma.InputJsonObject));

/** A statement as a link's words; cut at a word. */
const MOST_LABEL = 120;

export const meetingRecords = (tx: Tx): MeetingRecords => ({
  async lock(id) {
    const [found] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM meetings WHERE id = ${id} FOR UPDATE`;
    return found === undefined ? null : meetingFrom(await tx.meeting.findUnique({ where: { id } }));
  },
  async insert({ view, ...meeting }) { await tx.meeting.create({ data: { ...meeting, view: json(view) } }); },
  async update(id, { view, ...changes }) { await tx.meeting.update({ where: { id }, data: { ...changes, ...(view === undefined ? {} : { view: json(view) }) } }); },
  async lastReviewedUpTo(projectId) {
    return (await tx.meeting.findFirst({ where: { projectId, state: 'ENDED' }, orderBy: { endedAt: 'desc' }, select: { weekTo: true } }))?.weekTo ?? null;
  },
  items: async (meetingId) => (await tx.agendaItem.findMany({ where: { meetingId, removedAt: null }, orderBy: [{ position: 'asc' }, { id: 'asc' }] })).map(itemFrom),
  async item(id) {
    const row = await tx.agendaItem.findFirst({ where: { id, removedAt: null } });
    return row && itemFrom(row);
  },
  async insertItems(items) { await tx.agendaItem.createMany({ data: [...items] }); },
  async updateItem(id, changes) { await tx.agendaItem.update({ where: { id }, data: changes }); },
  async setOrder(ids) {
    await tx.$executeRaw`UPDATE agenda_items SET position = o.place FROM unnest(${[...ids]}::text[]) WITH ORDINALITY AS o(id, place) WHERE agenda_items.id = o.id`;
  },
  async removeItems(ids, { at, personId }) { await tx.agendaItem.updateMany({ where: { id: { in: [...ids] } }, data: { removedAt: at, removedById: personId } }); },
  async addVote(vote) { await tx.vote.create({ data: vote }); },
  votes: (itemIds) => tx.vote.findMany({ where: { itemId: { in: [...itemIds] } }, orderBy: { sequence: 'asc' }, select: { itemId: true, personId: true, choice: true, castAt: true } }),
  async addDecision(decision) { await tx.decision.create({ data: decision }); },
  decisions: (meetingId) => tx.decision.findMany({ where: { meetingId, replacedBy: null }, orderBy: [{ recordedAt: 'asc' }, { id: 'asc' }] }),
  async insertAction({ dueOn, ...action }) { await tx.actionItem.create({ data: { ...action, dueOn: dueOn === null ? null : new Date(`${dueOn}T00:00:00Z`) } }); },
  async lockAction(id) {
    const [found] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM action_items WHERE id = ${id} FOR UPDATE`;
    const row = found === undefined ? null : await tx.actionItem.findUnique({ where: { id } });
    return row && actionFrom(row);
  },
  async updateAction(id, changes) { await tx.actionItem.update({ where: { id }, data: changes }); },
  actions: async (meetingId) => (await tx.actionItem.findMany({ where: { meetingId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(actionFrom),
  lastAttendance: (meetingId, personId) => tx.attendance.findFirst({ where: { meetingId, personId }, orderBy: [{ cameAt: 'desc' }, { id: 'desc' }] }),
  async insertAttendance(attendance) { await tx.attendance.create({ data: attendance }); },
  async prolong(id, seenAt) { await tx.attendance.update({ where: { id }, data: { seenAt } }); },
  attendances: (meetingId) => tx.attendance.findMany({ where: { meetingId }, orderBy: [{ cameAt: 'asc' }, { id: 'asc' }] }),
  week: (projectId, from, to) => readWeek(tx, { projectId, from, to }),
  names: async (ids) => new Map((await tx.person.findMany({ where: { id: { in: [...ids] } }, select: { id: true, name: true } })).map(({ id, name }) => [id, name])),
  links: async (ids) => new Map((await tx.$queryRaw<{ id: string; label: string; path: string }[]>`
    SELECT e.id, p.key || '-' || e.number AS label, '/e/' || p.key || '-' || e.number AS path FROM experiments e JOIN projects p ON p.id = e.project_id WHERE e.id = ANY(${[...ids]})
    UNION ALL SELECT id, left(statement, ${MOST_LABEL + 1}), '/h/' || id FROM hypotheses WHERE id = ANY(${[...ids]})
    UNION ALL SELECT id, name, '/r/' || id FROM runs WHERE id = ANY(${[...ids]})`).map(({ id, label, path }) => [id, { label: path.startsWith('/h/') ? cutAtWord(label, MOST_LABEL) : label, path }])),
});
