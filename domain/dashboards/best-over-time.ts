import { betterThan, type Contender } from '../experiments/new-best.ts';
import { estimateMean, type Interval } from '../statistics/estimate.ts';

/** The repeats behind one figure of the chart, with when they came: a supported verdict's treatment, or the baseline that all began with. */
export interface Result extends Contender { readonly at: Date }

/** BASELINE: what the first verdict on the metric compared with, so that there is something to beat. NEW_BEST: better than the best before, beyond the noise. WITHIN_NOISE: supported, but no new best. */
export type Standing = 'BASELINE' | 'NEW_BEST' | 'WITHIN_NOISE';

export interface Milestone {
  readonly experimentId: string;
  readonly at: Date;
  readonly standing: Standing;
  readonly n: number;
  readonly mean: number;
  /** 95 %; null when all repeats say the same. */
  readonly interval: Interval | null;
  /** Of a new best that had one to beat: by how much, with its interval. */
  readonly words: string | null;
}

/**
 * The baseline, then the supported results of a metric in the order they came, each told apart by whether it beats the best before it beyond the noise (domain/experiments/new-best.ts).
 * One run is no result here: it has no interval, and one run against one run is never an improvement.
 */
export function bestOverTime(direction: 'INCREASE' | 'DECREASE', baseline: Result | null, supported: readonly Result[]): readonly Milestone[] {
  const milestones: Milestone[] = [];
  let best: Contender | null = null;
  const inOrder = supported.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.experimentId < b.experimentId ? -1 : 1));
  for (const contender of baseline ? [baseline, ...inOrder] : inOrder) {
    const estimate = estimateMean(contender.values);
    if (!estimate || estimate.n < 2) continue;
    const words: string | null = best === null ? null : betterThan(direction, contender.values, best.values);
    const standing: Standing = contender === baseline ? 'BASELINE' : best !== null && words === null ? 'WITHIN_NOISE' : 'NEW_BEST';
    if (standing !== 'WITHIN_NOISE') best = contender;
    milestones.push({ experimentId: contender.experimentId, at: contender.at, standing, n: estimate.n, mean: estimate.mean, interval: estimate.interval, words });
  }
  return milestones;
}
