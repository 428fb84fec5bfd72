import type { Interval } from './estimate.ts';
import { largestMagnitude, summarise, type Sample } from './sample.ts';
import { twoSidedCritical, twoSidedP, upperTail } from './student-t.ts';

/** The difference of two means (treatment - baseline) and how well it is known. */
export interface MeasuredDifference {
  readonly difference: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/** Why two sets of repeats cannot be compared: too few on a side, or no spread anywhere, so that chance cannot be measured. */
export type Comparison = ({ readonly kind: 'measured' } & MeasuredDifference) | { readonly kind: 'too-few' } | { readonly kind: 'no-spread'; readonly difference: number };

/**
 * Welch's comparison of two means with unequal variances: standard error √(s₁²/n₁ + s₂²/n₂), degrees of freedom after Satterthwaite
 * (Welch, Biometrika 34, 1947). Needs two values a side. Checked against R's `t.test(extra ~ group, data = sleep)`.
 */
export function welch(treatment: readonly number[], baseline: readonly number[]): Comparison {
  const [t, b] = [summarise(treatment), summarise(baseline)];
  if (!hasSpreadKnown(t) || !hasSpreadKnown(b)) return { kind: 'too-few' };
  const difference = t.mean - b.mean;
  // In units of the larger spread: squares of very large or very small values would leave the range of numbers.
  const unit = Math.max(t.sd, b.sd);
  if (unit === 0 || !Number.isFinite(difference)) return { kind: 'no-spread', difference: finiteOr(difference, 0) };
  const [varianceT, varianceB] = [(t.sd / unit) ** 2 / t.n, (b.sd / unit) ** 2 / b.n];
  const sum = varianceT + varianceB;
  return {
    kind: 'measured',
    difference,
    standardError: Math.sqrt(sum) * unit,
    degreesOfFreedom: sum ** 2 / (varianceT ** 2 / (t.n - 1) + varianceB ** 2 / (b.n - 1)),
  };
}

/**
 * Paired comparison: the mean of the differences pair by pair, with its standard error (Student, Biometrika 6, 1908).
 * `treatment[i]` and `baseline[i]` are one pair. Needs two pairs. Checked against R's paired `t.test` on the sleep data.
 */
export function paired(treatment: readonly number[], baseline: readonly number[]): Comparison {
  if (treatment.length !== baseline.length) throw new RangeError('paired values must come in pairs');
  const differences = treatment.map((value, index) => value - (baseline[index] ?? Number.NaN));
  const sample = summarise(differences, Math.max(largestMagnitude(treatment), largestMagnitude(baseline)));
  if (!hasSpreadKnown(sample)) return { kind: 'too-few' };
  if (sample.sd === 0 || !Number.isFinite(sample.sd)) return { kind: 'no-spread', difference: finiteOr(sample.mean, 0) };
  return { kind: 'measured', difference: sample.mean, standardError: sample.sd / Math.sqrt(sample.n), degreesOfFreedom: sample.n - 1 };
}

/** Two-sided p-value of "the means are equal". */
export const pValueOf = ({ difference, standardError, degreesOfFreedom }: MeasuredDifference): number => twoSidedP(difference / standardError, degreesOfFreedom);

export function intervalOf({ difference, standardError, degreesOfFreedom }: MeasuredDifference, level: number): Interval {
  const halfWidth = twoSidedCritical(level, degreesOfFreedom) * standardError;
  return { low: difference - halfWidth, high: difference + halfWidth };
}

/**
 * Two one-sided tests of "the means differ by `margin` or more" (Schuirmann, J. Pharmacokinetics and Biopharmaceutics 15, 1987): the larger p-value.
 * Below 0.05 exactly when the 90 % interval lies within ± margin, which is how the verdict reads it.
 */
export function equivalenceP({ difference, standardError, degreesOfFreedom }: MeasuredDifference, margin: number): number {
  return Math.max(upperTail((difference + margin) / standardError, degreesOfFreedom), upperTail((margin - difference) / standardError, degreesOfFreedom));
}

export const liesWithin = ({ low, high }: Interval, margin: number): boolean => low >= -margin && high <= margin;

const hasSpreadKnown = (sample: Sample | null): sample is Sample & { readonly sd: number } => sample !== null && sample.sd !== null;
const finiteOr = (value: number, other: number): number => (Number.isFinite(value) ? value : other);
