import { summarise } from '../statistics/sample.ts';
import { twoSidedCritical } from '../statistics/student-t.ts';

export const TOLERANCES = ['EXACT', 'SAME_SEED', 'ALL_SEEDS'] as const;

/** How far a metric of a run that is done again may lie from the first one, and what that was learned from. */
export interface Tolerance {
  readonly amount: number;
  readonly from: (typeof TOLERANCES)[number];
  /** How many runs it was learned from. */
  readonly runs: number;
}

/** Final values of the runs of a variant, the original's among them. */
export interface VariantValues {
  readonly sameSeed: readonly number[];
  readonly allSeeds: readonly number[];
}

/** Sums in another order differ in the last digits: that is no other result. */
const FLOOR = 1e-9;
const LEVEL = 0.95;

/**
 * Same seed and same machine: equal, unless runs of the variant with that seed differ among themselves. Without a seed, or on another machine, the spread of all seeds of the variant says what one more run may be.
 * Two draws of one normal distribution differ by less than t · s · √2 in 95 of 100 cases. With one run there is no spread to learn from, and equality is asked for.
 */
export function toleranceOf(original: number, { sameSeed, allSeeds }: VariantValues, exact: boolean): Tolerance {
  const floor = Number.isFinite(original) ? Math.abs(original) * FLOOR : 0;
  const values = (exact ? sameSeed : allSeeds).filter(Number.isFinite);
  const sd = summarise(values)?.sd ?? null;
  if (sd === null || sd * Math.SQRT2 <= floor) return { amount: floor, from: 'EXACT', runs: values.length };
  return { amount: Math.max(floor, twoSidedCritical(LEVEL, values.length - 1) * sd * Math.SQRT2), from: exact ? 'SAME_SEED' : 'ALL_SEEDS', runs: values.length };
}
