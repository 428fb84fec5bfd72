import type { HypothesisFields } from '../hypotheses/hypothesis.ts';
import type { Digest } from './fingerprint.ts';
import type { Judgement } from './verdict.ts';

/** One ended run as a review sees it. */
export interface EvidenceRun {
  readonly id: string;
  readonly status: string;
  readonly excluded: boolean;
  /** Finished, not excluded: it is in the statistics. */
  readonly counted: boolean;
  /** Code, data, config and environment. */
  readonly fingerprint: string;
  readonly seed: string | null;
  /** Each metric's number of points and last value; given for counted runs. */
  readonly metrics: readonly { readonly key: string; readonly count: number; readonly lastValue: number }[];
}

export interface Evidence {
  /** Whose reviewers may approve: an approval by another project's says nothing here. */
  readonly projectId: string;
  readonly hypothesis: HypothesisFields | null;
  readonly description: string | null;
  readonly design: string;
  readonly baselineFingerprint: string | null;
  /** Ended and not deleted. */
  readonly runs: readonly EvidenceRun[];
  readonly verdict: Judgement | null;
}

/**
 * What an approval binds to. It changes, and the approval goes stale, exactly when something a reviewer looked at does: a run ends, is deleted,
 * restored, excluded or included; a counted run logs another point of any metric, or its params, code, data or environment change; the baseline, the
 * design, the description or any part of the hypothesis changes; or a figure of the verdict does; and when the experiment moves to another project. It does not change with a run that only starts, with
 * names, tags, comments or artifacts, nor with a retried write that added nothing.
 */
export function evidenceDigest({ projectId, hypothesis, description, design, baselineFingerprint, runs, verdict }: Evidence, digest: Digest): string {
  return digest(JSON.stringify([
    projectId,
    hypothesis && [hypothesis.statement, hypothesis.change, hypothesis.because, hypothesis.metric, hypothesis.direction, hypothesis.minEffect, hypothesis.guardrails],
    description,
    design,
    baselineFingerprint,
    runs.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(runParts),
    verdict && figures(verdict),
  ]));
}

const runParts = ({ id, status, excluded, counted, fingerprint, seed, metrics }: EvidenceRun): unknown[] =>
  [id, status, excluded, counted, fingerprint, seed, metrics.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, count, lastValue }) => [key, count, String(lastValue)])];

/** Not the sentence, which may be worded better in a later version, nor the variants' ids. */
const figures = ({ outcome, metric, effect, ciLow, ciHigh, pValue, correctedP, baselineRuns, treatmentRuns, comparisons }: Judgement): unknown[] =>
  [outcome, metric, effect, ciLow, ciHigh, pValue, correctedP, baselineRuns, treatmentRuns, comparisons.length];
