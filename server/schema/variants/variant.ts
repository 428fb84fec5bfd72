import { badInput } from '../../../domain/refusal.ts';
import { builder } from '../builder.ts';
import { changedFrom, ChangedVariableRef } from '../experiments/changed-variable.ts';
import { experimentOf, verdictOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { ParamRef, paramsFrom } from '../param.ts';
import { curveArgs, curveAsk, curveCost, MetricCurveRef, NamedCurveRef } from '../runs/curve.ts';
import { NodeRef, RunRef, VariantRef } from '../types.ts';
import { ComparisonRef, comparisonsFrom } from '../verdicts/comparison.ts';
import { curveOfVariant, estimateOf, MOST_REPEATS, runCountOfVariant, runsOfVariant, type Estimate } from './variant-lists.ts';

export const VariantRoleEnum = builder.enumType('VariantRole', { values: ['BASELINE', 'TREATMENT'] as const });

export const EstimateRef = builder.objectRef<Estimate>('Estimate').implement({
  description: 'Mean over repeats with its 95 % t interval. n = 1 has no interval.',
  fields: (t) => ({
    metric: t.exposeString('metric'),
    n: t.exposeInt('n'),
    mean: t.exposeFloat('mean'),
    sd: t.exposeFloat('sd', { nullable: true }),
    ciLow: t.exposeFloat('ciLow', { nullable: true }),
    ciHigh: t.exposeFloat('ciHigh', { nullable: true }),
    values: t.floatList({ resolve: (estimate) => [...estimate.values] }),
  }),
});

/** As many charts as fit on two screens. */
const MOST_CURVES = 50;

VariantRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    label: t.exposeString('label'),
    role: t.field({
      type: VariantRoleEnum,
      // The chosen baseline shows at once, before the analysis has written it into the rows.
      resolve: async (variant, _, context) => {
        const chosen = (await experimentOf(context, variant.experimentId))?.baselineFingerprint ?? null;
        return chosen === null ? variant.role : chosen === variant.fingerprint ? 'BASELINE' : 'TREATMENT';
      },
    }),
    fingerprint: t.exposeString('fingerprint'),
    params: t.field({ type: [ParamRef], resolve: (variant) => [...paramsFrom(variant.params)] }),
    changed: t.field({ type: [ChangedVariableRef], resolve: (variant) => changedFrom(variant.changed) }),
    runs: t.field({
      type: [RunRef],
      args: { first: t.arg.int({ defaultValue: MOST_REPEATS }) },
      resolve: async (variant, { first }, context) => [...((await runsOfVariant(context, variant.id)) ?? [])].slice(0, pageSize(first, MOST_REPEATS)),
    }),
    runCount: t.int({ description: 'Without those that are excluded from the statistics, as a run that does another again is: that is no further sample.', resolve: async (variant, _, context) => (await runCountOfVariant(context, variant.id)) ?? 0 }),
    estimate: t.field({
      type: EstimateRef,
      nullable: true,
      description: "Estimate of the metric over the variant's counted runs; the hypothesis' metric when none is named. Null when no counted run logged it.",
      args: { metric: t.arg.string() },
      resolve: (variant, { metric }, context) => estimateOf(context, variant, metric),
    }),
    curve: t.field({
      type: MetricCurveRef,
      nullable: true,
      description: `The metric of the variant's counted runs (finished, not excluded, the first ${MOST_REPEATS}) as one curve. Null when none of them logged it there. Variants asked for together share their buckets, so that their curves can be laid on each other.`,
      args: { key: t.arg.string({ required: true }), ...curveArgs },
      complexity: curveCost,
      resolve: (variant, { key, ...args }, context) => curveOfVariant(context, { group: variant.id, key, ask: curveAsk(args) }),
    }),
    curves: t.field({
      type: [NamedCurveRef],
      description: `The same of several metrics (at most ${MOST_CURVES}), in the order of the keys; without those that no counted run logged.`,
      args: { keys: t.arg.stringList({ required: true }), ...curveArgs },
      complexity: ({ keys, maxPoints }) => ({ field: curveCost({ maxPoints }).field * Math.max(1, keys.length), multiplier: 1 }),
      resolve: async (variant, { keys, ...args }, context) => {
        const asked = [...new Set(keys)];
        if (asked.length > MOST_CURVES) throw badInput('curve/how-many', `${asked.length} metrics were named; ${MOST_CURVES} may be at a time.`);
        const ask = curveAsk(args);
        const found = await Promise.all(asked.map(async (key) => ({ key, curve: await curveOfVariant(context, { group: variant.id, key, ask }) })));
        return found.flatMap(({ key, curve }) => (curve === null ? [] : [{ key, curve }]));
      },
    }),
    comparison: t.field({
      type: ComparisonRef,
      nullable: true,
      description: 'The comparison with the baseline; null for the baseline and before a baseline exists.',
      resolve: async (variant, _, context) => {
        const verdictId = (await experimentOf(context, variant.experimentId))?.verdictId;
        const verdict = verdictId ? await verdictOf(context, verdictId) : undefined;
        return comparisonsFrom(verdict?.comparisons).find((comparison) => comparison.variantId === variant.id) ?? null;
      },
    }),
  }),
});
