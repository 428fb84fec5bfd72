import { visibleProjects } from '../../visibility.ts';
import { builder, connectionCost } from '../builder.ts';
import { ageCursor, NEWEST_FIRST, olderThan } from '../children.ts';
import { connectionOf, pageFrom } from '../connection.ts';
import { pageSize } from '../page-size.ts';
import { ExperimentRef, MeetingRef, ProjectRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';
import { viewerOf } from '../../context.ts';
import { decisionsAbout, MOST_ABOUT_ONE } from './decisions-about.ts';
import { ActionItemRef, ActionStateEnum, DecisionRef } from './meeting-record.ts';

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
