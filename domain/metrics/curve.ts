import { summarise } from '../statistics/sample.ts';
import { twoSidedCritical } from '../statistics/student-t.ts';

/** One run's part in a curve: mean of its finite values and their number at ascending places. NaN with a count of 0: it was logged there and was no number. */
export interface Repeat {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly counts: readonly number[];
}

/** Many runs as one curve: parallel lists, a place each. NaN where too few runs have a number. */
export interface Curve {
  readonly xs: readonly number[];
  /** Runs that have a number here. */
  readonly n: readonly number[];
  readonly mean: readonly number[];
  readonly median: readonly number[];
  readonly min: readonly number[];
  readonly max: readonly number[];
  /** Sample standard deviation, n − 1; of two runs or more, as all that follow. */
  readonly sd: readonly number[];
  /** Standard error of the mean, sd / √n. */
  readonly se: readonly number[];
  /** Pointwise 95 % interval of the mean, mean ± t(0.975, n − 1) · se. */
  readonly ciLow: readonly number[];
  readonly ciHigh: readonly number[];
}

interface Place { weight: number; x: number }
interface Entry { readonly bucket: number; readonly x: number; readonly y: number }

/**
 * A curve for each group of runs, over buckets of one width that all groups share.
 * A run with points in a bucket stands there with their mean; one that has none, but points before and behind it, with the straight line between its neighbours, as a chart draws it. Where a
 * neighbour is no number, or beyond a run's first and last point, it has no part. A bucket is placed at the mean of the places logged in it, of whichever group, so that runs that
 * log at the same steps are averaged at exactly those; a group has a place only where one of its own runs was logged.
 */
export function curvesOver(groups: readonly (readonly Repeat[])[], width: number): readonly Curve[] {
  const entries = groups.map((repeats) => repeats.map((repeat) => bucketed(repeat, width)));
  const places = placesOf(groups.flat(), width);
  return entries.map((repeats) => {
    const own = [...new Set(repeats.flat().map(({ bucket }) => bucket))].toSorted((a, b) => a - b).map((bucket) => ({ bucket, x: places.get(bucket)?.x ?? Number.NaN }));
    return summarised(own.map(({ x }) => x), repeats.map((repeat) => valuesAt(repeat, own)));
  });
}

const bucketOf = (x: number, width: number): number => Math.floor(x / width);

function bucketed({ xs, ys, counts }: Repeat, width: number): readonly Entry[] {
  const entries: { bucket: number; x: number; y: number; count: number; weight: number }[] = [];
  xs.forEach((x, at) => {
    const count = counts[at] ?? 0;
    const weight = Math.max(1, count);
    const bucket = bucketOf(x, width);
    const last = entries.at(-1);
    if (last?.bucket !== bucket) {
      entries.push({ bucket, x, y: count === 0 ? Number.NaN : ys[at] ?? Number.NaN, count, weight });
      return;
    }
    last.weight += weight;
    last.x += ((x - last.x) * weight) / last.weight;
    if (count === 0) return;
    last.count += count;
    last.y = last.count === count ? ys[at] ?? Number.NaN : last.y + (((ys[at] ?? 0) - last.y) * count) / last.count;
  });
  return entries;
}

function placesOf(repeats: readonly Repeat[], width: number): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>();
  for (const { xs, counts } of repeats) {
    xs.forEach((x, at) => {
      const place = places.get(bucketOf(x, width)) ?? { weight: 0, x: 0 };
      const weight = Math.max(1, counts[at] ?? 0);
      place.weight += weight;
      place.x += ((x - place.x) * weight) / place.weight;
      places.set(bucketOf(x, width), place);
    });
  }
  return places;
}

/** The value of one run at each place; NaN where it has none. */
function valuesAt(entries: readonly Entry[], places: readonly { readonly bucket: number; readonly x: number }[]): Float64Array {
  const values = new Float64Array(places.length).fill(Number.NaN);
  let at = -1;
  places.forEach(({ bucket, x }, place) => {
    while ((entries[at + 1]?.bucket ?? Infinity) <= bucket) at += 1;
    const [here, next] = [entries[at], entries[at + 1]];
    if (here?.bucket === bucket) values[place] = here.y;
    else if (here && next) values[place] = here.y + ((next.y - here.y) * (x - here.x)) / (next.x - here.x);
  });
  return values;
}

function summarised(xs: readonly number[], runs: readonly Float64Array[]): Curve {
  const critical = new Map<number, number>();
  const rows = xs.map((_, place) => statisticsOf(runs.map((values) => values[place] ?? Number.NaN).filter(Number.isFinite), critical));
  const list = (of: (row: Statistics) => number): readonly number[] => rows.map(of);
  return {
    xs, n: list(({ n }) => n), mean: list(({ mean }) => mean), median: list(({ median }) => median), min: list(({ min }) => min), max: list(({ max }) => max),
    sd: list(({ sd }) => sd), se: list(({ se }) => se), ciLow: list(({ mean, half }) => mean - half), ciHigh: list(({ mean, half }) => mean + half),
  };
}

interface Statistics { readonly n: number; readonly mean: number; readonly median: number; readonly min: number; readonly max: number; readonly sd: number; readonly se: number; readonly half: number }

/** `critical` remembers the quantiles of t by n. */
function statisticsOf(values: readonly number[], critical: Map<number, number>): Statistics {
  const sample = summarise(values);
  if (!sample) return { n: 0, mean: Number.NaN, median: Number.NaN, min: Number.NaN, max: Number.NaN, sd: Number.NaN, se: Number.NaN, half: Number.NaN };
  const { n, mean, sd } = sample;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted[Math.floor((n - 1) / 2)] ?? Number.NaN) / 2 + (sorted[Math.floor(n / 2)] ?? Number.NaN) / 2;
  const ends = { n, mean, median: middle, min: sorted[0] ?? Number.NaN, max: sorted[n - 1] ?? Number.NaN };
  if (sd === null) return { ...ends, sd: Number.NaN, se: Number.NaN, half: Number.NaN };
  const t = critical.get(n) ?? twoSidedCritical(0.95, n - 1);
  critical.set(n, t);
  const se = sd / Math.sqrt(n);
  return { ...ends, sd, se, half: t * se };
}
