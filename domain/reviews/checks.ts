import { forbidden, type Refusal } from '../refusal.ts';
import type { EvidenceSnapshot, SnapshotMakeup, SnapshotRun } from './evidence-snapshot.ts';
import { BY_PEOPLE, type CheckKey } from './check-keys.ts';
import { ownWorkRefusal, type Work } from './own-work.ts';

/** What the checks know of an experiment beside its evidence. */
export interface CheckedFacts {
  readonly evidence: EvidenceSnapshot;
  readonly design: string;
  readonly changedVariables: number;
  /** More than one change without a design that tells them apart. */
  readonly attributionWarning: string | null;
  readonly activeRuns: number;
  readonly pending: boolean;
  readonly runsNeeded: number | null;
  readonly runsBeforeHypothesis: number;
  /** Keys of other experiments of the project with a variant like one of its treatments. */
  readonly duplicates: readonly string[];
}

/** Somebody's word on a check, for one state of the evidence. */
export interface CheckTick {
  readonly key: string;
  readonly evidenceDigest: string;
  readonly good: boolean;
  readonly personId: string;
  readonly note: string | null;
  readonly at: Date;
}

export type CheckState = 'GOOD' | 'OPEN' | 'BAD';

export interface SuggestedCheck {
  readonly key: CheckKey;
  readonly state: CheckState;
  readonly sentence: string;
  readonly detail: string;
  /** Who said so last; null where Lemma did. */
  readonly tick: CheckTick | null;
}

type Said = readonly [state: CheckState, sentence: string, detail: string];
const good = (sentence: string, detail = 'by Lemma'): Said => ['GOOD', sentence, detail];
const open = (sentence: string, detail: string): Said => ['OPEN', sentence, detail];
const bad = (sentence: string, detail: string): Said => ['BAD', sentence, detail];

const counted = ({ runs }: EvidenceSnapshot): readonly SnapshotRun[] => runs.filter(({ status, excluded }) => status === 'FINISHED' && !excluded);
const roleOf = ({ variants }: EvidenceSnapshot, run: SnapshotRun): string | undefined => variants[run.variant ?? '']?.role;

function stated({ evidence, runsBeforeHypothesis }: CheckedFacts): Said {
  if (evidence.hypothesis === null) return open('No hypothesis is stated', 'nothing to test');
  const all = counted(evidence).length;
  return runsBeforeHypothesis === 0 ? good('Stated before the runs') : bad(`Stated after ${runsBeforeHypothesis} of ${all} ${all === 1 ? 'run' : 'runs'}`, 'it may have been made to fit them');
}

function attribution({ evidence, changedVariables, attributionWarning }: CheckedFacts): Said {
  if (evidence.baseline === null) return open('No change to look at yet', 'it shows against a baseline');
  if (attributionWarning !== null) return bad(`${changedVariables} variables changed together`, 'an effect cannot be attributed');
  if (changedVariables === 0) return open('No variable changed', 'nothing recorded differs from the baseline');
  return good(changedVariables === 1 ? 'One variable changed' : `${changedVariables} variables changed, by design`);
}

function repeats({ evidence: { verdict }, runsNeeded }: CheckedFacts): Said {
  if (verdict === null) return open('No verdict yet', 'it needs two repeats on each side');
  const sides = `${verdict.treatmentRuns} against ${verdict.baselineRuns} repeats`;
  const more = runsNeeded === null ? '' : `, ${runsNeeded} more a side`;
  if (verdict.treatmentRuns < 2 || verdict.baselineRuns < 2) return bad('Too few repeats to tell', `${sides}${more && `${more} needed`}`);
  return verdict.outcome === 'INCONCLUSIVE' ? open('Not enough repeats to decide', `${sides}${more && `${more} would likely decide`}`) : good('Enough repeats to decide', sides);
}

function settled({ activeRuns, pending }: CheckedFacts): Said {
  if (activeRuns > 0) return open('Runs are still going', `${activeRuns} running; the evidence will change`);
  return pending ? open('The verdict is being computed', 'the evidence will change') : good('All runs have ended');
}

const DAY_MS = 86_400_000;
/** A baseline that ended so long before the newest treatment may be of another time. */
const CURRENT_DAYS = 30;

function baseline({ evidence }: CheckedFacts): Said {
  if (evidence.baseline === null) return open('No baseline is chosen', 'nothing to compare with');
  const last = (role: string): number => Math.max(-Infinity, ...counted(evidence).filter((run) => roleOf(evidence, run) === role).map(({ endedAt }) => endedAt ?? -Infinity));
  const [base, treatment] = [last('BASELINE'), last('TREATMENT')];
  if (!Number.isFinite(base)) return open('The baseline has no finished run', 'nothing to compare with');
  const days = Math.floor((treatment - base) / DAY_MS);
  return days > CURRENT_DAYS ? open(`Baseline ran ${days} days before`, 'repeat it under today’s code, data and libraries') : good('Baseline current', 'ran with the treatments');
}

const duplicates = ({ duplicates: keys }: CheckedFacts): Said =>
  keys.length === 0 ? good('No duplicate of an older experiment') : open(`Repeats ${keys.slice(0, 3).join(', ')}`, 'the same code, data, config and environment were run there');

function reproducible({ evidence }: CheckedFacts): Said {
  const used = Object.entries(evidence.variants).filter(([id]) => counted(evidence).some(({ variant }) => variant === id)).map(([, makeup]) => makeup);
  if (used.length === 0) return open('No finished run to run again', 'nothing is counted');
  if (used.some(({ dirty, diff }) => dirty && diff === undefined)) return bad('Code with uncommitted changes', 'nobody can run this again exactly');
  const missing = [used.some(({ code }) => code === null) && 'code', used.some(({ data }) => data.length === 0) && 'data', used.some(({ environment }) => environment === null) && 'environment'].filter((each) => each !== false);
  return missing.length === 0 ? good('Can be run again', 'code, data and environment are recorded') : open('Not recorded well enough to run again', `${missing.join(', ')} missing`);
}

const TRAINING = /train/i;
const HELD_OUT = /val|test|eval|dev/i;

type Dataset = SnapshotMakeup['data'][number];
const trainedOn = ({ data }: SnapshotMakeup): readonly Dataset[] => data.filter(({ context, name }) => TRAINING.test(context ?? name));
const heldOut = ({ data }: SnapshotMakeup): readonly Dataset[] => data.filter(({ context, name }) => HELD_OUT.test(context ?? name) && !TRAINING.test(context ?? name));
const onBoth = (trained: readonly Dataset[], held: readonly Dataset[]): Dataset | undefined => held.find((dataset) => trained.some((each) => sameData(each, dataset)));
/** Data that was written in another form is the same data. */
const sameData = (a: Dataset, b: Dataset): boolean => a.digest === b.digest || (a.meaning !== undefined && a.meaning === b.meaning);
const named = ({ name, digest }: Dataset): string => `${name} ${digest.slice(0, 8)}`;

/** Hint of a leak: what was trained on and what was measured on have one digest, in one variant, or in two of them, as where one run trains and another measures. */
function split({ evidence }: CheckedFacts): Said {
  const makeups = Object.values(evidence.variants);
  const within = makeups.map((makeup) => onBoth(trainedOn(makeup), heldOut(makeup))).find((each) => each !== undefined);
  if (within !== undefined) return bad('Trained and measured on the same data', `${named(within)} is on both sides`);
  const across = onBoth(makeups.flatMap(trainedOn), makeups.flatMap(heldOut));
  if (across !== undefined) return open('One variant is measured on what another is trained on', `${named(across)}: a leak, unless these are folds`);
  return makeups.some((makeup) => trainedOn(makeup).length > 0 && heldOut(makeup).length > 0) ? good('Training and held-out data differ', 'by their digests') : open('Training and held-out data are not told apart', 'log both with their context');
}

/** What the experiment is judged by: as its verdict says, or, before there is one, its hypothesis. */
const metricOf = ({ verdict, hypothesis }: EvidenceSnapshot): string | null => verdict?.metric ?? (typeof hypothesis?.['metric'] === 'string' ? hypothesis['metric'] : null);

/** A jump of so many of the baseline's own standard deviations is rarer than a mistake. */
const SUSPICIOUS = 12;
const SHARE_RIGHT = /acc|auc|f1|precision|recall|score/i;

/** Hint of a leak: a result that is too good. */
function jump({ evidence }: CheckedFacts): Said {
  const metric = metricOf(evidence);
  const values = (role: string): number[] => counted(evidence).filter((run) => roleOf(evidence, run) === role).map(({ values: own }) => Number(own[metric ?? ''])).filter((value) => Number.isFinite(value));
  const [base, treatment] = [values('BASELINE'), values('TREATMENT')];
  if (metric === null || treatment.length === 0) return open('No result to look at yet', 'nothing to be surprised by');
  if (SHARE_RIGHT.test(metric) && treatment.some((value) => value === 1)) return open('A perfect result', `${metric} of exactly 1: look for a leak`);
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const sd = base.length < 2 ? null : Math.sqrt(base.reduce((sum, value) => sum + (value - mean(base)) ** 2, 0) / (base.length - 1));
  const far = sd === null || sd === 0 ? null : Math.abs(mean(treatment) - mean(base)) / sd;
  return far !== null && far > SUSPICIOUS ? open('A suspicious jump', `${far.toFixed(0)} standard deviations of the baseline: look for a leak or a bug`) : good('No suspicious jump');
}

function testMetric({ evidence }: CheckedFacts): Said {
  const metric = metricOf(evidence);
  if (metric === null) return open('No metric is named', 'nothing to judge by');
  const treatments = Object.values(evidence.variants).filter(({ role }) => role === 'TREATMENT').length;
  if (!/test/i.test(metric) || treatments < 2) return good('The test set was not used to choose');
  return open(`Chosen among ${treatments} treatments by ${metric}`, 'choosing by a test metric makes it a validation metric');
}

function leftOut({ evidence }: CheckedFacts): Said {
  const excluded = evidence.runs.filter((run) => run.excluded).length;
  const failed = evidence.runs.filter((run) => !run.excluded && run.status !== 'FINISHED').length;
  return excluded + failed === 0 ? good('No run was left out') : open(`${excluded + failed} ${excluded + failed === 1 ? 'run was' : 'runs were'} left out`, `${excluded} excluded, ${failed} failed or stopped: look why`);
}

const LOOKING: Readonly<Record<CheckKey, (facts: CheckedFacts) => Said>> = {
  stated, attribution, repeats, settled, baseline, duplicates, reproducible, split, jump, 'test-metric': testMetric, 'left-out': leftOut,
  'test-untouched': () => open('Test set untouched by tuning', 'a person ticks this'),
  plausible: () => open('The result makes sense', 'a person ticks this'),
};

/** Every check, looked at by Lemma; a person's newest word on this very evidence stands above it. */
export function suggestedChecks(facts: CheckedFacts, ticks: readonly CheckTick[], evidenceDigest: string): readonly SuggestedCheck[] {
  return (Object.keys(LOOKING) as CheckKey[]).map((key) => {
    const [state, sentence, detail] = LOOKING[key](facts);
    const tick = ticks.filter((each) => each.key === key && each.evidenceDigest === evidenceDigest).toSorted((a, b) => b.at.getTime() - a.at.getTime())[0] ?? null;
    return tick === null ? { key, state, sentence, detail, tick } : { key, state: tick.good ? 'GOOD' : 'BAD', sentence, detail: tick.note ?? detail, tick };
  });
}

/** Those a policy asks for that are not good yet. */
export const missingChecks = (checks: readonly SuggestedCheck[], required: readonly CheckKey[]): readonly SuggestedCheck[] => checks.filter(({ key, state }) => required.includes(key) && state !== 'GOOD');

export const isByPeople = (key: CheckKey): boolean => BY_PEOPLE.includes(key);

/** Why this person may not tick a check so; null when they may. Of their own work nobody calls good what Lemma has looked at; what only people can know, its makers may say, with their name. */
export function tickRefusal(by: { readonly personId: string; readonly rule: { readonly ownWork: boolean; readonly ownRuns: boolean } }, { key, good }: { readonly key: CheckKey; readonly good: boolean }, work: Work): Refusal | null {
  const own = by.rule.ownWork || !good || isByPeople(key) ? null : ownWorkRefusal(work, { id: by.personId, name: 'You' }, by.rule);
  return own && forbidden(own.code, `${own.message} You may tick what only people can know.`);
}
