import { count } from '../../_ui/numbers.ts';

interface Open { readonly outcome: string; readonly ciLow: number | null; readonly runsNeeded: number | null }

/** What more repeats would bring, as the verdict's own sentence says it: without an interval they first show how large chance is, they decide nothing yet. Null when none are needed. */
export function neededRepeats({ outcome, ciLow, runsNeeded }: Open): string | null {
  if (outcome !== 'INCONCLUSIVE' || !runsNeeded) return null;
  return `${count(runsNeeded, 'more repeat')} a side would ${ciLow === null ? 'show how large chance is' : 'very likely decide'}`;
}
