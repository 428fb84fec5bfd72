import type { Side } from './compare-sides.ts';
import type { AgainstBaseline, Claim, VerdictOutcome } from './against-baseline.ts';
import { turned } from './turn.ts';
import { asTyped, count, figuresFor } from './wording.ts';

/** Stands where a verdict names its metric and the hypothesis names none. */
export const UNNAMED_METRIC = '';

interface Story {
  readonly claim: Claim;
  readonly found: AgainstBaseline;
  readonly outcome: VerdictOutcome;
  readonly runsNeeded: number | null;
}

/** The verdict as a stakeholder reads it: what happened, how well it is known, and what would settle it. LOOK.md, section 5. */
export function explain(story: Story): string {
  const parts = [claimProblem(story) ?? comparisonProblem(story) ?? finding(story), settling(story), leftOut(story)];
  return parts.filter((part) => part !== null).join(' ');
}

function claimProblem({ claim, outcome }: Story): string | null {
  if (!claim.metric) return 'The hypothesis names no metric, so there is nothing to compare. Name the metric it should move.';
  if (!claim.direction && outcome === 'INCONCLUSIVE') return `The hypothesis does not say whether ${claim.metric} should rise or fall, so no result can speak for or against it. Choose a direction.`;
  return null;
}

function comparisonProblem({ claim, found: { sides, compared, baseline, treatment } }: Story): string | null {
  const [b, t] = [sides.baseline.runs.length, sides.treatment.runs.length];
  if (b === 0) return `The baseline (${baseline.label}) has no finished run with a value of ${claim.metric}, so there is nothing to compare against.`;
  if (t === 0) return `${treatment.label} has no finished run with a value of ${claim.metric} yet.`;
  if (b === 1 && t === 1) return 'One run against one run says nothing about the change.';
  if (compared.comparison.kind === 'too-few') return `${t === 1 ? treatment.label : `The baseline (${baseline.label})`} has one run only, so its part of chance is unknown. This proves nothing yet.`;
  if (compared.comparison.kind === 'no-spread') {
    const by = figuresFor(null, compared.difference ?? 0)(compared.difference ?? 0);
    return `All repeats of a side gave exactly the same ${claim.metric} (difference ${by}), so they do not show how large chance is. Check that the seed takes effect.`;
  }
  return null;
}

function finding(story: Story): string {
  const { claim: { direction, minEffect }, outcome } = story;
  const [label, moved] = [story.found.treatment.label, movement(story)];
  const bar = minEffect === null ? null : asTyped(minEffect);
  switch (outcome) {
    case 'SUPPORTED': return `${label} ${moved}${bar === null ? '' : `; the bar was ${bar}`}.`;
    case 'EQUIVALENT': return `${label} makes no difference worth having (within ± ${bar}): it ${moved}.`;
    case 'REFUTED': return `${label} ${moved}: a ${direction === 'DECREASE' ? 'fall' : 'rise'}${bar === null ? '' : ` of ${bar} or more`} is ruled out.`;
    case 'INCONCLUSIVE': return `Inconclusive: ${label} ${moved}${open(minEffect)}.`;
  }
}

/** "raised test_acc by 0.0083, very likely between 0.0048 and 0.0118": size and interval in the direction it went. */
function movement({ claim: { metric }, found: { compared } }: Story): string {
  const { difference, interval95 } = compared;
  const figure = figuresFor(interval95, difference ?? 0);
  const sign = difference !== null && difference < 0 ? -1 : 1;
  const moved = `${sign < 0 ? 'lowered' : 'raised'} ${metric} by ${figure(Math.abs(difference ?? 0))}`;
  if (!interval95) return moved;
  // "Lowered by 0.006, between -0.001 and 0.014" reads as if the sign had changed on the way.
  if (sign < 0 && interval95.high > 0) return `changed ${metric} by ${figure(difference ?? 0)}, very likely between ${figure(interval95.low)} and +${figure(interval95.high)}`;
  const { low, high } = turned(interval95, sign);
  return `${moved}, very likely between ${figure(low)} and ${figure(high)}`;
}

const open = (minEffect: number | null): string =>
  minEffect === null || minEffect === 0 ? ', which leaves open whether it helps' : `, which leaves open whether it reaches the bar of ${asTyped(minEffect)}`;

function settling({ claim, outcome, runsNeeded, found: { compared, sides } }: Story): string | null {
  if (outcome !== 'INCONCLUSIVE' || !claim.metric || !claim.direction || compared.comparison.kind === 'no-spread') return null;
  if (compared.comparison.kind !== 'too-few') {
    if (runsNeeded === null) return 'No number of repeats within reach would decide this.';
    return `${count(runsNeeded, 'more repeat')} a side would very likely decide.`;
  }
  if (runsNeeded === null) return `At least ${count(Math.max(1, 2 - fewest(sides)), 'more repeat')} a side would show how large chance is.`;
  return `${count(runsNeeded, 'more repeat')} a side, with other seeds, would show how large chance is.`;
}

const fewest = ({ baseline, treatment }: Story['found']['sides']): number => Math.min(baseline.runs.length, treatment.runs.length);

function leftOut({ claim, found: { sides } }: Story): string | null {
  if (!claim.metric) return null;
  const both = (of: (side: Side) => number): number => of(sides.baseline) + of(sides.treatment);
  const [missing, notNumbers] = [both((side) => side.missing), both((side) => side.notNumbers)];
  const reasons = [
    missing > 0 ? `${count(missing, 'run')} logged no ${claim.metric}` : null,
    notNumbers > 0 ? `${count(notNumbers, 'run')} logged a last value that is not a usable number` : null,
  ].filter((reason) => reason !== null);
  return reasons.length === 0 ? null : `Not counted: ${reasons.join(', ')}.`;
}
