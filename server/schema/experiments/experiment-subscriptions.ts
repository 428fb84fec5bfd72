import type { Change } from '../../../contracts/messages/change.ts';
import { unknownExperiment } from '../../../operations/experiments/reach.ts';
import type { Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { SharedEvent } from '../../shared-event.ts';
import { builder } from '../builder.ts';
import { experimentOf } from '../loaders.ts';
import { ExperimentRef } from '../types.ts';
import { experimentByKey } from './experiment.ts';

interface Followed { readonly experimentId: string; readonly projectId: string; readonly talk: boolean }

/** Tells the state of now at once, then after every change; ends when the viewer may not see the experiment any more. */
const changesOf = (context: Context, { experimentId, projectId, talk }: Followed): AsyncGenerator<SharedEvent<object>> => leavable(async function* (leaving) {
  const wanted = (change: Change): boolean => (change.experimentId === experimentId && (talk || change.noun !== 'thread')) || (change.noun === 'project' && change.projectId === projectId);
  const told = (said: object): SharedEvent<object> => SharedEvent.forEachViewer(said, (listener) => experimentOf(listener, experimentId));
  const changes = context.changes.subscribe(wanted, leaving);
  yield told({});
  for await (const change of changes) yield told(change);
});

builder.subscriptionField('experimentUpdated', (t) =>
  t.field({
    type: ExperimentRef,
    description: 'Anything about the experiment changed: its runs, verdict, reviews, threads or itself. Says the state of now at once.',
    args: { key: t.arg.string({ required: true }), talk: t.arg.boolean({ defaultValue: true, description: 'Whether its threads count: what is said in them changes nothing else of it.' }) },
    subscribe: async (_, { key, talk }, context) => {
      const experiment = await experimentByKey(context, key);
      if (!experiment) throw unknownExperiment();
      return changesOf(context, { experimentId: experiment.id, projectId: experiment.projectId, talk: talk ?? true });
    },
    resolve: async (_, { key }, context) => {
      const experiment = await experimentByKey(context, key);
      if (!experiment) throw unknownExperiment();
      return experiment;
    },
  }),
);
