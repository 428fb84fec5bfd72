import type { Extent } from './range.ts';
import type { MetricColumns } from './series.ts';

/**
 * A series in stretches of equally many steps: bucket i of width 2^k holds the steps from i·2^k up to the next bucket. Buckets begin at multiples of their width, so those of
 * any two series lie on each other, and two neighbours make one of twice the width: a pyramid. Only buckets with points are here, in order.
 */
export interface MetricStretches {
  readonly key: string;
  /** Mean step of the points of a stretch, rounded: it lies in the bucket. */
  readonly steps: BigInt64Array;
  /** Mean moment of the points, epoch milliseconds, rounded. */
  readonly timestamps: BigInt64Array;
  /** Mean of the finite values; NaN where there is none. */
  readonly means: Float64Array;
  /** Smallest and largest finite value; NaN where there is none. A store may have rounded them outwards, by at most 0.004 %. */
  readonly lows: Float64Array;
  readonly highs: Float64Array;
  /** How many finite values; 0 says that the series was logged here and was no number. */
  readonly counts: Float64Array;
}

/** The smallest k for which the steps from first to last fall into at most `most` buckets of width 2^k. */
export function exponentFor(first: bigint, last: bigint, most: number): number {
  let exponent = 0;
  while (exponent < 63 && Number((last >> BigInt(exponent)) - (first >> BigInt(exponent))) >= most) exponent += 1;
  return exponent;
}

/** The stretches of width 2^exponent of a series in order. */
export function stretchesOf({ key, steps, timestamps, values }: MetricColumns, exponent: number): MetricStretches {
  const means = values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
  return folded({ key, steps, timestamps, means, lows: means, highs: means, counts: means.map((mean) => (Number.isNaN(mean) ? 0 : 1)) }, exponent);
}

/** Pieces of one series, of width 2^exponent or less, as one in stretches of that width. */
export function mergeStretches(key: string, pieces: readonly MetricStretches[], exponent: number): MetricStretches {
  const each = pieces.filter(({ steps }) => steps.length > 0).map((piece) => folded(piece, exponent));
  const [only] = each;
  return only && each.length === 1 ? { ...only, key } : folded(inOrder(key, each), exponent);
}

/** The stretches whose place lies inside the extent. */
export function stretchesIn({ key, steps, timestamps, means, lows, highs, counts }: MetricStretches, { over, from, to }: Extent): MetricStretches {
  const places = over === 'steps' ? steps : timestamps;
  const inside = (_: unknown, at: number): boolean => (places[at] ?? from) >= from && (places[at] ?? to) <= to;
  return {
    key, steps: steps.filter(inside), timestamps: timestamps.filter(inside),
    means: means.filter(inside), lows: lows.filter(inside), highs: highs.filter(inside), counts: counts.filter(inside),
  };
}

function inOrder(key: string, pieces: readonly MetricStretches[]): MetricStretches {
  const places = pieces.flatMap((piece) => Array.from(piece.steps, (step, at) => ({ step, piece, at })));
  places.sort((a, b) => (a.step < b.step ? -1 : Number(a.step > b.step)));
  const column = (name: 'means' | 'lows' | 'highs' | 'counts'): Float64Array => Float64Array.from(places, ({ piece, at }) => piece[name][at] ?? Number.NaN);
  return {
    key, steps: BigInt64Array.from(places, ({ step }) => step), timestamps: BigInt64Array.from(places, ({ piece, at }) => piece.timestamps[at] ?? 0n),
    means: column('means'), lows: column('lows'), highs: column('highs'), counts: column('counts'),
  };
}

/** A bucket while it is filled. Means are kept running, so that large values do not overflow on the way. */
class Bucket {
  readonly start: bigint;
  /** Of the start, from the start of the first bucket. */
  readonly offset: number;
  #weight = 0;
  step = 0;
  time = 0;
  count = 0;
  mean = 0;
  low = Infinity;
  high = -Infinity;

  constructor(start: bigint, offset: number) {
    this.start = start;
    this.offset = offset;
  }

  add(step: number, time: number, { means, lows, highs, counts }: MetricStretches, at: number): void {
    const count = counts[at] ?? 0;
    // What is no number has a place, but no part in the mean.
    const weight = Math.max(1, count);
    this.#weight += weight;
    this.step += ((step - this.step) * weight) / this.#weight;
    this.time += ((time - this.time) * weight) / this.#weight;
    if (count === 0) return;
    this.count += count;
    this.mean += (((means[at] ?? 0) - this.mean) * count) / this.count;
    this.low = Math.min(this.low, lows[at] ?? this.low);
    this.high = Math.max(this.high, highs[at] ?? this.high);
  }
}

/** Neighbours that lie in one bucket become one stretch. */
function folded(stretches: MetricStretches, exponent: number): MetricStretches {
  const { key, steps, timestamps } = stretches;
  const [wide, began] = [BigInt(exponent), timestamps[0] ?? 0n];
  const times = offsetsFrom(timestamps, began);
  const buckets = bucketsOf(steps, exponent, (bucket, step, at) => bucket.add(step, times[at] ?? 0, stretches, at));
  return {
    key,
    steps: BigInt64Array.from(buckets, ({ start, step }) => start + least(BigInt(Math.round(step)), (1n << wide) - 1n)),
    timestamps: BigInt64Array.from(buckets, ({ time }) => began + BigInt(Math.round(time))),
    means: Float64Array.from(buckets, ({ count, mean }) => (count === 0 ? Number.NaN : mean)),
    lows: Float64Array.from(buckets, ({ count, low }) => (count === 0 ? Number.NaN : low)),
    highs: Float64Array.from(buckets, ({ count, high }) => (count === 0 ? Number.NaN : high)),
    counts: Float64Array.from(buckets, ({ count }) => count),
  };
}

/** The buckets of ascending steps; `fill` hears of each step how far it lies in which. */
function bucketsOf(steps: BigInt64Array, exponent: number, fill: (bucket: Bucket, step: number, at: number) => void): readonly Bucket[] {
  const startOf = (step: bigint): bigint => (step >> BigInt(exponent)) << BigInt(exponent);
  const base = startOf(steps[0] ?? 0n);
  const offsets = offsetsFrom(steps, base);
  // Beyond 2^53 apart, the offsets are rounded, and a bucket is found by the step itself.
  const exact = Number.isSafeInteger(offsets.at(-1) ?? 0);
  const width = 2 ** exponent;
  const buckets: Bucket[] = [];
  let bucket = new Bucket(base - 1n, Number.NEGATIVE_INFINITY);
  const stepAt = (at: number): bigint => steps[at] ?? 0n;
  offsets.forEach((offset, at) => {
    if (exact ? offset >= bucket.offset + width : startOf(stepAt(at)) !== bucket.start) {
      const start = startOf(stepAt(at));
      bucket = new Bucket(start, Number(start - base));
      buckets.push(bucket);
    }
    fill(bucket, exact ? offset - bucket.offset : Number(stepAt(at) - bucket.start), at);
  });
  return buckets;
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

/** How far each lies from `base`, as numbers, by their halves (little-endian): BigInt arithmetic on every point would take longer than all the rest. */
function offsetsFrom(column: BigInt64Array, base: bigint): Float64Array {
  const halves = new Int32Array(column.buffer, column.byteOffset, column.length * 2);
  const [baseHigh, baseLow] = [Number(base >> 32n), Number(base & 0xffff_ffffn)];
  const offsets = new Float64Array(column.length);
  for (let at = 0; at < offsets.length; at += 1) offsets[at] = ((halves[at * 2 + 1] ?? 0) - baseHigh) * 2 ** 32 + ((halves[at * 2] ?? 0) >>> 0) - baseLow;
  return offsets;
}
