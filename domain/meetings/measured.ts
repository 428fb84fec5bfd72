import { benjaminiHochberg } from '../statistics/many-tests.ts';
import { median } from './median.ts';
import { twoSidedCritical } from '../statistics/student-t.ts';
import type { Result } from './week.ts';

/** A result whose effect is known with its uncertainty, in bars: 1 is exactly the minimum effect of its own hypothesis, so results of different metrics can be laid side by side. */
export interface Measured<R extends Result = Result> {
  readonly of: R;
  readonly effect: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
  /** What one bar is, in the metric's own units. */
  readonly bar: number;
}

/** Those that can be measured. A hypothesis without a minimum effect takes the middle standard error of its metric as its bar: what one could just have seen. */
export function measure<R extends Result>(results: readonly R[]): readonly Measured<R>[] {
  const raw = results.flatMap((of) => {
    if (of.effect === null || of.ciLow === null || of.ciHigh === null || !(of.ciHigh > of.ciLow)) return [];
    const degreesOfFreedom = Math.max(1, of.baselineRuns + of.treatmentRuns - 2);
    return [{ of, effect: of.effect, degreesOfFreedom, standardError: (of.ciHigh - of.ciLow) / (2 * twoSidedCritical(0.95, degreesOfFreedom)) }];
  });
  const typical = new Map<string, number>();
  for (const metric of new Set(raw.map(({ of }) => of.metric))) typical.set(metric, median(raw.filter(({ of }) => of.metric === metric).map(({ standardError }) => standardError)));
  return raw.map((each) => {
    const bar = each.of.minEffect !== null && each.of.minEffect > 0 ? each.of.minEffect : 2 * (typical.get(each.of.metric) ?? each.standardError);
    return { ...each, bar, effect: each.effect / bar, standardError: each.standardError / bar };
  });
}

/**
 * How far true effects of a set scatter around none beyond what chance explains: the variance between studies by the method of moments
 * (DerSimonian and Laird, Controlled Clinical Trials 7, 1986), around a mean fixed at zero: Q = Σ x²/s², τ² = max(0, (Q − k) / Σ 1/s²).
 */
export function trueVariance(all: readonly Measured[]): number {
  const weights = all.map(({ standardError }) => 1 / standardError ** 2);
  const q = all.reduce((sum, { effect }, index) => sum + (weights[index] ?? 0) * effect ** 2, 0);
  const weight = weights.reduce((sum, each) => sum + each, 0);
  return weight > 0 ? Math.max(0, (q - all.length) / weight) : 0;
}

/**
 * The effect as it will probably be seen again: drawn towards none by the share of its variance that is chance (Efron and Morris, JASA 70, 1975): x · τ² / (τ² + s²).
 * Of 200 results the largest is mostly luck; a few repeats with much noise are drawn in further than many with little.
 */
export const shrunken = ({ effect, standardError }: Measured, tau2: number): number => (tau2 <= 0 ? 0 : effect * (tau2 / (tau2 + standardError ** 2)));

/** Benjamini and Hochberg's correction over everything a week tried, by experiment: what is claimed of the week as a whole. */
export function correctedOverWeek(results: readonly Result[]): ReadonlyMap<string, number> {
  const tested = results.filter(({ pValue }) => pValue !== null);
  const corrected = benjaminiHochberg(tested.map(({ pValue }) => pValue ?? 1));
  return new Map(tested.map(({ experimentId }, index) => [experimentId, corrected[index] ?? 1]));
}
