import { builder, connectionCost } from '../builder.ts';
import { connectionOf } from '../connection.ts';
import { ExperimentRef, RunRef, VariantRef } from '../types.ts';
import { pageSize } from '../page-size.ts';
import { MOST_VARIANTS, runsOf, variantsOf } from './experiment-lists.ts';

// The lists inside an experiment.

builder.objectFields(ExperimentRef, (t) => ({
  variants: t.field({
    type: [VariantRef],
    args: { first: t.arg.int({ defaultValue: MOST_VARIANTS }) },
    resolve: async (experiment, { first }, context) => [...((await variantsOf(context, experiment.id)) ?? [])].slice(0, pageSize(first, MOST_VARIANTS)),
  }),
  baseline: t.field({
    type: VariantRef,
    nullable: true,
    resolve: async (experiment, _, context) => {
      const variants = (await variantsOf(context, experiment.id)) ?? [];
      return variants.find((variant) => (experiment.baselineFingerprint === null ? variant.role === 'BASELINE' : variant.fingerprint === experiment.baselineFingerprint)) ?? null;
    },
  }),
  runs: t.field({
    type: connectionOf('Run', RunRef),
    args: { first: t.arg.int(), after: t.arg.string() },
    complexity: connectionCost,
    resolve: (experiment, args, context) => runsOf(context, experiment.id, args),
  }),
}));
