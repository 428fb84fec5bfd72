import { statedAfter } from '../hypotheses/stated-after.ts';

/** What the checks need to know of an experiment. */
export interface CheckedExperiment {
  readonly design: 'SINGLE_CHANGE' | 'ABLATION' | 'FACTORIAL' | 'SWEEP' | 'BASELINE';
  readonly attributionWarning: string | null;
  readonly changedVariables: readonly unknown[];
  readonly baseline: unknown;
  readonly verdictPending: boolean;
  readonly activeRunCount: number;
  readonly hypothesis: { readonly createdAt: string; readonly grade: string } | null;
  readonly verdict: { readonly outcome: string; readonly baselineRuns: number; readonly treatmentRuns: number; readonly runsNeeded: number | null } | null;
  readonly runsBeforeHypothesis: number;
  readonly evidence: { readonly countedRuns: number; readonly excludedRuns: number; readonly failedRuns: number; readonly code: readonly string[] };
}

export interface ReviewCheck {
  readonly key: string;
  readonly state: 'good' | 'open' | 'bad';
  readonly text: string;
  readonly detail: string;
}

/** The checks Lemma can make by itself. Each is a sentence about this experiment, good or not. */
export function checksOf(experiment: CheckedExperiment): ReviewCheck[] {
  return [stated(experiment), attribution(experiment), repeats(experiment), settled(experiment), code(experiment), leftOut(experiment)];
}

function stated({ hypothesis, runsBeforeHypothesis, evidence }: CheckedExperiment): ReviewCheck {
  const key = 'stated';
  if (hypothesis === null) return { key, state: 'open', text: 'No hypothesis is stated', detail: 'nothing to test' };
  const late = statedAfter(runsBeforeHypothesis, evidence.countedRuns);
  return late === null ? { key, state: 'good', text: 'Stated before the runs', detail: 'by Lemma' } : { key, state: 'bad', text: `S${late.slice(1)}`, detail: 'it may have been made to fit them' };
}

function attribution({ attributionWarning, changedVariables, baseline }: CheckedExperiment): ReviewCheck {
  const key = 'attribution';
  if (baseline === null) return { key, state: 'open', text: 'No baseline is chosen', detail: 'nothing to compare with' };
  if (attributionWarning !== null) return { key, state: 'bad', text: `${changedVariables.length} variables changed together`, detail: 'an effect cannot be attributed' };
  if (changedVariables.length === 0) return { key, state: 'open', text: 'No variable changed', detail: 'nothing recorded differs from the baseline' };
  return { key, state: 'good', text: changedVariables.length === 1 ? 'One variable changed' : `${changedVariables.length} variables changed, by design`, detail: 'by Lemma' };
}

function repeats({ verdict }: CheckedExperiment): ReviewCheck {
  const key = 'repeats';
  if (verdict === null) return { key, state: 'open', text: 'No verdict yet', detail: 'it needs two repeats on each side' };
  const sides = `${verdict.treatmentRuns} against ${verdict.baselineRuns} repeats`;
  if (verdict.treatmentRuns < 2 || verdict.baselineRuns < 2) return { key, state: 'bad', text: 'Too few repeats to tell', detail: verdict.runsNeeded === null ? sides : `${sides}, ${verdict.runsNeeded} more a side needed` };
  if (verdict.outcome === 'INCONCLUSIVE') return { key, state: 'open', text: 'Not enough repeats to decide', detail: verdict.runsNeeded === null ? sides : `${sides}, ${verdict.runsNeeded} more a side would likely decide` };
  return { key, state: 'good', text: 'Enough repeats to decide', detail: sides };
}

function settled({ verdictPending, activeRunCount }: CheckedExperiment): ReviewCheck {
  const key = 'settled';
  if (activeRunCount > 0) return { key, state: 'open', text: 'Runs are still going', detail: `${activeRunCount} running; the evidence will change` };
  return verdictPending ? { key, state: 'open', text: 'The verdict is being computed', detail: 'the evidence will change' } : { key, state: 'good', text: 'All runs have ended', detail: 'by Lemma' };
}

function code({ evidence }: CheckedExperiment): ReviewCheck {
  const key = 'code';
  if (evidence.code.length === 0) return { key, state: 'open', text: 'No code version was recorded', detail: 'nobody can run this again exactly' };
  const dirty = evidence.code.some((version) => /uncommitted|dirty/i.test(version));
  return dirty ? { key, state: 'bad', text: 'Code with uncommitted changes', detail: 'nobody can run this again exactly' } : { key, state: 'good', text: 'Code is recorded and clean', detail: 'by Lemma' };
}

function leftOut({ evidence }: CheckedExperiment): ReviewCheck {
  const key = 'left-out';
  const gone = evidence.excludedRuns + evidence.failedRuns;
  return gone === 0
    ? { key, state: 'good', text: 'No run was left out', detail: 'by Lemma' }
    : { key, state: 'open', text: `${gone} ${gone === 1 ? 'run was' : 'runs were'} left out`, detail: `${evidence.excludedRuns} excluded, ${evidence.failedRuns} failed or stopped: look why` };
}
