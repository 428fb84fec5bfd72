/** What is known of a set of repeats. */
export interface Sample {
  readonly n: number;
  readonly mean: number;
  /** Standard deviation with n - 1 in the denominator; null for n = 1, which says nothing about noise. */
  readonly sd: number | null;
}

/** Spread smaller than this part of the values is rounding, not noise. */
const ROUNDING = 1e-12;

export const largestMagnitude = (values: readonly number[]): number => values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);

/**
 * Mean and standard deviation of finite values; null for none. Computed in two passes on values scaled to at most 1, so neither
 * 1e300 nor a large common offset breaks it. (Two-pass algorithm with correction: Chan, Golub & LeVeque, The American Statistician 37, 1983.)
 *
 * `magnitude` is the size against which spread counts as rounding; by default that of the values themselves.
 */
export function summarise(values: readonly number[], magnitude = largestMagnitude(values)): Sample | null {
  const n = values.length;
  if (n === 0) return null;
  const scale = largestMagnitude(values) || 1;
  const mean = values.reduce((sum, value) => sum + value / scale, 0) / n;
  if (n === 1) return { n, mean: mean * scale, sd: null };
  const deviations = values.map((value) => value / scale - mean);
  const drift = deviations.reduce((sum, deviation) => sum + deviation, 0);
  const squares = deviations.reduce((sum, deviation) => sum + deviation * deviation, 0);
  const sd = Math.sqrt(Math.max(0, squares - (drift * drift) / n) / (n - 1)) * scale;
  return { n, mean: (mean + drift / n) * scale, sd: sd <= ROUNDING * magnitude ? 0 : sd };
}
