import type { Prisma } from '../../../generated/prisma/client.ts';
import { batched } from '../../batched.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder, connectionCost } from '../builder.ts';
import { ageCursor, NEWEST_FIRST, olderThan } from '../children.ts';
import { connectionOf, pageFrom } from '../connection.ts';
import { pageSize } from '../page-size.ts';
import { ExperimentRef, MeetingRef, ProjectRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';
import { viewerOf } from '../../context.ts';
import { ActionItemRef, ActionStateEnum, DecisionRef } from './meeting-record.ts';

const MOST_ABOUT_ONE = 20;

/** What was decided about a thing, newest first; of each thing the last few. */
const decisionsAbout = batched<string, readonly Prisma.DecisionModel[]>(async (subjectIds, { reader }) => {
  const found = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM (SELECT d.id, row_number() OVER (PARTITION BY d.subject_id ORDER BY d.recorded_at DESC, d.id DESC) AS place FROM decisions d
      WHERE d.subject_id = ANY(${[...subjectIds]}) AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.replaces_id = d.id)) AS ranked WHERE place <= ${MOST_ABOUT_ONE}`;
  const rows = await reader.decision.findMany({ where: { id: { in: found.map(({ id }) => id) } }, orderBy: [{ recordedAt: 'desc' }, { id: 'desc' }] });
  return new Map(subjectIds.map((id) => [id, rows.filter((row) => row.subjectId === id)]));
});

builder.objectFields(ProjectRef, (t) => ({
  meetings: t.field({
    type: connectionOf('Meeting', MeetingRef),
    description: 'Newest first.',
    args: { first: t.arg.int(), after: t.arg.string() },
    complexity: connectionCost,
    resolve: async ({ id: projectId }, { first, after }, { reader }) => {
      const rows = await reader.meeting.findMany({ where: { projectId, ...olderThan(after) }, orderBy: [...NEWEST_FIRST], take: pageSize(first) + 1 });
      return pageFrom({ rows, first, after, cursor: ageCursor, totalCount: () => reader.meeting.count({ where: { projectId } }) });
    },
  }),
  actionItems: t.field({
    type: [ActionItemRef],
    description: 'What its meetings gave people to do: by the day it is due, what has none last.',
    args: { state: t.arg({ type: ActionStateEnum, defaultValue: 'OPEN' }), first: t.arg.int() },
    resolve: ({ id: projectId }, { state, first }, { reader }) =>
      reader.actionItem.findMany({ where: { projectId, ...(state ? { state } : {}) }, orderBy: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }], take: pageSize(first) }),
  }),
}));

builder.objectField(ExperimentRef, 'decisions', (t) => t.field({
  type: [DecisionRef],
  description: `What meetings decided about it, newest first; the last ${MOST_ABOUT_ONE}.`,
  resolve: async ({ id }, _, context) => [...((await decisionsAbout(context, id)) ?? [])],
}));

builder.objectField(ViewerRef, 'actionItems', (t) => t.field({
  type: [ActionItemRef],
  description: 'What meetings gave the viewer to do, in projects they see: by the day it is due, what has none last.',
  args: { state: t.arg({ type: ActionStateEnum, defaultValue: 'OPEN' }), first: t.arg.int() },
  resolve: ({ personId }, { state, first }, context) =>
    context.reader.actionItem.findMany({ where: { ownerId: personId, project: visibleProjects(viewerOf(context)), ...(state ? { state } : {}) }, orderBy: [{ dueOn: { sort: 'asc', nulls: 'last' } }, { createdAt: 'asc' }, { id: 'asc' }], take: pageSize(first) }),
}));
