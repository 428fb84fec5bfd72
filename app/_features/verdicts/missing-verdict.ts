import { count } from '../../_ui/numbers.ts';

interface Unjudged {
  readonly baseline: object | null;
  readonly activeRunCount: number;
  readonly evidence: { readonly countedRuns: number; readonly excludedRuns: number; readonly failedRuns: number };
}

/** Why an experiment has no verdict, and what would bring one. */
export function missingVerdict({ baseline, activeRunCount, evidence: { countedRuns, excludedRuns, failedRuns } }: Unjudged): string {
  if (failedRuns > 0 && activeRunCount + countedRuns + excludedRuns === 0) return `${whichFailed(failedRuns)} failed or ${failedRuns === 1 ? 'was' : 'were'} stopped, so nothing was measured. The console of a run says why.`;
  return baseline === null
    ? 'No baseline has been chosen, so there is nothing to compare with. Choose it among the variants below.'
    : 'Only the baseline has finished runs. A verdict needs a second variant, with at least two repeats on each side.';
}

function whichFailed(runs: number): string {
  if (runs === 1) return 'The only run';
  return runs === 2 ? 'Both runs' : `All ${count(runs, 'run')}`;
}
