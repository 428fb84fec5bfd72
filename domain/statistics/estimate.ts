import { summarise } from './sample.ts';
import { twoSidedCritical } from './student-t.ts';

export interface Interval { readonly low: number; readonly high: number }

export interface Estimate {
  readonly n: number;
  readonly mean: number;
  readonly sd: number | null;
  /** Null for n = 1, and when all values are equal: neither says anything about noise. */
  readonly interval: Interval | null;
}

/**
 * Mean of repeats with its two-sided t interval, mean ± t · sd / √n (Student, Biometrika 6, 1908). Null for no values.
 * Checked against R's `t.test(extra, data = sleep)` and SciPy.
 */
export function estimateMean(values: readonly number[], level = 0.95): Estimate | null {
  const sample = summarise(values);
  if (!sample) return null;
  const { n, mean, sd } = sample;
  if (sd === null || sd === 0) return { n, mean, sd, interval: null };
  const halfWidth = (twoSidedCritical(level, n - 1) * sd) / Math.sqrt(n);
  return { n, mean, sd, interval: { low: mean - halfWidth, high: mean + halfWidth } };
}
