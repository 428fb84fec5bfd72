import { may } from '../../../domain/access/policy.ts';
import { MOST_ACTIONS, MOST_DECISIONS } from '../../../domain/meetings/meeting.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { meetingOf, personOf, projectOf } from '../loaders.ts';
import { subjectOf, SubjectRef } from '../subject.ts';
import { MeetingRef, PersonRef } from '../types.ts';

export const ActionStateEnum = builder.enumType('ActionState', { values: ['OPEN', 'DONE', 'DROPPED'] as const });

export const decisionsOf = batchedRows<string, readonly Prisma.DecisionModel[]>(async (meetingIds, { reader }) => {
  const rows = await reader.decision.findMany({ where: { meetingId: { in: [...meetingIds] }, replacedBy: null }, orderBy: [{ recordedAt: 'asc' }, { id: 'asc' }], take: MOST_DECISIONS * meetingIds.length });
  return new Map(meetingIds.map((id) => [id, rows.filter((row) => row.meetingId === id)]));
});

export const actionsOf = batchedRows<string, readonly Prisma.ActionItemModel[]>(async (meetingIds, { reader }) => {
  const rows = await reader.actionItem.findMany({ where: { meetingId: { in: [...meetingIds] } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MOST_ACTIONS * meetingIds.length });
  return new Map(meetingIds.map((id) => [id, rows.filter((row) => row.meetingId === id)]));
});

export const attendancesOf = batchedRows<string, readonly Prisma.AttendanceModel[]>(async (meetingIds, { reader }) => {
  const rows = await reader.attendance.findMany({ where: { meetingId: { in: [...meetingIds] } }, orderBy: [{ cameAt: 'asc' }, { id: 'asc' }], take: 1_000 * meetingIds.length });
  return new Map(meetingIds.map((id) => [id, rows.filter((row) => row.meetingId === id)]));
});

export const DecisionRef = builder.objectRef<Prisma.DecisionModel>('Decision').implement({
  description: 'What a meeting decided; never changed, only replaced by one that puts it better.',
  fields: (t) => ({
    id: t.exposeID('id'),
    body: t.exposeString('body'),
    item: t.id({ nullable: true, description: 'The item of the agenda.', resolve: ({ itemId }) => itemId }),
    subject: t.field({ type: SubjectRef, nullable: true, description: 'What it decides about.', resolve: ({ subjectId }, _, context) => (subjectId === null ? null : subjectOf(context, subjectId)) }),
    meeting: t.field({ type: MeetingRef, nullable: true, resolve: async ({ meetingId }, _, context) => (await meetingOf(context, meetingId)) ?? null }),
    recordedBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ recordedById }, _, context) => (await personOf(context, recordedById)) ?? null }),
    recordedAt: t.expose('recordedAt', { type: 'DateTime' }),
    replaces: t.id({ nullable: true, resolve: ({ replacesId }) => replacesId }),
  }),
});

export const ActionItemRef = builder.objectRef<Prisma.ActionItemModel>('ActionItem').implement({
  description: 'What a meeting gave somebody to do; opens every agenda until it is settled.',
  fields: (t) => ({
    id: t.exposeID('id'),
    body: t.exposeString('body'),
    owner: t.field({ type: PersonRef, nullable: true, resolve: async ({ ownerId }, _, context) => (await personOf(context, ownerId)) ?? null }),
    dueOn: t.string({ nullable: true, description: 'A day, as 2026-05-19.', resolve: ({ dueOn }) => dueOn?.toISOString().slice(0, 10) ?? null }),
    state: t.expose('state', { type: ActionStateEnum }),
    note: t.exposeString('note', { nullable: true, description: 'What came of it.' }),
    item: t.id({ nullable: true, description: 'The item of the agenda it came from.', resolve: ({ itemId }) => itemId }),
    subject: t.field({ type: SubjectRef, nullable: true, resolve: ({ subjectId }, _, context) => (subjectId === null ? null : subjectOf(context, subjectId)) }),
    meeting: t.field({ type: MeetingRef, nullable: true, resolve: async ({ meetingId }, _, context) => (await meetingOf(context, meetingId)) ?? null }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    settledAt: t.expose('settledAt', { type: 'DateTime', nullable: true }),
    settledBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ settledById }, _, context) => (settledById === null ? null : (await personOf(context, settledById)) ?? null) }),
    viewerCanSettle: t.boolean({
      resolve: async ({ ownerId, projectId }, _, context) => {
        const project = await projectOf(context, projectId);
        return project !== undefined && (ownerId === viewerOf(context).personId || may(viewerOf(context), 'meeting.hold', project));
      },
    }),
  }),
});

export const AttendanceRef = builder.objectRef<Prisma.AttendanceModel>('Attendance').implement({
  description: 'One stay of one person.',
  fields: (t) => ({
    person: t.field({ type: PersonRef, nullable: true, resolve: async ({ personId }, _, context) => (await personOf(context, personId)) ?? null }),
    cameAt: t.expose('cameAt', { type: 'DateTime' }),
    seenAt: t.expose('seenAt', { type: 'DateTime', description: 'When they were last seen.' }),
  }),
});
