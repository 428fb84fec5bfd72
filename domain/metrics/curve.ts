import { summarise } from '../statistics/sample.ts';
import { twoSidedCritical } from '../statistics/student-t.ts';

/** One run's part in a curve: mean, smallest, largest and number of its finite values at ascending places. NaN with a count of 0: it was logged there and was no number. */
export interface Repeat {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly lows: readonly number[];
  readonly highs: readonly number[];
  readonly counts: readonly number[];
}

/** Many runs as one curve: parallel lists, a place each. NaN where too few runs have a number. */
export interface Curve {
  readonly xs: readonly number[];
  /** Runs that have a number here. */
  readonly n: readonly number[];
  readonly mean: readonly number[];
  readonly median: readonly number[];
  /** Smallest and largest value that any of the runs has here: of all its points in a bucket, not of their mean, so that a single spike is seen. */
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
interface Entry { readonly bucket: number; readonly x: number; readonly y: number; readonly low: number; readonly high: number }
/** Of one run, a number for each place. */
type Values = Readonly<Record<'ys' | 'lows' | 'highs', Float64Array>>;

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

function bucketed({ xs, ys, lows, highs, counts }: Repeat, width: number): readonly Entry[] {
  const entries: { bucket: number; x: number; y: number; low: number; high: number; count: number; weight: number }[] = [];
  xs.forEach((x, at) => {
    const count = counts[at] ?? 0;
    const weight = Math.max(1, count);
    const bucket = bucketOf(x, width);
    const [y, low, high] = [ys, lows, highs].map((column) => (count === 0 ? Number.NaN : column[at] ?? Number.NaN)) as [number, number, number];
    const last = entries.at(-1);
    if (last?.bucket !== bucket) {
      entries.push({ bucket, x, y, low, high, count, weight });
      return;
    }
    last.weight += weight;
    last.x += ((x - last.x) * weight) / last.weight;
    if (count === 0) return;
    last.count += count;
    if (last.count === count) {
      Object.assign(last, { y, low, high });
      return;
    }
    last.y += ((y - last.y) * count) / last.count;
    last.low = Math.min(last.low, low);
    last.high = Math.max(last.high, high);
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

/** What one run has at each place; NaN where it has nothing. */
function valuesAt(entries: readonly Entry[], places: readonly { readonly bucket: number; readonly x: number }[]): Values {
  const column = (): Float64Array => new Float64Array(places.length).fill(Number.NaN);
  const values = { ys: column(), lows: column(), highs: column() };
  const put = (place: number, y: number, low: number, high: number): void => { [values.ys[place], values.lows[place], values.highs[place]] = [y, low, high]; };
  let at = -1;
  places.forEach(({ bucket, x }, place) => {
    while ((entries[at + 1]?.bucket ?? Infinity) <= bucket) at += 1;
    const [here, next] = [entries[at], entries[at + 1]];
    if (here?.bucket === bucket) put(place, here.y, here.low, here.high);
    else if (here && next) {
      const y = here.y + ((next.y - here.y) * (x - here.x)) / (next.x - here.x);
      put(place, y, y, y);
    }
  });
  return values;
}

function summarised(xs: readonly number[], runs: readonly Values[]): Curve {
  const critical = new Map<number, number>();
  const rows = xs.map((_, place): Statistics => {
    const at = (column: keyof Values): readonly number[] => runs.map((values) => values[column][place] ?? Number.NaN).filter(Number.isFinite);
    return { ...statisticsOf(at('ys'), critical), min: smallest(at('lows')), max: largest(at('highs')) };
  });
  const list = (of: (row: Statistics) => number): readonly number[] => rows.map(of);
  return {
    xs, n: list(({ n }) => n), mean: list(({ mean }) => mean), median: list(({ median }) => median), min: list(({ min }) => min), max: list(({ max }) => max),
    sd: list(({ sd }) => sd), se: list(({ se }) => se), ciLow: list(({ mean, half }) => mean - half), ciHigh: list(({ mean, half }) => mean + half),
  };
}

const smallest = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : Math.min(...values));
const largest = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : Math.max(...values));

type Statistics = Readonly<Record<'n' | 'mean' | 'median' | 'min' | 'max' | 'sd' | 'se' | 'half', number>>;

/** `critical` remembers the quantiles of t by n. */
function statisticsOf(values: readonly number[], critical: Map<number, number>): Omit<Statistics, 'min' | 'max'> {
  const sample = summarise(values);
  if (!sample) return { n: 0, mean: Number.NaN, median: Number.NaN, sd: Number.NaN, se: Number.NaN, half: Number.NaN };
  const { n, mean, sd } = sample;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted[Math.floor((n - 1) / 2)] ?? Number.NaN) / 2 + (sorted[Math.floor(n / 2)] ?? Number.NaN) / 2;
  const centre = { n, mean, median: middle };
  if (sd === null) return { ...centre, sd: Number.NaN, se: Number.NaN, half: Number.NaN };
  const t = critical.get(n) ?? twoSidedCritical(0.95, n - 1);
  critical.set(n, t);
  const se = sd / Math.sqrt(n);
  return { ...centre, sd, se, half: t * se };
}
