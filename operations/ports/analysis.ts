import type { Contender } from '../../domain/experiments/new-best.ts';
import type { VerdictOutcome } from '../../domain/experiments/against-baseline.ts';
import type { AnalysedRun, AnalysedVariant, AnalysisSubject } from '../../domain/experiments/analyse.ts';
import type { ChangedVariable } from '../../domain/experiments/changed-variables.ts';
import type { Judgement } from '../../domain/experiments/verdict.ts';
import type { HypothesisEvidence } from '../../domain/hypotheses/status-after.ts';

/** An experiment whose inputs changed since it was last analysed. */
export interface AnalysisInputs extends AnalysisSubject {
  readonly projectId: string;
  readonly hypothesisId: string | null;
  /** Read before everything else: what changed later than it is analysed again. */
  readonly inputsVersion: number;
  readonly evidenceDigest: string;
  readonly verdict: { readonly id: string; readonly outcome: VerdictOutcome; readonly inputsDigest: string; readonly softwareVersion: string } | null;
  readonly runs: readonly (AnalysedRun & { readonly variantId: string | null })[];
}

export interface NewVerdict {
  readonly id: string;
  readonly judgement: Judgement;
  readonly inputsDigest: string;
  readonly softwareVersion: string;
}

export interface AnalysisResult {
  readonly experimentId: string;
  readonly inputsVersion: number;
  /** All there are; others of the experiment vanish, except the baseline, whose runs may come back. */
  readonly variants: readonly AnalysedVariant[];
  /** Runs whose variant is another than before. */
  readonly moved: readonly { readonly runId: string; readonly variantId: string | null }[];
  readonly changedVariables: readonly ChangedVariable[];
  /** A new verdict to record, 'kept' for the current one, null for none. */
  readonly verdict: NewVerdict | 'kept' | null;
  readonly evidenceDigest: string;
  readonly at: Date;
}

export interface AnalysisRecords {
  /** Everything the analysis reads except metrics; null when the experiment is unknown or was analysed since its inputs changed. */
  loadIfBehind(experimentId: string): Promise<AnalysisInputs | null>;
  /** Saves unless a result of the same or a newer version is there already; answers whether it did. */
  save(result: AnalysisResult): Promise<boolean>;
  /** Ids of reviews that approve exactly this evidence. */
  approvalsOf(experimentId: string, evidenceDigest: string): Promise<readonly string[]>;
  /** The treatments of all supported verdicts of a project on a metric and direction, at most 200, the newest first. */
  contenders(projectId: string, claim: { readonly metric: string; readonly direction: 'INCREASE' | 'DECREASE' }): Promise<readonly Contender[]>;
  /** What all experiments of a hypothesis say now; others that ask wait until this transaction ends. */
  hypothesisEvidence(hypothesisId: string): Promise<HypothesisEvidence>;
  /** Experiments whose inputs changed since they were analysed, at most `limit`, in no order. */
  behind(limit: number): Promise<readonly { readonly experimentId: string; readonly inputsVersion: number }[]>;
}
