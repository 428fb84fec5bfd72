import { curvesOver, type Curve, type Repeat } from '../../domain/metrics/curve.ts';
import { extentOf, type MetricAxis } from '../../domain/metrics/range.ts';
import { exponentFor, type MetricStretches } from '../../domain/metrics/stretches.ts';
import type { MetricRange, MetricStore, MetricSummary } from '../ports/metric-store.ts';

export interface CurveAsk {
  readonly axis: MetricAxis;
  /** On the axis; the whole curve when null. */
  readonly range: MetricRange | null;
  /** Buckets a curve has at most. */
  readonly maxPoints: number;
}

/** Over time, stretches of steps are gathered into buckets of time: there are more of them than buckets, and many more where only a part of the time is looked at. */
const FINER = { whole: 4, part: 32 } as const;

type Groups = ReadonlyMap<string, readonly string[]>;

/**
 * Metrics of groups of runs, a curve a group and metric, by group and then by key; of one metric over buckets that all groups share. What none of a group's runs logged in the range
 * is not in the maps. One read for all metrics that are logged equally often.
 */
export async function readCurves(metrics: MetricStore, groups: Groups, keys: readonly string[], ask: CurveAsk): Promise<ReadonlyMap<string, ReadonlyMap<string, Curve>>> {
  // Before the first read, so that a bad range is refused also where there is nothing to read.
  if (ask.range) extentOf(ask.range, 0n);
  const runIds = [...new Set([...groups.values()].flat())];
  const [summaries, origins] = await Promise.all([metrics.summaries(runIds, keys), ask.axis === 'relative' ? metrics.origins(runIds) : new Map<string, bigint>()]);
  const ofKey = Map.groupBy([...summaries.values()].flat(), ({ key }) => key);
  const byWidth = Map.groupBy(ofKey.keys(), (key) => exponentOf(ofKey.get(key) ?? [], ask));
  const curves = new Map<string, Map<string, Curve>>();
  for (const [exponent, alike] of byWidth) {
    const found = await metrics.stretches({ runIds, keys: alike, exponent, range: ask.range ?? undefined });
    for (const key of alike) {
      const repeats = new Map([...found].flatMap(([runId, all]) => all.filter((one) => one.key === key).map((one) => [runId, repeatOf(one, ask.axis, origins.get(runId) ?? 0n)] as const)));
      const width = ask.axis === 'step' ? 2 ** exponent : widthOver([...repeats.values()], ask.maxPoints);
      for (const [group, curve] of ofGroups(groups, repeats, width)) curves.set(group, (curves.get(group) ?? new Map<string, Curve>()).set(key, curve));
    }
  }
  return curves;
}

function ofGroups(groups: Groups, repeats: ReadonlyMap<string, Repeat>, width: number): readonly (readonly [string, Curve])[] {
  const present = [...groups].map(([group, ids]) => ({ group, repeats: ids.flatMap((id) => repeats.get(id) ?? []) })).filter((each) => each.repeats.length > 0);
  const curves = curvesOver(present.map((each) => each.repeats), width);
  return present.flatMap(({ group }, at) => { const curve = curves[at]; return curve ? [[group, curve] as const] : []; });
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

function repeatOf({ steps, timestamps, means, lows, highs, counts }: MetricStretches, axis: MetricAxis, origin: bigint): Repeat {
  const xs = axis === 'step' ? Array.from(steps, Number) : Array.from(timestamps, (at) => Number(at - origin));
  const order = Array.from(xs.keys());
  // A clock may have gone back.
  if (axis !== 'step') order.sort((a, b) => (xs[a] ?? 0) - (xs[b] ?? 0));
  const ordered = (column: Float64Array): readonly number[] => order.map((at) => column[at] ?? Number.NaN);
  return { xs: order.map((at) => xs[at] ?? 0), ys: ordered(means), lows: ordered(lows), highs: ordered(highs), counts: ordered(counts) };
}
