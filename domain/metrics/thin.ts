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
  const kept = new Int32Array(2 + buckets * 3);
  let count = 1;
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = 1 + Math.floor((bucket * inside) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inside) / buckets);
    count = keepStandouts(values, from, to, { kept, count });
  }
  kept[count] = values.length - 1;
  return pointsAt(columns, kept.subarray(0, count + 1));
}

function holdsOnlyNumbers(values: Float64Array): boolean {
  // Every number less itself is 0; NaN and the infinities are not.
  for (const value of values) if (value - value !== 0) return false;
  return true;
}

/** Adds the indices in [from, to) of the lowest and highest finite value and of the first value that is not finite, in order; answers how many are kept now. */
function keepStandouts(values: Float64Array, from: number, to: number, { kept, count }: { readonly kept: Int32Array; readonly count: number }): number {
  let lowest = -1;
  let highest = -1;
  let odd = -1;
  let low = Infinity;
  let high = -Infinity;
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? NaN;
    if (value - value !== 0) {
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
  // One after another, smallest first, each once.
  let end = count;
  let last = -1;
  for (let round = 0; round < 3; round += 1) {
    const next = smallestAfter(last, lowest, highest, odd);
    if (next === Infinity) break;
    kept[end] = last = next;
    end += 1;
  }
  return end;
}

const after = (last: number, at: number): number => (at > last ? at : Infinity);
const smallestAfter = (last: number, a: number, b: number, c: number): number => Math.min(after(last, a), after(last, b), after(last, c));
