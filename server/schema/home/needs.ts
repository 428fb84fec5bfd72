import { MOST_NEEDS, NEED_KINDS, orderNeeds, type Need } from '../../../domain/home/need.ts';
import { builder } from '../builder.ts';
import { experimentOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { ExperimentRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';
import { actionNeeds, mentionNeeds, reviewNeeds } from './asked-needs.ts';
import { exploratoryNeeds, failureNeeds, staleNeeds } from './found-needs.ts';

const NeedRef = builder.objectRef<Need>('Need').implement({
  description: 'Something that waits for the viewer, with the reason.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Of the review, notification or action item; what Lemma found about an experiment by itself is named for its kind and the experiment.' }),
    kind: t.field({ type: builder.enumType('NeedKind', { values: NEED_KINDS, description: 'Why it waits.' }), resolve: ({ kind }) => kind }),
    title: t.exposeString('title'),
    reason: t.exposeString('reason', { description: 'Why it waits for the viewer.' }),
    path: t.exposeString('path', { description: 'Where in Lemma it can be settled.' }),
    at: t.expose('at', { type: 'DateTime' }),
    dueOn: t.exposeString('dueOn', { nullable: true, description: 'ISO day, of action items.' }),
    experiment: t.field({ type: ExperimentRef, nullable: true, resolve: async ({ experimentId }, _, context) => (experimentId === null ? null : (await experimentOf(context, experimentId)) ?? null) }),
  }),
});

builder.objectField(ViewerRef, 'needs', (t) => t.field({
  type: [NeedRef],
  description: `What waits for the viewer, the most urgent first: reviews asked of them, approvals given or received that went stale, their failures, unread mentions, action items, experiments of theirs without a hypothesis. At most ${MOST_NEEDS}.`,
  args: { first: t.arg.int({ defaultValue: MOST_NEEDS }) },
  resolve: async (_viewer, { first }, context) => {
    const kinds = await Promise.all([reviewNeeds, staleNeeds, failureNeeds, mentionNeeds, actionNeeds, exploratoryNeeds].map((read) => read(context)));
    return orderNeeds(kinds.flat(), context.ports.clock.now().toISOString().slice(0, 10)).slice(0, Math.min(pageSize(first), MOST_NEEDS));
  },
}));
