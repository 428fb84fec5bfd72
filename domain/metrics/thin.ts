import { pointsAt, type MetricColumns } from './series.ts';

/**
 * About `maxPoints` points of a series (never more than `maxPoints`, which is at least 5): first and last, and of each stretch of the points between, the lowest,
 * the highest and the first that is not a finite number, so that a spike or a divergence is never thinned away.
 * Buckets are stretches of equally many points. The min-max aggregation of Jugel et al., "M4", PVLDB 7(10), 2014, with non-finite values kept.
 */
export function thin(columns: MetricColumns, maxPoints: number): MetricColumns {
  const length = columns.values.length;
  const budget = Math.max(5, Math.floor(maxPoints));
  if (length <= budget) return columns;
  const kept = [0];
  const inside = length - 2;
  const perBucket = holdsOnlyNumbers(columns.values) ? 2 : 3;
  const buckets = Math.max(1, Math.floor((budget - 2) / perBucket));
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const from = 1 + Math.floor((bucket * inside) / buckets);
    const to = 1 + Math.floor(((bucket + 1) * inside) / buckets);
    kept.push(...standouts(columns.values, from, to).slice(0, budget - 2));
  }
  kept.push(length - 1);
  return pointsAt(columns, kept);
}

const holdsOnlyNumbers = (values: Float64Array): boolean => values.every((value) => Number.isFinite(value));

/** Indices in [from, to) of the lowest and highest finite value and of the first value that is not finite, in order. */
function standouts(values: Float64Array, from: number, to: number): number[] {
  let lowest = -1;
  let highest = -1;
  let odd = -1;
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? NaN;
    if (!Number.isFinite(value)) {
      if (odd < 0) odd = at;
      continue;
    }
    if (lowest < 0 || value < (values[lowest] ?? NaN)) lowest = at;
    if (highest < 0 || value > (values[highest] ?? NaN)) highest = at;
  }
  return [...new Set([odd, lowest, highest])].filter((at) => at >= 0).toSorted((a, b) => a - b);
}
