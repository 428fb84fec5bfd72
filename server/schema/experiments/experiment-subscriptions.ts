import type { Change } from '../../../contracts/messages/change.ts';
import { unknownExperiment } from '../../../operations/experiments/reach.ts';
import type { Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { builder } from '../builder.ts';
import { experimentOf } from '../loaders.ts';
import { stillVisible } from '../still-visible.ts';
import { ExperimentRef } from '../types.ts';
import { experimentByKey } from './experiment.ts';

/** Tells the state of now at once, then after every change; ends when the viewer may not see the experiment any more. */
const changesOf = (context: Context, experimentId: string, projectId: string): AsyncGenerator<string> => leavable(async function* (leaving) {
  const wanted = (change: Change): boolean => change.experimentId === experimentId || (change.noun === 'project' && change.projectId === projectId);
  const changes = context.changes.subscribe(wanted, leaving);
  yield experimentId;
  for await (const _ of changes) {
    if (!(await stillVisible(context, () => experimentOf(context, experimentId)))) return;
    yield experimentId;
  }
});

builder.subscriptionField('experimentUpdated', (t) =>
  t.field({
    type: ExperimentRef,
    description: 'Anything about the experiment changed: its runs, verdict, reviews, threads or itself. Says the state of now at once.',
    args: { key: t.arg.string({ required: true }) },
    subscribe: async (_, { key }, context) => {
      const experiment = await experimentByKey(context, key);
      if (!experiment) throw unknownExperiment();
      return changesOf(context, experiment.id, experiment.projectId);
    },
    resolve: async (id, _, context) => {
      const experiment = await experimentOf(context, id);
      if (!experiment) throw unknownExperiment();
      return experiment;
    },
  }),
);
