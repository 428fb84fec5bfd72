import type { Curve } from '../../../domain/metrics/curve.ts';
import { badInput, notFound } from '../../../domain/refusal.ts';
import { readCurves, type CurveAsk } from '../../../operations/metrics/read-curves.ts';
import { batched } from '../../batched.ts';
import { builder } from '../builder.ts';
import { runOf } from '../loaders.ts';
import type { Context } from '../../context.ts';
import { finite, MetricAxisEnum, rangeFrom, type SpokenRange } from './metric.ts';

const MOST_POINTS = 2_000;
const MOST_RUNS = 1_000;

type Statistic = Exclude<keyof Curve, 'xs' | 'n'>;
const STATISTICS: Readonly<Record<Statistic, string>> = {
  mean: 'Mean over the runs.',
  median: 'Median over the runs.',
  min: 'Smallest value of any run: of all its points in a bucket, so that a single spike is seen; where many points lie in one, up to 0.004 % too far out.',
  max: 'Largest value of any run, likewise.',
  sd: 'Sample standard deviation over the runs; null for n below 2, as se and the interval.',
  se: 'Standard error of the mean, sd / √n.',
  ciLow: 'Lower end of the 95 % interval of the mean, mean − t(0.975, n − 1) · se: pointwise, so each place is covered with 95 % and the whole curve with less.',
  ciHigh: 'Upper end of that interval.',
};

export const MetricCurveRef = builder.objectRef<Curve>('MetricCurve').implement({
  description: 'A metric of several runs as one curve, in buckets of one width. A run with points in a bucket stands there with their mean; one without, but with points before and behind it, with the straight line between its neighbours; beyond its first and last point it has no part. Parallel lists, null where there is no number.',
  fields: (t) => ({
    xs: t.floatList({ complexity: 0, description: 'Mean place on the axis of what was logged in each bucket, ascending: the step itself where no more steps are there than points were asked for; else epoch milliseconds, or milliseconds since the first point of the run.', resolve: ({ xs }) => [...xs] }),
    n: t.intList({ complexity: 0, description: 'Runs that have a number in each bucket.', resolve: ({ n }) => [...n] }),
    ...Object.fromEntries(Object.entries(STATISTICS).map(([name, description]) => [name, t.field({ type: ['Float'], nullable: { list: false, items: true }, complexity: 0, description, resolve: (curve) => curve[name as Statistic].map(finite) })])) as Record<Statistic, ReturnType<typeof t.field>>,
  }),
});

export interface NamedCurve { readonly key: string; readonly curve: Curve }

export const NamedCurveRef = builder.objectRef<NamedCurve>('NamedMetricCurve').implement({
  fields: (t) => ({ key: t.exposeString('key'), curve: t.expose('curve', { type: MetricCurveRef }) }),
});

/** Where and how finely a curve is averaged. */
export const curveArgs = builder.args((t) => ({
  axis: t.field({ type: MetricAxisEnum, defaultValue: 'step' }),
  from: t.float({ description: 'On the axis; buckets at the ends are whole.' }),
  to: t.float(),
  maxPoints: t.int({ defaultValue: 300, description: 'Buckets at most: 2 to 2000.' }),
}));

export const curveCost = ({ maxPoints }: { readonly maxPoints?: number | null | undefined }) => ({ field: 10 + Math.ceil((maxPoints ?? 300) / 100), multiplier: 1 });

export function curveAsk({ axis, from, to, maxPoints }: SpokenRange & { readonly maxPoints?: number | null | undefined }): CurveAsk {
  const most = maxPoints ?? 300;
  if (most < 2 || most > MOST_POINTS) throw badInput('series/max-points', `maxPoints is ${most}; a curve has 2 to ${MOST_POINTS}.`);
  return { axis: axis ?? 'step', range: rangeFrom({ axis, from, to }), maxPoints: most };
}

interface Wanted { readonly group: string; readonly key: string; readonly ask: CurveAsk }

/** Curves of many groups and metrics at once, read together where they are asked for in the same way: of one metric they share their buckets. `runsOf` answers only runs that the viewer may see. */
export function curvesOf(runsOf: (context: Context, group: string) => Promise<readonly string[]>): (context: Context, wanted: Wanted) => Promise<Curve | null> {
  const load = batched<string, Curve>(async (requests, context) => {
    const parsed = requests.map((request) => ({ request, ...(JSON.parse(request) as Wanted) }));
    const answers = new Map<string, Curve>();
    for (const [spoken, together] of Map.groupBy(parsed, ({ ask }) => JSON.stringify(ask))) {
      const groups = new Map(await Promise.all([...new Set(together.map(({ group }) => group))].map(async (group) => [group, await runsOf(context, group)] as const)));
      const curves = await readCurves(context.ports.metrics, groups, [...new Set(together.map(({ key }) => key))], JSON.parse(spoken) as CurveAsk);
      for (const { request, group, key } of together) {
        const curve = curves.get(group)?.get(key);
        if (curve) answers.set(request, curve);
      }
    }
    return answers;
  });
  return async (context, wanted) => (await load(context, JSON.stringify(wanted))) ?? null;
}

builder.queryField('metricCurve', (t) => t.field({
  type: MetricCurveRef,
  nullable: true,
  description: `One metric of a list of runs (1 to ${MOST_RUNS}, of whatever status) as one curve. Null when none of them logged it there. Refuses with run/unknown where one of them is not there for the viewer.`,
  args: { runs: t.arg.idList({ required: true }), key: t.arg.string({ required: true }), ...curveArgs },
  complexity: (args) => ({ field: curveCost(args).field + args.runs.length, multiplier: 1 }),
  resolve: async (_, { runs, key, ...ask }, context) => {
    const ids = [...new Set(runs)];
    if (ids.length === 0 || ids.length > MOST_RUNS) throw badInput('curve/how-many', `1 to ${MOST_RUNS} runs make a curve; ${ids.length} were named.`);
    const found = await Promise.all(ids.map((id) => runOf(context, id)));
    const missing = found.indexOf(undefined);
    if (missing >= 0) throw notFound('run/unknown', `There is no run ${ids[missing]}, or you may not see it.`);
    const asked = curveAsk(ask);
    return (await readCurves(context.ports.metrics, new Map([['', ids]]), [key], asked)).get('')?.get(key) ?? null;
  },
}));
