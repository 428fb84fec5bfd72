import { may } from '../../../domain/access/policy.ts';
import { MEETING_STATES, type PresentedView } from '../../../domain/meetings/meeting.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { meetingOf, personOf, projectOf } from '../loaders.ts';
import { noteOf } from '../notes/note-rows.ts';
import { MeetingRef, NodeRef, NoteRef, PersonRef, ProjectRef } from '../types.ts';
import { AgendaItemRef, itemsOf } from './agenda-item.ts';
import { ActionItemRef, actionsOf, AttendanceRef, attendancesOf, DecisionRef, decisionsOf } from './meeting-record.ts';

export const MeetingStateEnum = builder.enumType('MeetingState', { values: MEETING_STATES });

export const MeetingViewRef = builder.objectRef<PresentedView>('MeetingView').implement({
  description: 'What the presenter looks at.',
  fields: (t) => ({
    item: t.id({ nullable: true, resolve: ({ itemId }) => itemId }),
    search: t.exposeString('search', { description: "Parameters of the address of the meeting's page, without the question mark: the address holds the view." }),
    section: t.exposeInt('section', { description: 'The part of the page at the top of the window, counted from 0.' }),
    within: t.exposeFloat('within', { description: 'How far through that part, from 0 to 1.' }),
  }),
});

const AbilitiesRef = builder.objectRef<{ readonly hold: boolean; readonly vote: boolean }>('MeetingAbilities').implement({
  fields: (t) => ({
    hold: t.exposeBoolean('hold', { description: 'Change the agenda, present, record decisions and action items.' }),
    vote: t.exposeBoolean('vote'),
  }),
});

MeetingRef.implement({
  interfaces: [NodeRef],
  description: "A review of a project's week.",
  fields: (t) => ({
    title: t.exposeString('title'),
    state: t.expose('state', { type: MeetingStateEnum }),
    project: t.field({ type: ProjectRef, resolve: async ({ projectId }, _, context) => (await projectOf(context, projectId)) as Prisma.ProjectModel }),
    scheduledAt: t.expose('scheduledAt', { type: 'DateTime' }),
    plannedMinutes: t.exposeInt('plannedMinutes'),
    weekFrom: t.expose('weekFrom', { type: 'DateTime', description: 'The agenda was drafted from what happened since then,' }),
    weekTo: t.expose('weekTo', { type: 'DateTime', description: 'up to then.' }),
    votesHidden: t.exposeBoolean('votesHidden', { description: 'Votes are shown only after their item is closed.' }),
    createdBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ createdById }, _, context) => (await personOf(context, createdById)) ?? null }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', nullable: true }),
    endedAt: t.expose('endedAt', { type: 'DateTime', nullable: true }),
    presenter: t.field({ type: PersonRef, nullable: true, resolve: async ({ presenterId }, _, context) => (presenterId === null ? null : (await personOf(context, presenterId)) ?? null) }),
    currentItem: t.id({ nullable: true, description: 'The item that is talked about.', resolve: ({ currentItemId }) => currentItemId }),
    view: t.field({ type: MeetingViewRef, nullable: true, description: 'The last one: where somebody who comes late lands.', resolve: ({ view }) => view as PresentedView | null }),
    items: t.field({ type: [AgendaItemRef], description: 'The agenda, in its order.', resolve: async ({ id }, _, context) => [...((await itemsOf(context, id)) ?? [])] }),
    decisions: t.field({ type: [DecisionRef], resolve: async ({ id }, _, context) => [...((await decisionsOf(context, id)) ?? [])] }),
    actionItems: t.field({ type: [ActionItemRef], resolve: async ({ id }, _, context) => [...((await actionsOf(context, id)) ?? [])] }),
    attendance: t.field({ type: [AttendanceRef], description: 'Who was there from when to when.', resolve: async ({ id }, _, context) => [...((await attendancesOf(context, id)) ?? [])] }),
    minutes: t.exposeString('minutes', { nullable: true, description: 'Markdown, written from the record when the meeting ended.' }),
    minutesNote: t.field({ type: NoteRef, nullable: true, description: 'The note they became, to be added to; null until it ended.', resolve: async ({ minutesNoteId }, _, context) => (minutesNoteId === null ? null : (await noteOf(context, minutesNoteId)) ?? null) }),
    calendarPath: t.string({ description: 'Where its calendar file is.', resolve: ({ id }) => `/api/v1/meetings/${id}.ics` }),
    version: t.exposeInt('version', { description: 'Grows with everything that is recorded.' }),
    viewerCan: t.field({
      type: AbilitiesRef,
      resolve: async ({ projectId }, _, context) => {
        const project = await projectOf(context, projectId);
        return { hold: project !== undefined && may(viewerOf(context), 'meeting.hold', project), vote: project !== undefined && may(viewerOf(context), 'meeting.vote', project) };
      },
    }),
  }),
});

builder.queryField('meeting', (t) => t.field({ type: MeetingRef, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: async (_, { id }, context) => (await meetingOf(context, id)) ?? null }));
