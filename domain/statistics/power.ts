import { noncentralTCdf } from './noncentral-t.ts';
import { twoSidedCritical } from './student-t.ts';

/** Power of a two-sided t test: the chance that |t| passes the critical value when its noncentrality is `noncentrality`. */
export function twoSidedPower(noncentrality: number, degreesOfFreedom: number, alpha = 0.05): number {
  const critical = twoSidedCritical(1 - alpha, degreesOfFreedom);
  return 1 - noncentralTCdf(critical, degreesOfFreedom, noncentrality) + noncentralTCdf(-critical, degreesOfFreedom, noncentrality);
}

export interface Sides {
  readonly baseline: { readonly n: number; readonly sd: number };
  readonly treatment: { readonly n: number; readonly sd: number };
}

/**
 * Power of Welch's test for a true difference `effect`. Exact (noncentral t; Cohen, Statistical Power Analysis, 1988) when the spreads and
 * sizes of both sides are equal; otherwise Satterthwaite's degrees of freedom stand in, as in the test itself.
 * Equal to statsmodels' `TTestIndPower().power` in the exact case.
 */
export function welchPower(effect: number, { baseline, treatment }: Sides, alpha = 0.05): number {
  const [b, t] = [baseline.sd ** 2 / baseline.n, treatment.sd ** 2 / treatment.n];
  const degreesOfFreedom = (b + t) ** 2 / (b ** 2 / (baseline.n - 1) + t ** 2 / (treatment.n - 1));
  return twoSidedPower(Math.abs(effect) / Math.sqrt(b + t), degreesOfFreedom, alpha);
}

/** Power of the paired test for a true mean difference `effect`, given the standard deviation of the differences. Exact. */
export const pairedPower = (effect: number, sd: number, pairs: number, alpha = 0.05): number => twoSidedPower((Math.abs(effect) * Math.sqrt(pairs)) / sd, pairs - 1, alpha);

/** Needing more repeats a side than this is "out of reach": nobody plans for it, and the estimate means nothing. */
export const MOST_REPEATS = 1000;

/** The smallest number of further repeats (1 or more) that reaches `target` power; null when even MOST_REPEATS would not. Power grows with repeats. */
export function furtherRepeats(powerAfter: (further: number) => number, target = 0.8): number | null {
  if (!(powerAfter(MOST_REPEATS) >= target)) return null;
  let [tooFew, enough] = [0, 1];
  while (powerAfter(enough) < target) [tooFew, enough] = [enough, Math.min(enough * 2, MOST_REPEATS)];
  while (enough - tooFew > 1) {
    const middle = Math.floor((tooFew + enough) / 2);
    if (powerAfter(middle) >= target) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
