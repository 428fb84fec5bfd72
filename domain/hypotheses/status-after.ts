import type { VerdictOutcome } from '../experiments/against-baseline.ts';
import type { HypothesisStatus } from './hypothesis.ts';

/** What the experiments of a hypothesis say; experiments that are archived or deleted say nothing. */
export interface HypothesisEvidence {
  /** Experiments that test it. */
  readonly experiments: number;
  /** Runs that are scheduled or running. */
  readonly activeRuns: number;
  /** The current verdict of each experiment that has one. */
  readonly verdicts: readonly { readonly outcome: VerdictOutcome; readonly baselineRuns: number; readonly treatmentRuns: number }[];
}

/**
 * The status that follows from the evidence. A person's word that it is abandoned stands. Verdicts that contradict each other leave it inconclusive;
 * else one that supports it decides, then one that refutes it or finds no difference worth having (an effect of at least the bar was claimed).
 * An open verdict counts as inconclusive only when both sides have two runs and none is still going; until then it is being tested, from its first experiment on.
 */
export function statusAfter(current: HypothesisStatus, { experiments, activeRuns, verdicts }: HypothesisEvidence): HypothesisStatus {
  if (current === 'ABANDONED') return current;
  const supported = verdicts.some(({ outcome }) => outcome === 'SUPPORTED');
  const refuted = verdicts.some(({ outcome }) => outcome === 'REFUTED' || outcome === 'EQUIVALENT');
  if (supported || refuted) return supported && refuted ? 'INCONCLUSIVE' : supported ? 'SUPPORTED' : 'REFUTED';
  if (experiments === 0) return 'PROPOSED';
  const readable = verdicts.some(({ baselineRuns, treatmentRuns }) => Math.min(baselineRuns, treatmentRuns) >= 2);
  return readable && activeRuns === 0 ? 'INCONCLUSIVE' : 'TESTING';
}
