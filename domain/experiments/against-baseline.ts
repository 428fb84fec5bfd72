import type { HypothesisFields } from '../hypotheses/hypothesis.ts';
import type { Interval } from '../statistics/estimate.ts';
import { compareSides, sideOf, type CountedRun, type Side, type SideComparison } from './compare-sides.ts';
import { turned, withoutNegativeZero } from './turn.ts';

export type VerdictOutcome = 'SUPPORTED' | 'REFUTED' | 'EQUIVALENT' | 'INCONCLUSIVE';

/** What of a hypothesis the verdict reads. */
export type Claim = Pick<HypothesisFields, 'metric' | 'direction' | 'minEffect' | 'guardrails'>;

/** A variant's runs that count: finished, not deleted, not excluded. */
export interface CountedVariant {
  readonly id: string;
  readonly label: string;
  readonly runs: readonly CountedRun[];
}

/** One treatment put against the baseline: what is known before it is corrected for the others and decided. */
export interface AgainstBaseline {
  readonly baseline: CountedVariant;
  readonly treatment: CountedVariant;
  readonly sides: { readonly baseline: Side; readonly treatment: Side };
  readonly compared: SideComparison;
  /** Turned in the hypothesised direction. */
  readonly effect: number | null;
  readonly interval95: Interval | null;
}

export function putAgainstBaseline({ metric, direction }: Claim, baseline: CountedVariant, treatment: CountedVariant): AgainstBaseline {
  const sides = { baseline: sideOf(baseline.runs, metric ?? ''), treatment: sideOf(treatment.runs, metric ?? '') };
  const compared = compareSides(sides.treatment, sides.baseline);
  const sign = direction === 'DECREASE' ? -1 : 1;
  return {
    baseline, treatment, sides, compared,
    effect: compared.difference === null ? null : withoutNegativeZero(compared.difference * sign),
    interval95: compared.interval95 && turned(compared.interval95, sign),
  };
}
