import { liesWithin } from '../statistics/comparison.ts';
import type { Interval } from '../statistics/estimate.ts';
import { holm } from '../statistics/many-tests.ts';
import { summarise } from '../statistics/sample.ts';
import { putAgainstBaseline, type AgainstBaseline, type Claim, type CountedVariant, type VerdictOutcome } from './against-baseline.ts';
import { sideOf, valuesOf, type SideComparison } from './compare-sides.ts';
import { checkGuardrail, type GuardrailResult } from './guardrails.ts';
import { repeatsNeeded } from './repeats-needed.ts';
import { explain, UNNAMED_METRIC } from './verdict-sentence.ts';

/**
 * One treatment against the baseline. `effect` is the difference of the means in the metric's own units, turned in the hypothesised direction:
 * positive is as hypothesised, also where less is better; without a direction it is treatment - baseline. The interval (95 %) and `pValue` are those
 * of this comparison alone (fixed n); `correctedP` is Holm's over all treatments of the experiment. Null: it cannot be computed, and the sentence says why.
 */
export interface TreatmentComparison {
  readonly variantId: string;
  readonly outcome: VerdictOutcome;
  readonly metric: string;
  readonly effect: number | null;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  readonly pValue: number | null;
  readonly correctedP: number | null;
  readonly baselineRuns: number;
  readonly treatmentRuns: number;
  /** Further repeats a side; null when none is needed or it cannot be said. */
  readonly runsNeeded: number | null;
  readonly method: string;
  readonly explanation: string;
  readonly guardrails: readonly GuardrailResult[];
}

/** The headline is one of the comparisons: see `headline`. */
export type Judgement = Omit<TreatmentComparison, 'variantId'> & { readonly treatmentId: string; readonly comparisons: readonly TreatmentComparison[] };

const ALPHA = 0.05;
/** Rounding of sums must not decide: 0.95 - 0.90 counts as 0.05. */
const ROUNDING = 1e-9;

/** DESIGN.md, "The verdict rule". Null when there is nothing to compare: no treatment beside the baseline. */
export function judge(claim: Claim, baseline: CountedVariant, treatments: readonly CountedVariant[]): Judgement | null {
  const drafts = treatments.map((treatment) => putAgainstBaseline(claim, baseline, treatment));
  const family = drafts.filter(({ compared }) => compared.pValue !== null);
  const corrected = holm(family.map(({ compared }) => compared.pValue ?? 1));
  const noiseElsewhere = pooledNoise(claim.metric, [baseline, ...treatments]);
  const comparisons = drafts.map((each) => {
    const place = family.indexOf(each);
    return conclude(claim, each, { correctedP: place < 0 ? null : (corrected[place] ?? null), family: family.length, noiseElsewhere });
  });
  const best = headline(comparisons);
  if (!best) return null;
  const { variantId, ...figures } = best;
  return { ...figures, treatmentId: variantId, comparisons };
}

interface Company { readonly correctedP: number | null; readonly family: number; readonly noiseElsewhere: number | null }

function conclude(claim: Claim, found: AgainstBaseline, company: Company): TreatmentComparison {
  const { sides, compared, effect, interval95, treatment, baseline } = found;
  const outcome = outcomeOf(claim, found, company.correctedP);
  const question = { ...sides, compared, minEffect: claim.minEffect, effect, family: company.family, noiseElsewhere: company.noiseElsewhere };
  const runsNeeded = outcome === 'INCONCLUSIVE' && claim.metric && claim.direction ? repeatsNeeded(question) : null;
  return {
    variantId: treatment.id,
    outcome,
    metric: claim.metric ?? UNNAMED_METRIC,
    effect,
    ciLow: interval95?.low ?? null,
    ciHigh: interval95?.high ?? null,
    pValue: compared.pValue,
    correctedP: company.correctedP,
    baselineRuns: sides.baseline.runs.length,
    treatmentRuns: sides.treatment.runs.length,
    runsNeeded,
    method: methodOf(compared, company.family),
    explanation: explain({ claim, found, outcome, runsNeeded }),
    guardrails: claim.guardrails.map((metric) => checkGuardrail(metric, treatment.runs, baseline.runs)),
  };
}

/** First match of SUPPORTED, EQUIVALENT, REFUTED; else INCONCLUSIVE. Without a direction only EQUIVALENT can be told. */
function outcomeOf({ direction, minEffect }: Claim, { compared, effect, interval95 }: AgainstBaseline, correctedP: number | null): VerdictOutcome {
  if (!interval95 || !compared.interval90 || effect === null || correctedP === null) return 'INCONCLUSIVE';
  const bar = minEffect ?? 0;
  if (direction && correctedP < ALPHA && reaches(effect, bar)) return 'SUPPORTED';
  if (isNegligible(compared.interval90, bar)) return 'EQUIVALENT';
  return direction && interval95.high < bar ? 'REFUTED' : 'INCONCLUSIVE';
}

/** Without a minimum effect, every difference counts. */
const isNegligible = (interval90: Interval, bar: number): boolean => bar > 0 && liesWithin(interval90, bar);
const reaches = (effect: number, bar: number): boolean => effect > 0 && effect >= bar * (1 - ROUNDING);

const TESTS: Readonly<Record<SideComparison['test'], string>> = {
  paired: 'Paired t test by seed',
  welch: "Welch's t test",
  'equal-pairs': "Welch's t test (not paired by seed: every pair differs by the same amount, which shows no chance)",
};

function methodOf({ test, comparison }: SideComparison, family: number): string {
  if (comparison.kind === 'too-few') return 'No test: a comparison needs two runs on either side';
  if (comparison.kind === 'no-spread') return 'No test: all values of a side are equal, so chance cannot be measured';
  const name = TESTS[test];
  // Without "of p alone" it reads as if the intervals were wider for it.
  return family > 1 ? `${name}, Holm's correction over ${family} treatments (of p alone)` : name;
}

/**
 * Which comparison speaks for the experiment (docs/decisions/0050): the supported one with the largest effect; if none is supported, the inconclusive
 * one with the largest effect, since what is open may still turn out as hypothesised; if all are decided against, the one with the largest effect.
 * A treatment that cannot be compared yet (fewer than two repeats) speaks only when there is no other.
 */
function headline(comparisons: readonly TreatmentComparison[]): TreatmentComparison | null {
  const size = (each: TreatmentComparison): number => each.effect ?? Number.NEGATIVE_INFINITY;
  const bySize = (a: TreatmentComparison, b: TreatmentComparison): number => (size(a) === size(b) ? 0 : size(b) - size(a));
  return comparisons.toSorted((a, b) => turnToSpeak(a) - turnToSpeak(b) || bySize(a, b) || (a.variantId < b.variantId ? -1 : 1))[0] ?? null;
}

const REPEATS_TO_COMPARE = 2;

function turnToSpeak({ outcome, treatmentRuns }: TreatmentComparison): number {
  if (treatmentRuns < REPEATS_TO_COMPARE) return treatmentRuns === 0 ? 4 : 3;
  if (outcome === 'SUPPORTED') return 0;
  return outcome === 'INCONCLUSIVE' ? 1 : 2;
}

/** Standard deviation within variants, pooled over those that have repeats (weights n - 1); null when none has any spread. */
function pooledNoise(metric: string | null, variants: readonly CountedVariant[]): number | null {
  let [squares, degrees] = [0, 0];
  for (const { runs } of variants) {
    const sample = summarise(valuesOf(sideOf(runs, metric ?? '')));
    if (!sample || sample.sd === null) continue;
    squares += sample.sd ** 2 * (sample.n - 1);
    degrees += sample.n - 1;
  }
  return squares > 0 && Number.isFinite(squares) ? Math.sqrt(squares / degrees) : null;
}
