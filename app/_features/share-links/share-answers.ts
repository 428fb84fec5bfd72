import type { SharedApproval, SharedComparison, SharedDecision, SharedExperiment, SharedHypothesis, SharedVerdict } from '../../../contracts/share-page.ts';
import { isBetterLower, TOLERATED_WORSENING } from '../../../domain/experiments/guardrails.ts';
import { decimalsFor, formatNumber } from '../../_ui/numbers.ts';
import { sharedDay } from './share-words.ts';

/** Yes, no, or not yet known, about which treatment, and at what cost: what a stakeholder reads first. */
export function plainAnswer({ verdict }: Pick<SharedExperiment, 'verdict'>, hypothesis: Pick<SharedHypothesis, 'direction' | 'minEffect'>): string {
  if (verdict === null) return 'Not yet known: nothing has been measured that decides it.';
  return `${isOneOfMany(verdict) ? ofMany(verdict, hypothesis) : ofOne(verdict, hypothesis)}${costOf(verdict)}`;
}

export const isOneOfMany = ({ treatment, treatmentsTried }: Pick<SharedVerdict, 'treatment' | 'treatmentsTried'>): boolean => treatment !== null && (treatmentsTried ?? 1) > 1;

/** The verdict speaks of the treatment that did best of those it could speak of. */
function ofMany({ outcome, treatment, treatmentsTried }: SharedVerdict, { minEffect }: Pick<SharedHypothesis, 'minEffect'>): string {
  const tried = `of ${treatmentsTried ?? 1} treatments tried, ${treatment ?? 'one'}`;
  const closest = minEffect === null || minEffect === 0 ? 'came closest' : 'came closest to our bar';
  switch (outcome) {
    case 'SUPPORTED': return `Yes: ${tried} did it best.`;
    case 'REFUTED': return `No: ${tried} ${closest}, and did not do it.`;
    case 'EQUIVALENT': return `No: ${tried} ${closest}, and the difference it makes is too small to matter.`;
    case 'INCONCLUSIVE': return `Not yet known: ${tried} is the most promising that is still open.`;
  }
}

function ofOne(verdict: SharedVerdict, hypothesis: Pick<SharedHypothesis, 'direction' | 'minEffect'>): string {
  switch (verdict.outcome) {
    case 'SUPPORTED': return `Yes: ${verdict.metric} ${hypothesis.direction === 'DECREASE' ? 'fell' : 'rose'} by more than chance explains.`;
    case 'REFUTED': return refuted(verdict, hypothesis);
    case 'EQUIVALENT': return 'No: the difference is too small to matter.';
    case 'INCONCLUSIVE': return 'Not yet known: the trainings so far do not decide it.';
  }
}

function refuted({ metric, ciHigh }: SharedVerdict, { direction, minEffect }: Pick<SharedHypothesis, 'direction' | 'minEffect'>): string {
  const falls = direction === 'DECREASE';
  // Effects are turned: wholly below nothing is the other way.
  if (ciHigh !== null && ciHigh < 0) return `No: ${metric} ${falls ? 'rose instead of falling' : 'fell instead of rising'}.`;
  return `No: ${metric} did not ${falls ? 'fall' : 'rise'}${minEffect === null || minEffect === 0 ? '' : ' by as much as was asked for'}.`;
}

export const brokenOf = ({ guardrails }: Pick<SharedVerdict, 'guardrails'>): SharedVerdict['guardrails'] => guardrails.filter(({ status }) => status === 'broken');

function costOf(verdict: SharedVerdict): string {
  const { outcome } = verdict;
  const broken = brokenOf(verdict).map(({ metric }) => metric);
  return broken.length === 0 ? '' : ` ${outcome === 'SUPPORTED' ? 'But' : 'And'} ${broken.join(' and ')} got worse, which must not happen.`;
}

/** Several experiments of one hypothesis, counted by what they say. */
export function answerOfMany(experiments: readonly Pick<SharedExperiment, 'verdict'>[]): string {
  const saying = (...outcomes: readonly (SharedVerdict['outcome'] | undefined)[]): number => experiments.filter(({ verdict }) => outcomes.includes(verdict?.outcome)).length;
  const [yes, no] = [saying('SUPPORTED'), saying('REFUTED', 'EQUIVALENT')];
  const open = experiments.length - yes - no;
  const counted = [yes > 0 ? `${yes} ${yes === 1 ? 'says' : 'say'} yes` : '', no > 0 ? `${no} ${no === 1 ? 'says' : 'say'} no` : '', open > 0 ? `${open} ${open === 1 ? 'leaves' : 'leave'} it open` : ''].filter((each) => each !== '');
  return `${wholeOf(yes, no)}: of ${experiments.length} experiments, ${counted.join(', ')}.`;
}

function wholeOf(yes: number, no: number): string {
  if (yes > 0) return no > 0 ? 'The experiments disagree' : 'Yes, as far as it was tested';
  return no > 0 ? 'No, as far as it was tested' : 'Not yet known';
}

/** Whether one may act on it: approved by whom and when, or not. */
export function decisionSentence({ state, by, at }: SharedApproval): string {
  const when = at === null ? '' : ` on ${sharedDay(at)}`;
  switch (state) {
    case 'APPROVED': return `Approved${by === null ? '' : ` by ${by}`}${when}.`;
    // Told once, and without digests: a reader outside has no use for what exactly changed.
    case 'STALE': return `${by === null ? 'This finding was approved' : `${by} approved this finding`}${when}; the evidence has changed since, so that approval no longer holds: do not act on it.`;
    case 'CHANGES_REQUESTED': return 'Not approved: a reviewer asked for changes. Do not act on this finding.';
    case 'REQUESTED': return 'Not approved yet, a review is under way: do not act on this finding.';
    case 'NONE': return 'Not approved yet: do not act on this finding.';
  }
}

/** What a reader had best do about the change, in one sentence. */
export function nextStep({ verdict, approval }: Pick<SharedExperiment, 'verdict' | 'approval'>): string {
  switch (verdict?.outcome) {
    case undefined: return 'Do not decide yet: nothing has been measured that decides it.';
    case 'REFUTED': case 'EQUIVALENT': return onceApproved(approval, 'leave the change out.');
    case 'INCONCLUSIVE': return `Do not decide yet: ${repeats(verdict?.runsNeeded ?? null)} on each side would show it.`;
    case 'SUPPORTED': return onceApproved(approval, adoption(brokenOf(verdict).map(({ metric }) => metric)));
  }
}

const repeats = (needed: number | null): string => (needed === null || needed === 0 ? 'more repeats' : `${needed} more ${needed === 1 ? 'repeat' : 'repeats'}`);

/** What must not get worse weighs more than an approval: who approved it may have seen it, the reader has not. */
const adoption = (broken: readonly string[]): string => (broken.length > 0 ? `do not adopt the change as it is: ${broken.join(' and ')} got worse, which must not happen.` : 'the change may be adopted.');

/** Who is told not to act on a finding is told nothing else to do. */
function onceApproved({ state }: Pick<SharedApproval, 'state'>, advice: string): string {
  if (state === 'APPROVED') return advice.charAt(0).toUpperCase() + advice.slice(1);
  return state === 'STALE' ? `Nothing yet: the finding is no longer approved. If it is approved again, ${advice}` : `Nothing yet: the finding is not approved. If it is approved, ${advice}`;
}

/** "not approved yet", beside a finding where there is no room for a sentence; null once it is approved. */
export function unapprovedWords({ state }: Pick<SharedApproval, 'state'>): string | null {
  if (state === 'APPROVED') return null;
  return state === 'STALE' ? 'no longer approved' : state === 'CHANGES_REQUESTED' ? 'not approved' : 'not approved yet';
}

/** Of several findings, how many one may act on. */
export function approvedOfMany(findings: readonly Pick<SharedExperiment, 'approval'>[]): string {
  const approved = findings.filter(({ approval }) => approval.state === 'APPROVED').length;
  if (approved === findings.length) return 'All of them are approved.';
  return approved === 0 ? 'None of them is approved yet.' : `${approved} of ${findings.length} ${approved === 1 ? 'is' : 'are'} approved.`;
}

/** "the best of 3 treatments": of which treatment the verdict speaks; null where there was one. */
export function ofTreatments(verdict: Pick<SharedVerdict, 'outcome' | 'treatment' | 'treatmentsTried'>): string | null {
  if (!isOneOfMany(verdict)) return null;
  const place = { SUPPORTED: 'best', REFUTED: 'closest', EQUIVALENT: 'closest', INCONCLUSIVE: 'most promising' } as const;
  return `the ${place[verdict.outcome]} of ${verdict.treatmentsTried ?? 1} treatments`;
}

const ALLOWED = `up to ${100 * TOLERATED_WORSENING} % of the baseline counts as no harm`;

type Guarded = SharedVerdict['guardrails'][number];

/** What became of what must not get worse and did not, and of what nobody watched. What broke has sentences of its own. */
export function unharmedSentence({ guardrails, metric, ciHigh }: Pick<SharedVerdict, 'guardrails' | 'metric' | 'ciHigh'>, named: readonly string[]): string | null {
  if (guardrails.length === 0) return named.length === 0 ? 'Not known: no metric was named that must not get worse, so none was watched.' : `Not known: ${named.join(' and ')} must not get worse, and was not measured.`;
  const held = guardrails.filter(({ status }) => status === 'held').map((each) => `${each.metric} held (${changedWords(each)}${ALLOWED})`);
  const open = guardrails.filter(({ status }) => status === 'unknown').map((each) => each.metric);
  // What it was meant for went the other way: that is harm too, and told already.
  const nothing = ciHigh !== null && ciHigh < 0 ? `Beside ${metric} itself, nothing that was watched: ` : 'Nothing that was watched: ';
  const begun = held.length === guardrails.length ? nothing : '';
  const parts = [held.length === 0 ? '' : `${begun}${held.join('; ')}.`, open.length === 0 ? '' : `Not known yet for ${open.join(' and ')}: more repeats on each side would tell.`];
  return parts.filter((part) => part !== '').join(' ') || null;
}

/** "got worse from 0.187 to 0.212, very likely by 0.013 to 0.036" */
export function worseWords(guarded: Guarded): string {
  const { effect, ciLow, ciHigh } = guarded;
  if (effect === null) return 'got worse';
  const size = (worsening: number): string => formatNumber(worsening, { decimals: decimalsFor(ciLow, ciHigh) });
  const range = ciLow === null || ciHigh === null ? '' : `, very likely by ${size(0 - ciHigh)} to ${size(0 - ciLow)}`;
  return `got worse ${fromTo(guarded) ?? `by ${size(0 - effect)}`}${range}`;
}

/** "from 0.187 to 0.212"; null where the mean of before is not known. Results of guardrails are turned so that above zero is better. */
function fromTo({ metric, effect, ciLow, ciHigh, baselineMean }: Guarded): string | null {
  if (typeof baselineMean !== 'number' || effect === null) return null;
  const decimals = decimalsFor(ciLow, ciHigh);
  return `from ${formatNumber(baselineMean, { decimals })} to ${formatNumber(isBetterLower(metric) ? baselineMean - effect : baselineMean + effect, { decimals })}`;
}

/** In the metric's own direction. */
function changedWords(guarded: Guarded): string {
  const { metric, effect, ciLow, ciHigh } = guarded;
  if (effect === null) return '';
  const moved = fromTo(guarded);
  if (moved !== null) return `it went ${moved}; `;
  return `it changed by ${formatNumber(isBetterLower(metric) ? 0 - effect : effect, { decimals: decimalsFor(ciLow, ciHigh), sign: true })}; `;
}

/** ", from 0.957 to 0.908": the means that the verdict compares, where the figures that are shown add up; '' where they do not, as not every run has its pair. */
export function meansWords({ verdict, variants }: Pick<SharedExperiment, 'verdict' | 'variants'>, change: number, decimals: number): string {
  const mean = (of: (variant: SharedExperiment['variants'][number]) => boolean): number | null => variants.find((each) => of(each) && each.estimate?.metric === verdict?.metric)?.estimate?.mean ?? null;
  const [before, after] = [mean(({ role }) => role === 'BASELINE'), mean(({ role, label }) => role === 'TREATMENT' && label === verdict?.treatment)];
  if (before === null || after === null) return '';
  const shown = (value: number): string => formatNumber(value, { decimals });
  const addsUp = Math.abs(Number(after.toFixed(decimals)) - Number(before.toFixed(decimals)) - Number(change.toFixed(decimals))) < 0.5 / 10 ** decimals;
  return addsUp ? `, from ${shown(before)} to ${shown(after)}` : '';
}

/** What a meeting decided about it, and when. */
export const decidedSentence = ({ by, at }: Pick<SharedDecision, 'by' | 'at'>): string => `A meeting decided on ${sharedDay(at)}${by === null ? '' : `, as recorded by ${by}`}:`;

const MOST_NAMED = 4;

/** What a comparison's title asks: which settings differ, by name where they are few. */
export function differenceSentence({ rows }: { readonly rows: readonly Pick<SharedComparison['rows'][number], 'name' | 'differs'>[] }): string {
  const names = rows.filter(({ differs }) => differs).map(({ name }) => name);
  if (names.length === 0) return 'No setting that is shown here differs.';
  const named = names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`] : names;
  const list = named.length === 1 ? named[0] : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
  return `${names.length} of ${rows.length} settings ${names.length === 1 ? 'differs' : 'differ'}: ${list}.`;
}
