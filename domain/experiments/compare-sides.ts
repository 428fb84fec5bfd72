import { intervalOf, paired, pValueOf, welch, type Comparison } from '../statistics/comparison.ts';
import type { Interval } from '../statistics/estimate.ts';
import { summarise } from '../statistics/sample.ts';

/** A finished run that counts, with its summary of each metric: the value at the largest step. Metrics it did not log are absent. */
export interface CountedRun {
  readonly id: string;
  readonly seed: string | null;
  readonly values: ReadonlyMap<string, number>;
}

/** One metric of one variant: what can be computed with, and what cannot. */
export interface Side {
  readonly runs: readonly { readonly seed: string | null; readonly value: number }[];
  /** Counted runs that did not log the metric. */
  readonly missing: number;
  /** Counted runs whose value is NaN, infinite or too large to compute with. */
  readonly notNumbers: number;
}

/** Half of the exponents there are: squares and intervals of such values are still numbers. NaN is not below it either. */
const LARGEST = 1e150;

export function sideOf(runs: readonly CountedRun[], metric: string): Side {
  const logged = runs.flatMap(({ seed, values }) => {
    const value = values.get(metric);
    return value === undefined ? [] : [{ seed, value }];
  });
  const usable = logged.filter(({ value }) => Math.abs(value) <= LARGEST);
  return { runs: usable, missing: runs.length - logged.length, notNumbers: logged.length - usable.length };
}

/** The difference treatment - baseline, in the metric's own units, with what the chosen test says about it. */
export interface SideComparison {
  /** equal-pairs: Welch, although the sides pair by seed, because every pair differs by the same amount. */
  readonly test: 'welch' | 'paired' | 'equal-pairs';
  readonly comparison: Comparison;
  /** Null when a side has no value. */
  readonly difference: number | null;
  readonly interval95: Interval | null;
  readonly interval90: Interval | null;
  readonly pValue: number | null;
  /** Standard deviation of the paired differences; null for Welch. */
  readonly pairSd: number | null;
}

/**
 * Paired by seed when both sides have exactly the same set of seeds, each once; else Welch. Pairs whose differences are all equal leave nothing to
 * measure chance with, so they are compared by Welch, which asks for more (docs/decisions/0053).
 */
export function compareSides(treatment: Side, baseline: Side): SideComparison {
  const byPairs = comparePairs(pairedBySeed(treatment, baseline));
  const test = byPairs === null ? 'welch' : byPairs.kind === 'no-spread' ? 'equal-pairs' : 'paired';
  const comparison = test === 'paired' && byPairs ? byPairs : welch(valuesOf(treatment), valuesOf(baseline));
  const difference = differenceOf(treatment, baseline);
  if (comparison.kind !== 'measured') return { test, comparison, difference, interval95: null, interval90: null, pValue: null, pairSd: null };
  return {
    test, comparison, difference,
    interval95: intervalOf(comparison, 0.95),
    interval90: intervalOf(comparison, 0.9),
    pValue: pValueOf(comparison),
    pairSd: test === 'paired' ? comparison.standardError * Math.sqrt(comparison.degreesOfFreedom + 1) : null,
  };
}

const comparePairs = (pairs: readonly (readonly [number, number])[] | null): Comparison | null => pairs && paired(pairs.map(([value]) => value), pairs.map(([, value]) => value));

export const valuesOf = (side: Side): number[] => side.runs.map(({ value }) => value);

function differenceOf(treatment: Side, baseline: Side): number | null {
  const [t, b] = [summarise(valuesOf(treatment)), summarise(valuesOf(baseline))];
  const difference = t && b ? t.mean - b.mean : null;
  return difference !== null && Number.isFinite(difference) ? difference : null;
}

function pairedBySeed(treatment: Side, baseline: Side): [number, number][] | null {
  const [ofTreatment, ofBaseline] = [bySeed(treatment), bySeed(baseline)];
  if (!ofTreatment || !ofBaseline || ofTreatment.size !== ofBaseline.size) return null;
  const pairs: [number, number][] = [];
  for (const [seed, value] of ofTreatment) {
    const other = ofBaseline.get(seed);
    if (other === undefined) return null;
    pairs.push([value, other]);
  }
  return pairs;
}

/** Values by seed; null when a run has no seed or a seed comes twice. */
function bySeed({ runs }: Side): ReadonlyMap<string, number> | null {
  const values = new Map<string, number>();
  for (const { seed, value } of runs) {
    if (seed === null || values.has(seed)) return null;
    values.set(seed, value);
  }
  return values;
}
