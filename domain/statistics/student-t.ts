import tCdf from '@stdlib/stats-base-dists-t-cdf';
import tQuantile from '@stdlib/stats-base-dists-t-quantile';

/** Two-sided p-value of a t statistic. Reads the lower tail, where the distribution function keeps its precision. */
export const twoSidedP = (t: number, degreesOfFreedom: number): number => Math.min(1, 2 * tCdf(-Math.abs(t), degreesOfFreedom));

/** P(T > t). */
export const upperTail = (t: number, degreesOfFreedom: number): number => tCdf(-t, degreesOfFreedom);

/** The t that leaves (1 - level) / 2 in either tail: 2.262 for level 0.95 and 9 degrees of freedom. */
export const twoSidedCritical = (level: number, degreesOfFreedom: number): number => -tQuantile((1 - level) / 2, degreesOfFreedom);
