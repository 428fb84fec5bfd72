import { intervalOf, pValueOf, welch } from '../statistics/comparison.ts';
import { summarise } from '../statistics/sample.ts';
import { count, figuresFor } from './wording.ts';

/** The treatment that a supported verdict speaks of: its counted runs' values of the hypothesis' metric. */
export interface Contender { readonly experimentId: string; readonly values: readonly number[] }

const ALPHA = 0.05;

/**
 * Whether a treatment is a new best of its project, in words; null when it is not. It is when its mean is better than that of the best of the others and chance is no good explanation of
 * that: Welch, two-sided, p < 0.05. The best of many was most likely lucky too (the winner's curse), which makes it harder to beat, never easier: the error is on the careful side.
 * Without another to beat it is no new best; its verdict says what it is. One run is never a best.
 */
export function newBest(direction: 'INCREASE' | 'DECREASE', challenger: Contender, others: readonly Contender[]): string | null {
  const sign = direction === 'INCREASE' ? 1 : -1;
  const standing = others.filter(({ experimentId, values }) => experimentId !== challenger.experimentId && values.length >= 2)
    .map((contender) => ({ contender, mean: sign * (summarise(contender.values)?.mean ?? Number.NEGATIVE_INFINITY) }))
    .toSorted((a, b) => b.mean - a.mean);
  const [best] = standing;
  return best ? betterThan(direction, challenger.values, best.contender.values) : null;
}

/** By how much the repeats are better than the best before, in words; null where chance explains it, or where one of the two is a single run. */
export function betterThan(direction: 'INCREASE' | 'DECREASE', values: readonly number[], best: readonly number[]): string | null {
  if (values.length < 2 || best.length < 2) return null;
  const sign = direction === 'INCREASE' ? 1 : -1;
  const comparison = welch(values, best);
  if (comparison.kind !== 'measured' || sign * comparison.difference <= 0 || pValueOf(comparison) >= ALPHA) return null;
  const interval = intervalOf(comparison, 0.95);
  const figure = figuresFor(interval, comparison.difference);
  const [low, high] = sign > 0 ? [interval.low, interval.high] : [-interval.high, -interval.low];
  return `Better than the best before by ${figure(sign * comparison.difference)}, very likely between ${figure(low)} and ${figure(high)}, from ${count(values.length, 'repeat')} against ${best.length}.`;
}
