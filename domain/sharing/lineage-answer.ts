import { figuresFor } from '../experiments/wording.ts';

/** Of a shared lineage, what its first sentence is made of. */
export interface LineageFound {
  readonly best: {
    readonly metric: string;
    readonly steps: readonly { readonly name: string }[];
    readonly value: { readonly mean: number; readonly ciLow: number | null; readonly ciHigh: number | null; readonly n: number } | null;
  } | null;
}

/** What a stakeholder reads first: how many steps led to the best, how good it is, and which was the last. */
export function lineageAnswer({ best }: LineageFound): string {
  const last = best?.steps.at(-1);
  if (!best || !last) return 'Nothing has been supported by the evidence yet.';
  const goal = `the best ${best.metric}${best.value === null ? '' : `, ${valueWords(best.value)}`}`;
  return best.steps.length === 1 ? `One experiment led to ${goal}: ${last.name}.` : `${best.steps.length} experiments, each built on the one before, led to ${goal}. The last is ${last.name}.`;
}

/** "0.9681 (mean of 3 runs, very likely between 0.9612 and 0.9750)" */
function valueWords({ mean, ciLow, ciHigh, n }: NonNullable<NonNullable<LineageFound['best']>['value']>): string {
  if (ciLow === null || ciHigh === null) return `${figuresFor(null, mean)(mean)} (${n === 1 ? 'one run' : `mean of ${n} runs`}, no interval)`;
  const figure = figuresFor({ low: ciLow, high: ciHigh }, mean);
  return `${figure(mean)} (mean of ${n} runs, very likely between ${figure(ciLow)} and ${figure(ciHigh)})`;
}
