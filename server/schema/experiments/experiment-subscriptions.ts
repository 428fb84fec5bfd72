import type { Change } from '../../../contracts/messages/change.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { unknownExperiment } from '../../../operations/experiments/reach.ts';
import type { Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { SharedEvent } from '../../shared-event.ts';
import { builder } from '../builder.ts';
import { experimentOf, reviewOf } from '../loaders.ts';
import { ExperimentRef, ReviewRef } from '../types.ts';
import { experimentByKey } from './experiment.ts';

/** A change; of the state of now, nothing. */
type Told = Partial<Change>;
interface Followed { readonly experimentId: string; readonly projectId: string; readonly talk: boolean }

/** Tells the state of now at once, then after every change; ends when the viewer may not see the experiment any more. */
const changesOf = (context: Context, { experimentId, projectId, talk }: Followed): AsyncGenerator<SharedEvent<Told>> => leavable(async function* (leaving) {
  const wanted = (change: Change): boolean => (change.experimentId === experimentId && (talk || change.noun !== 'thread')) || (change.noun === 'project' && change.projectId === projectId);
  const told = (said: Told): SharedEvent<Told> => SharedEvent.forEachViewer(said, (listener) => experimentOf(listener, experimentId));
  const changes = context.changes.subscribe(wanted, leaving);
  yield told({});
  for await (const change of changes) yield told(change);
});

async function inSight(context: Context, key: string): Promise<Prisma.ExperimentModel> {
  const experiment = await experimentByKey(context, key);
  if (!experiment) throw unknownExperiment();
  return experiment;
}

async function follow(context: Context, { key, talk }: { readonly key: string; readonly talk: boolean }): Promise<AsyncGenerator<SharedEvent<Told>>> {
  const { id, projectId } = await inSight(context, key);
  return changesOf(context, { experimentId: id, projectId, talk });
}

builder.subscriptionField('experimentUpdated', (t) =>
  t.field({
    type: ExperimentRef,
    description: 'Anything about the experiment changed: its runs, verdict, reviews, threads or itself. Says the state of now at once.',
    args: { key: t.arg.string({ required: true }), talk: t.arg.boolean({ defaultValue: true, description: 'Whether its threads count: what is said in them changes nothing else of it.' }) },
    subscribe: (_, { key, talk }, context) => follow(context, { key, talk: talk ?? true }),
    resolve: (_, { key }, context) => inSight(context, key),
  }),
);

const isReview = (told: Told): told is Change => told.noun === 'review' && told.verb !== 'check-ticked';

const ExperimentChangeRef = builder.objectRef<{ readonly experiment: Prisma.ExperimentModel; readonly told: Told }>('ExperimentChange').implement({
  description: 'That an experiment changed, with what is small enough to come at once.',
  fields: (t) => ({
    experiment: t.field({ type: ExperimentRef, resolve: ({ experiment }) => experiment }),
    reviewed: t.field({
      type: ExperimentRef,
      nullable: true,
      description: 'The experiment, where it was reviewed: a review was given, asked for or dismissed, or a check was ticked. Null where anything else changed. A page asks here for what follows from that, and below for what was said: it need read nothing for it.',
      resolve: ({ experiment, told }) => (told.noun === 'review' ? experiment : null),
    }),
    review: t.field({
      type: ReviewRef,
      nullable: true,
      description: 'The review that was given, asked for or dismissed.',
      resolve: async ({ told }, _, context) => (isReview(told) ? (await reviewOf(context, told.id)) ?? null : null),
    }),
    checked: t.field({
      type: ExperimentRef,
      nullable: true,
      description: 'The experiment, where a check was ticked.',
      resolve: ({ experiment, told }) => (told.noun === 'review' && !isReview(told) ? experiment : null),
    }),
  }),
});

builder.subscriptionField('experimentChanged', (t) =>
  t.field({
    type: ExperimentChangeRef,
    description: 'As experimentUpdated, without what is said in threads, and telling reviews apart: who shows an experiment takes them in as they come, and reads the whole again for the rest.',
    args: { key: t.arg.string({ required: true }) },
    subscribe: (_, { key }, context) => follow(context, { key, talk: false }),
    resolve: async ({ said }, { key }, context) => ({ experiment: await inSight(context, key), told: said }),
  }),
);
