import type { VerdictOutcome } from '../experiments/against-baseline.ts';

/** A verdict's figures as the ranking reads them. The effect is turned in the hypothesised direction: positive is as hypothesised. */
export interface Result {
  readonly experimentId: string;
  readonly key: string;
  readonly name: string;
  readonly hypothesisId: string | null;
  /** The change that was tried, in words; two that say the same are the same change. */
  readonly change: string | null;
  readonly metric: string;
  readonly direction: 'INCREASE' | 'DECREASE' | null;
  readonly minEffect: number | null;
  readonly outcome: VerdictOutcome;
  readonly effect: number | null;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  readonly pValue: number | null;
  readonly baselineRuns: number;
  readonly treatmentRuns: number;
}

export interface WeekResult extends Result {
  /** How much hangs on it: experiments derived from it or testing the same, threads about it, and people who work on them beside its owner. */
  readonly followers: number;
  /** Of those, experiments derived from it. */
  readonly children: number;
  readonly people: number;
}

/** A hypothesis that is being tested, and for which nothing has run for a while. */
export interface QuietHypothesis { readonly hypothesisId: string; readonly statement: string; readonly runs: number; readonly hours: number; readonly quietDays: number }

/** What the runs of one experiment took in the week. */
export interface Spend { readonly experimentId: string; readonly key: string; readonly name: string; readonly hours: number; readonly runs: number; readonly decided: boolean; readonly exploratory: boolean }

/** Something that waits for people. */
export interface Due { readonly kind: 'review' | 'stale-approval'; readonly experimentId: string; readonly key: string; readonly name: string; readonly waitingDays: number; readonly waitsFor: readonly string[] }

/** What a meeting decided should be done, and is not. */
export interface OpenAction { readonly id: string; readonly body: string; readonly ownerName: string; readonly overdueDays: number | null }

/** What happened in a project between two reviews. */
export interface Week {
  readonly results: readonly WeekResult[];
  /** Verdicts of before, the newest of each experiment first; also earlier ones of experiments in `results`. */
  readonly earlier: readonly Result[];
  readonly quiet: readonly QuietHypothesis[];
  readonly spends: readonly Spend[];
  readonly due: readonly Due[];
  readonly openActions: readonly OpenAction[];
}
