import { summarise } from '../statistics/sample.ts';
import { furtherRepeats, pairedPower, welchPower } from '../statistics/power.ts';
import { valuesOf, type Side, type SideComparison } from './compare-sides.ts';

/** Runs a side that give a first idea of the noise, where nothing is known of it yet. A convention, not a computation (docs/decisions/0052). */
export const PILOT_RUNS = 3;
const TARGET_POWER = 0.8;
const ALPHA = 0.05;

export interface RepeatsQuestion {
  readonly treatment: Side;
  readonly baseline: Side;
  readonly compared: SideComparison;
  /** The bar: null when the hypothesis gives none. */
  readonly minEffect: number | null;
  /** The difference so far, turned in the hypothesised direction; null when unknown. */
  readonly effect: number | null;
  /** Treatments corrected for: the level is divided by it, which is what Holm asks of its first. */
  readonly family: number;
  /** Spread of repeats seen in other variants of the experiment, for sides that have none yet. */
  readonly noiseElsewhere: number | null;
}

/**
 * Further repeats a side until the test has power 0.8 for the minimum effect (for the observed effect when none is given). Where it has that
 * already and the verdict is still open, the effect lies near the bar: then the repeats that tell the two apart. Null when that cannot be said
 * or is beyond 1000.
 */
export function repeatsNeeded(question: RepeatsQuestion): number | null {
  const power = powerFunction(question);
  const fewest = Math.min(question.treatment.runs.length, question.baseline.runs.length);
  if (!power) return hasSpreadMeasured(question) ? null : Math.max(1, PILOT_RUNS - fewest);
  const { effect, minEffect } = question;
  const worthFinding = minEffect !== null && minEffect > 0 ? minEffect : Math.abs(effect ?? 0);
  if (worthFinding > 0 && power(worthFinding, 0) < TARGET_POWER) return furtherRepeats((further) => power(worthFinding, further), TARGET_POWER);
  const fromBar = Math.abs((effect ?? 0) - (minEffect ?? 0));
  return fromBar > 0 ? furtherRepeats((further) => power(fromBar, further), TARGET_POWER) : null;
}

type Power = (effect: number, further: number) => number;

function powerFunction({ treatment, baseline, compared, family, noiseElsewhere }: RepeatsQuestion): Power | null {
  const alpha = ALPHA / Math.max(1, family);
  if (compared.pairSd !== null) {
    const { pairSd } = compared;
    return (effect, further) => pairedPower(effect, pairSd, treatment.runs.length + further, alpha);
  }
  const [t, b] = [summarise(valuesOf(treatment)), summarise(valuesOf(baseline))];
  const noise = [t?.sd, b?.sd, noiseElsewhere].find((sd) => sd);
  if (!noise || (t?.sd === 0 && b?.sd === 0)) return null;
  // A side without spread of its own borrows it; one whose repeats are all equal keeps its zero.
  const sides = (further: number) => ({ baseline: { n: (b?.n ?? 0) + further, sd: b?.sd ?? noise }, treatment: { n: (t?.n ?? 0) + further, sd: t?.sd ?? noise } });
  return (effect, further) => {
    const now = sides(further);
    return Math.min(now.baseline.n, now.treatment.n) < 2 ? 0 : welchPower(effect, now, alpha);
  };
}

const hasSpreadMeasured = ({ compared }: RepeatsQuestion): boolean => compared.comparison.kind !== 'too-few';
