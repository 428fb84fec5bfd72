import type { Change } from '../../../contracts/messages/change.ts';
import type { PresentedView } from '../../../domain/meetings/meeting.ts';
import { unknownMeeting } from '../../../operations/meetings/reach-meeting.ts';
import type { Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { builder } from '../builder.ts';
import { meetingOf } from '../loaders.ts';
import { stillVisible } from '../still-visible.ts';
import { MeetingRef } from '../types.ts';
import { MeetingViewRef } from './meeting.ts';

interface Place { readonly id: string; readonly projectId: string }

const touches = ({ projectId }: Place) => (change: Change): boolean => change.noun === 'project' && change.projectId === projectId;

/** Tells the state of now at once, then after every change; ends when the viewer may not see the meeting any more. */
const changesOf = (context: Context, place: Place): AsyncGenerator<string> => leavable(async function* (leaving) {
  const changes = context.changes.subscribe((change) => (change.noun === 'meeting' && change.id === place.id) || touches(place)(change), leaving);
  yield place.id;
  for await (const _ of changes) {
    if (!(await stillVisible(context, () => meetingOf(context, place.id)))) return;
    yield place.id;
  }
});

/** The presenter's moves, the last one at once. */
const viewsOf = (context: Context, place: Place): AsyncGenerator<PresentedView> => leavable(async function* (leaving) {
  const gone = new AbortController();
  const until = AbortSignal.any([leaving, gone.signal]);
  void (async () => {
    for await (const _ of context.changes.subscribe(touches(place), until)) if (!(await stillVisible(context, () => meetingOf(context, place.id)))) return;
  })().catch(() => {}).finally(() => { gone.abort(); });
  let told = '';
  for await (const said of context.ports.meetingViews.subscribe(place.id, until)) {
    const view = said ?? ((await context.reader.meeting.findUnique({ where: { id: place.id }, select: { view: true } }))?.view as PresentedView | null | undefined) ?? null;
    const text = JSON.stringify(view && [view.itemId, view.search, view.section, view.within]);
    // A reminder to look into the record says nothing new where nothing was lost.
    if (view === null || text === told) continue;
    told = text;
    yield view;
  }
});

async function placeOf(context: Context, id: string): Promise<Place> {
  const meeting = await meetingOf(context, id);
  if (!meeting) throw unknownMeeting();
  return meeting;
}

builder.subscriptionFields((t) => ({
  meetingUpdated: t.field({
    type: MeetingRef,
    description: 'Anything of the meeting was recorded: agenda, timer, votes, decisions, action items, who came. Says the state of now at once.',
    args: { id: t.arg.id({ required: true }) },
    subscribe: async (_, { id }, context) => changesOf(context, await placeOf(context, id)),
    resolve: async (id, _, context) => {
      const meeting = await meetingOf(context, id);
      if (!meeting) throw unknownMeeting();
      return meeting;
    },
  }),
  meetingView: t.field({
    type: MeetingViewRef,
    description: 'What the presenter looks at: the last view at once, then every move.',
    args: { id: t.arg.id({ required: true }) },
    subscribe: async (_, { id }, context) => viewsOf(context, await placeOf(context, id)),
    resolve: (view) => view,
  }),
}));
