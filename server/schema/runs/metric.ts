import { extentOf, type MetricAxis } from '../../../domain/metrics/range.ts';
import { SYSTEM_PREFIX } from '../../../domain/metrics/system-sample.ts';
import { badInput } from '../../../domain/refusal.ts';
import type { MetricColumns, MetricRange, MetricSummary } from '../../../operations/ports/metric-store.ts';
import { batchedRows } from '../../batched.ts';
import { builder } from '../builder.ts';
import { perRun, type Wanted } from './run-lists.ts';

/** GraphQL's Float knows only finite numbers. */
export const finite = (value: number | null | undefined): number | null => (typeof value === 'number' && Number.isFinite(value) ? value : null);
const LARGEST_INT = 2 ** 31 - 1;

/** A series as it is said in GraphQL. */
export interface SpokenSeries {
  readonly key: string;
  readonly steps: readonly number[];
  readonly timestamps: readonly number[];
  readonly values: readonly (number | null)[];
  /** Points of the whole series, however few are here. */
  readonly count: number;
}

export const MetricSummaryRef = builder.objectRef<MetricSummary>('MetricSummary').implement({
  fields: (t) => ({
    key: t.exposeString('key'),
    last: t.float({ nullable: true, resolve: ({ lastValue }) => finite(lastValue) }),
    min: t.float({ nullable: true, resolve: ({ minValue }) => finite(minValue) }),
    max: t.float({ nullable: true, resolve: ({ maxValue }) => finite(maxValue) }),
    count: t.int({ resolve: ({ count }) => Math.min(count, LARGEST_INT) }),
    firstStep: t.float({ nullable: true, resolve: ({ firstStep }) => Number(firstStep) }),
    lastStep: t.float({ nullable: true, resolve: ({ lastStep }) => Number(lastStep) }),
    minStep: t.float({ nullable: true, description: 'The first step at which min was reached: the best one of a metric that should be small. Null when every value was NaN.', resolve: ({ minStep }) => (minStep === null ? null : Number(minStep)) }),
    maxStep: t.float({ nullable: true, description: 'The first step at which max was reached. Null when every value was NaN.', resolve: ({ maxStep }) => (maxStep === null ? null : Number(maxStep)) }),
    lastText: t.string({ description: 'The last value as text, where a Float cannot say it: NaN, Infinity, -Infinity.', resolve: ({ lastValue }) => String(lastValue) }),
  }),
});

export const MetricSeriesRef = builder.objectRef<SpokenSeries>('MetricSeries').implement({
  description: 'Parallel arrays: step, epoch milliseconds, value (null stands for NaN and infinities).',
  fields: (t) => ({
    key: t.exposeString('key'),
    steps: t.floatList({ complexity: 0, resolve: ({ steps }) => [...steps] }),
    timestamps: t.floatList({ complexity: 0, resolve: ({ timestamps }) => [...timestamps] }),
    values: t.field({ type: ['Float'], nullable: { list: false, items: true }, complexity: 0, resolve: ({ values }) => [...values] }),
    count: t.int({ description: 'Points of the whole series, however few are here.', resolve: ({ count }) => Math.min(count, LARGEST_INT) }),
  }),
});

export const metricsOf = perRun<Wanted, readonly MetricSummary[]>(async (runIds, { first, keys }, { ports }) =>
  new Map([...await ports.metrics.summaries(runIds, keys ?? undefined)].map(([runId, summaries]) => [runId, machineLast(summaries).slice(0, first)])));

/** The machine's own metrics behind the training's: whoever asks for the first few wants to know how a run does. */
const machineLast = (summaries: readonly MetricSummary[]): readonly MetricSummary[] => summaries.toSorted((a, b) => Number(a.key.startsWith(SYSTEM_PREFIX)) - Number(b.key.startsWith(SYSTEM_PREFIX)));

export const MetricAxisEnum = builder.enumType('MetricAxis', {
  description: 'What a curve is drawn over. STEP: the training\'s own counter. TIME: epoch milliseconds. RELATIVE: milliseconds since the first point of the run, of whichever metric (Run.metricsStart).',
  values: { STEP: { value: 'step' }, TIME: { value: 'time' }, RELATIVE: { value: 'relative' } } as const,
});

/** A range as GraphQL says it; null is the whole. Refuses with `metric/bad-range` one that ends before it begins. */
export interface SpokenRange { readonly axis?: MetricAxis | null | undefined; readonly from?: number | null | undefined; readonly to?: number | null | undefined }

export function rangeFrom({ axis, from, to }: SpokenRange): MetricRange | null {
  if ((from ?? null) === null && (to ?? null) === null) return null;
  const range = { axis: axis ?? 'step', from: from ?? null, to: to ?? null };
  extentOf(range, 0n);
  return range;
}

export interface SeriesAsk { readonly keys: readonly string[] | null; readonly maxPoints: number; readonly range: MetricRange | null }

/** Series of one run that are answered at a time when no keys are named. */
const MOST_SERIES = 200;

export function seriesAsk({ keys, maxPoints, ...range }: SpokenRange & { readonly keys?: readonly string[] | null | undefined; readonly maxPoints?: number | null | undefined }): SeriesAsk {
  const most = maxPoints ?? 1_000;
  if (most < 5 || most > 10_000) throw badInput('series/max-points', `maxPoints is ${most}; it may be 5 to 10000. Read a whole series as Arrow: GET /api/v1/metrics.`);
  if (keys && keys.length > MOST_SERIES) throw badInput('series/too-many', `${keys.length} series were asked for; ${MOST_SERIES} may be at a time. Read more as Arrow: GET /api/v1/metrics.`);
  return { keys: keys ? [...new Set(keys)].toSorted() : null, maxPoints: most, range: rangeFrom(range) };
}

export const seriesOf = perRun<SeriesAsk, readonly SpokenSeries[]>(async (runIds, { keys, maxPoints, range }, { ports }) => {
  const summaries = await ports.metrics.summaries(runIds, keys ?? undefined);
  const names = keys ?? [...new Set([...summaries.values()].flatMap((own) => own.slice(0, MOST_SERIES).map(({ key }) => key)))];
  const found = await ports.metrics.series({ runIds, keys: names, maxPoints, range: range ?? undefined });
  return new Map([...found].map(([runId, series]) => {
    const counts = new Map((summaries.get(runId) ?? []).map(({ key, count }) => [key, count]));
    return [runId, series.map((columns) => spoken(columns, counts.get(columns.key) ?? columns.values.length))];
  }));
});

export const metricsStartOf = batchedRows<string, bigint>((runIds, { ports }) => ports.metrics.origins(runIds));

export const spoken = ({ key, steps, timestamps, values }: MetricColumns, count = values.length): SpokenSeries =>
  ({ key, steps: Array.from(steps, Number), timestamps: Array.from(timestamps, Number), values: Array.from(values, finite), count });
