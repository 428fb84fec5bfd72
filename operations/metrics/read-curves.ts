import { curvesOver, type Curve, type Repeat } from '../../domain/metrics/curve.ts';
import type { MetricAxis } from '../../domain/metrics/range.ts';
import { exponentFor, type MetricStretches } from '../../domain/metrics/stretches.ts';
import type { MetricRange, MetricStore, MetricSummary } from '../ports/metric-store.ts';

export interface CurveAsk {
  readonly key: string;
  readonly axis: MetricAxis;
  /** On the axis; the whole curve when null. */
  readonly range: MetricRange | null;
  /** Buckets a curve has at most. */
  readonly maxPoints: number;
}

/** Over time, stretches of steps are gathered into buckets of time: there are more of them than buckets, and many more where only a part of the time is looked at. */
const FINER = { whole: 4, part: 32 } as const;

/** One metric of groups of runs, a curve a group, over buckets that all groups share. Groups none of whose runs logged the metric in the range are not in the map. One read for all. */
export async function readCurves(metrics: MetricStore, groups: ReadonlyMap<string, readonly string[]>, ask: CurveAsk): Promise<ReadonlyMap<string, Curve>> {
  const runIds = [...new Set([...groups.values()].flat())];
  const [summaries, origins] = await Promise.all([metrics.summaries(runIds, [ask.key]), ask.axis === 'relative' ? metrics.origins(runIds) : new Map<string, bigint>()]);
  const exponent = exponentOf([...summaries.values()].flat(), ask);
  const found = await metrics.stretches({ runIds, keys: [ask.key], exponent, range: ask.range ?? undefined });
  const repeats = new Map([...found].flatMap(([runId, [stretches]]) => (stretches ? [[runId, repeatOf(stretches, ask.axis, origins.get(runId) ?? 0n)] as const] : [])));
  const present = [...groups].map(([group, ids]) => ({ group, repeats: ids.flatMap((id) => repeats.get(id) ?? []) })).filter((each) => each.repeats.length > 0);
  const curves = curvesOver(present.map((each) => each.repeats), ask.axis === 'step' ? 2 ** exponent : widthOver([...repeats.values()], ask.maxPoints));
  return new Map(present.flatMap(({ group }, at) => { const curve = curves[at]; return curve ? [[group, curve] as const] : []; }));
}

/** The finest width of stretches that the curve needs. */
function exponentOf(summaries: readonly MetricSummary[], { axis, range, maxPoints }: CurveAsk): number {
  if (summaries.length === 0) return 0;
  const first = summaries.reduce((least, { firstStep }) => (firstStep < least ? firstStep : least), summaries[0]?.firstStep ?? 0n);
  const last = summaries.reduce((most, { lastStep }) => (lastStep > most ? lastStep : most), first);
  if (axis !== 'step') return exponentFor(first, last, maxPoints * (range ? FINER.part : FINER.whole));
  return exponentFor(larger(first, range?.from), smaller(last, range?.to), maxPoints);
}

const larger = (step: bigint, from: MetricRange['from']): bigint => (from !== null && from !== undefined && Number.isFinite(Number(from)) && from > step ? BigInt(Math.floor(Number(from))) : step);
const smaller = (step: bigint, to: MetricRange['to']): bigint => (to !== null && to !== undefined && Number.isFinite(Number(to)) && to < step ? BigInt(Math.ceil(Number(to))) : step);

/** The width for which all places fall into at most so many buckets; the places themselves where they are fewer. */
function widthOver(repeats: readonly Repeat[], most: number): number {
  let [first, last] = [Infinity, -Infinity];
  for (const { xs } of repeats) for (const x of xs) [first, last] = [Math.min(first, x), Math.max(last, x)];
  // A bucket more, because their bounds lie at multiples of their width.
  return Math.max(1, Math.ceil((last - first + 1) / Math.max(1, most - 1)));
}

function repeatOf({ steps, timestamps, means, counts }: MetricStretches, axis: MetricAxis, origin: bigint): Repeat {
  const xs = axis === 'step' ? Array.from(steps, Number) : Array.from(timestamps, (at) => Number(at - origin));
  const order = Array.from(xs.keys());
  // A clock may have gone back.
  if (axis !== 'step') order.sort((a, b) => (xs[a] ?? 0) - (xs[b] ?? 0));
  return { xs: order.map((at) => xs[at] ?? 0), ys: order.map((at) => means[at] ?? Number.NaN), counts: order.map((at) => counts[at] ?? 0) };
}
