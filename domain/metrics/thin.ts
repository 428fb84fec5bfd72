import { pointsAt, type MetricColumns } from './series.ts';

/**
 * About `maxPoints` points of a series (never more than `maxPoints`, which is at least 5): first and last, and of each stretch of the points between, the lowest,
 * the highest and the first that is not a finite number, so that a spike or a divergence is never thinned away.
 * Buckets are stretches of equally many points. The min-max aggregation of Jugel et al., "M4", PVLDB 7(10), 2014, with non-finite values kept.
 */
export function thin(columns: MetricColumns, maxPoints: number): MetricColumns {
  const { values } = columns;
  const budget = Math.max(5, Math.floor(maxPoints));
  if (values.length <= budget) return columns;
  const inside = values.length - 2;
  const perBucket = holdsOnlyNumbers(values) ? 2 : 3;
  const buckets = Math.max(1, Math.floor((budget - 2) / perBucket));
  const kept: Kept = { indices: new Int32Array(2 + buckets * 3), count: 1 };
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = 1 + Math.floor((bucket * inside) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inside) / buckets);
    keepStandouts(values, from, to, kept);
  }
  keep(kept, values.length - 1);
  return pointsAt(columns, kept.indices.subarray(0, kept.count));
}

function holdsOnlyNumbers(values: Float64Array): boolean {
  // Every number less itself is 0; NaN and the infinities are not. By index, as below: an iterator takes several times as long.
  for (let at = 0; at < values.length; at += 1) if (isOdd(values[at] ?? 0)) return false;
  return true;
}

const isOdd = (value: number): boolean => value - value !== 0;

/** Indices that ascend. One for a whole series: an object for each bucket would take longer than looking through it. */
interface Kept { readonly indices: Int32Array; count: number }

function keep(kept: Kept, at: number): void {
  kept.indices[kept.count] = at;
  kept.count += 1;
}

/** Keeps the indices in [from, to) of the lowest and highest finite value and of the first value that is not finite, in order, each once. */
function keepStandouts(values: Float64Array, from: number, to: number, kept: Kept): void {
  let lowest = -1;
  let highest = -1;
  let odd = -1;
  let low = Infinity;
  let high = -Infinity;
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? Number.NaN;
    if (isOdd(value)) {
      if (odd < 0) odd = at;
      continue;
    }
    if (value < low) {
      lowest = at;
      low = value;
    }
    if (value > high) {
      highest = at;
      high = value;
    }
  }
  keepInOrder(kept, lowest, highest, odd);
}

/** -1 stands for none. */
function keepInOrder(kept: Kept, lowest: number, highest: number, odd: number): void {
  const first = Math.min(lowest, highest);
  const second = Math.max(lowest, highest);
  if (odd >= 0 && odd < first) keep(kept, odd);
  if (first >= 0) keep(kept, first);
  if (odd > first && odd < second) keep(kept, odd);
  if (second > first) keep(kept, second);
  if (odd > second) keep(kept, odd);
}
