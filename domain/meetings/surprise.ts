import { twoSidedCritical, twoSidedP } from '../statistics/student-t.ts';
import type { Measured } from './measured.ts';

/** A claim counts like so many other results: with fewer than that the author's word says more, with many the record does. */
const CLAIM_WEIGHT = 4;

/** What was to be expected of a result without itself, in bars. */
export interface Expectation { readonly centre: number; readonly spread: number; readonly degreesOfFreedom: number }

/**
 * What the hypothesis and other results let one expect. The claim "at least the bar in this direction" is taken as a belief centred at one bar with a spread of one bar, worth CLAIM_WEIGHT
 * results; the other effects of the metric, in bars, are added to it as observations (the conjugate normal model with unknown variance; Gelman et al., Bayesian Data Analysis,
 * 3rd ed., section 3.3): centre = (4·1 + Σ others) / (4 + n), variance = (4·1² + Σ (other − centre)²) / (4 + n) · (1 + 1/(4 + n)), with 3 + n degrees of freedom.
 * Null where neither speaks: no direction and fewer than three other results.
 */
export function predict(claim: { readonly direction: string | null }, others: readonly number[]): Expectation | null {
  const claimed = claim.direction === null ? 0 : CLAIM_WEIGHT;
  const n = others.length;
  if (claimed === 0 && n < 3) return null;
  const weight = claimed + n;
  const centre = (claimed + others.reduce((sum, each) => sum + each, 0)) / weight;
  const squares = others.reduce((sum, each) => sum + (each - centre) ** 2, 0);
  const spread = Math.sqrt(((claimed + squares) / weight) * (1 + 1 / weight));
  return { centre, spread, degreesOfFreedom: Math.max(1, weight - 1) };
}

/** Where nine of ten such results should lie, in bars. */
export function expectedRange({ centre, spread, degreesOfFreedom }: Expectation): { readonly low: number; readonly high: number } {
  const half = twoSidedCritical(0.9, degreesOfFreedom) * spread;
  return { low: centre - half, high: centre + half };
}

/** Shannon's surprisal: how many coin tosses would have to fall the same way. */
export const bitsOf = (p: number): number => -Math.log2(Math.max(p, 1e-300));

/** How surprising a result is, in bits: −log2 of the chance to be at least so far from what was to be expected, its own noise counted. */
export function surpriseOf({ effect, standardError }: Measured, { centre, spread, degreesOfFreedom }: Expectation): number {
  return bitsOf(twoSidedP((effect - centre) / Math.hypot(spread, standardError), degreesOfFreedom));
}

/** What is left of a surprise among many: the largest of N is expected to reach log2 N bits by chance alone (Bonferroni's correction on the scale of bits). */
export const beyondMany = (bits: number, among: number): number => Math.max(0, bits - Math.log2(Math.max(1, among)));
