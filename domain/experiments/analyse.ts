import type { HypothesisFields } from '../hypotheses/hypothesis.ts';
import type { Claim, CountedVariant } from './against-baseline.ts';
import type { CountedRun } from './compare-sides.ts';
import { changedVariables, unionOfChanges, type ChangedVariable } from './changed-variables.ts';
import type { ExperimentDesign } from './design.ts';
import { evidenceDigest, type EvidenceRun } from './evidence.ts';
import { byName, fingerprintOf, makeupOf, meantBy, type Digest, type Makeup, type RunMakeup } from './fingerprint.ts';
import { variantLabels } from './variant-label.ts';
import { judge, type Judgement } from './verdict.ts';

/** A run that is not deleted, with all the analysis reads of it. */
export interface AnalysedRun extends RunMakeup {
  readonly id: string;
  readonly status: 'SCHEDULED' | 'RUNNING' | 'FINISHED' | 'FAILED' | 'KILLED';
  readonly seed: string | null;
  readonly excluded: boolean;
  /** It still goes on and its first point is stored: by then training code has logged its params. */
  readonly logging: boolean;
}

export interface AnalysisSubject {
  readonly experimentId: string;
  readonly projectId: string;
  readonly description: string | null;
  readonly design: ExperimentDesign;
  readonly baselineFingerprint: string | null;
  readonly hypothesis: HypothesisFields | null;
  /** In the order they were started. */
  readonly runs: readonly AnalysedRun[];
  /** Label of the baseline as last computed: all that is left of it when its runs are deleted. */
  readonly baselineLabel: string | null;
}

/** A metric's number of points and its value at the largest step (ties: timestamp, then value). */
export interface LastValue { readonly key: string; readonly count: number; readonly lastValue: number }

export interface AnalysedVariant {
  readonly id: string;
  readonly fingerprint: string;
  readonly label: string;
  readonly role: 'BASELINE' | 'TREATMENT';
  readonly params: readonly { readonly key: string; readonly value: string }[];
  /** Against the baseline; empty for the baseline and before one is chosen. */
  readonly changed: readonly ChangedVariable[];
}

export interface Analysis {
  readonly variants: readonly AnalysedVariant[];
  /** The variant each run belongs to; null for a run that has not begun to log and looks like none of them. */
  readonly variantOfRun: ReadonlyMap<string, string | null>;
  readonly changedVariables: readonly ChangedVariable[];
  /** Null without a hypothesis, without a baseline, and while nothing but the baseline has run. */
  readonly verdict: { readonly judgement: Judgement; readonly inputsDigest: string } | null;
  readonly evidenceDigest: string;
}

export interface AnalysisTools { readonly digest: Digest; readonly seedParams: readonly string[] }

const ENDED: ReadonlySet<AnalysedRun['status']> = new Set(['FINISHED', 'FAILED', 'KILLED']);
export const hasEnded = (run: Pick<AnalysedRun, 'status'>): boolean => ENDED.has(run.status);
/** Only such runs are in the statistics. */
export const counts = (run: Pick<AnalysedRun, 'status' | 'excluded'>): boolean => run.status === 'FINISHED' && !run.excluded;

interface Group { readonly id: string; readonly fingerprint: string; readonly makeup: Makeup; readonly runs: AnalysedRun[] }

/**
 * Everything that is computed of an experiment: variants (runs of one fingerprint), what changed in each, verdict and evidence digest. Pure: the same
 * inputs give the same answer, ids included. Variants come from runs that have ended or log; any other joins the variant it looks like.
 */
export function analyse(subject: AnalysisSubject, metrics: ReadonlyMap<string, readonly LastValue[]>, tools: AnalysisTools): Analysis {
  const fingerprints = new Map<string, string>();
  const groups = groupsOf(subject, tools, fingerprints);
  const labels = variantLabels([...groups.values()].map(({ makeup }) => makeup));
  const baseline = groups.get(subject.baselineFingerprint ?? '');
  const variants = [...groups.values()].map((group, index): AnalysedVariant => ({
    id: group.id,
    fingerprint: group.fingerprint,
    label: labels[index] ?? '',
    role: group === baseline ? 'BASELINE' : 'TREATMENT',
    params: [...group.makeup.CONFIG].toSorted(byName).map(([key, value]) => ({ key, value })),
    changed: baseline && group !== baseline ? changedVariables(baseline.makeup, group.makeup) : [],
  }));
  const verdict = verdictOf({ subject, groups, variants, metrics }, tools);
  return {
    variants,
    variantOfRun: new Map(subject.runs.map(({ id }) => [id, groups.get(fingerprints.get(id) ?? '')?.id ?? null])),
    changedVariables: unionOfChanges(comparable({ subject, groups, variants, metrics }).map(({ changed }) => changed)),
    verdict,
    evidenceDigest: digestOf(subject, { fingerprints, metrics, verdict: verdict?.judgement ?? null }, tools),
  };
}

/**
 * Runs that have ended or log, by fingerprint; fills in every run's fingerprint. Those that ended come first, in the order the first of each variant started.
 * Runs whose params only are written differently are one variant. It goes by the fingerprint that is the baseline, else by that of its first run, as it was written.
 */
function groupsOf({ experimentId, baselineFingerprint, runs }: AnalysisSubject, { digest, seedParams }: AnalysisTools, fingerprints: Map<string, string>): Map<string, Group> {
  const groups = new Map<string, Group>();
  const place = ({ run, makeup }: ReadRun, fingerprint: string): void => {
    fingerprints.set(run.id, fingerprint);
    if (!hasEnded(run) && !run.logging) return;
    const group = groups.get(fingerprint) ?? { id: variantId(experimentId, fingerprint, digest), fingerprint, makeup, runs: [] };
    group.runs.push(run);
    groups.set(fingerprint, group);
  };
  const read = [...runs.filter(hasEnded), ...runs.filter((run) => !hasEnded(run))].map((run) => readRun(run, { digest, seedParams }));
  const goesBy = new Map<string, string>();
  for (const { own, meaning } of read) if (own === baselineFingerprint || !goesBy.has(meaning)) goesBy.set(meaning, own);
  for (const one of read) if (hasEnded(one.run)) place(one, goesBy.get(one.meaning) ?? one.own);
  const going = read.filter(({ run }) => !hasEnded(run));
  const known = going.length === 0 ? [] : [...groups.values()];
  const byTheRest = new Map(known.map(({ makeup, fingerprint }) => [fingerprintOf({ ...meantBy(makeup), ENVIRONMENT: new Map() }, digest), fingerprint]));
  // The environment comes with the model, at the end: until then the rest decides.
  for (const one of going) place(one, (one.run.environment === null ? byTheRest.get(one.meaning) : undefined) ?? goesBy.get(one.meaning) ?? one.own);
  return groups;
}

/** A run with its fingerprint as its params are written, and by what they say. */
interface ReadRun { readonly run: AnalysedRun; readonly makeup: Makeup; readonly own: string; readonly meaning: string }

function readRun(run: AnalysedRun, { digest, seedParams }: AnalysisTools): ReadRun {
  const makeup = makeupOf(run, seedParams);
  const [own, meant] = [fingerprintOf(makeup, digest), meantBy(makeup)];
  return { run, makeup, own, meaning: meant === makeup ? own : fingerprintOf(meant, digest) };
}

/** Made from what the variant is, so that one that vanished with its runs comes back under the same id. */
const variantId = (experimentId: string, fingerprint: string, digest: Digest): string => `var_${digest(`${experimentId} ${fingerprint}`).slice(0, 26)}`;

interface Grouped {
  readonly subject: AnalysisSubject;
  readonly groups: ReadonlyMap<string, Group>;
  readonly variants: readonly AnalysedVariant[];
  readonly metrics: ReadonlyMap<string, readonly LastValue[]>;
}

/** Variants whose changes count: those with a finished run, and if any treatment logged the metric, only those that did. The run around a search over params changed nothing that was measured. */
function comparable({ subject, groups, variants, metrics }: Grouped): readonly AnalysedVariant[] {
  const finished = variants.filter(({ fingerprint }) => groups.get(fingerprint)?.runs.some(counts));
  const metric = subject.hypothesis?.metric;
  const measured = finished.filter(({ fingerprint }) => groups.get(fingerprint)?.runs.some((run) => counts(run) && metrics.get(run.id)?.some(({ key }) => key === metric)));
  return measured.some(({ role }) => role === 'TREATMENT') ? measured : finished;
}

function verdictOf({ subject, groups, variants, metrics }: Grouped, { digest }: AnalysisTools): Analysis['verdict'] {
  const { hypothesis, baselineFingerprint, baselineLabel } = subject;
  if (!hypothesis || baselineFingerprint === null) return null;
  const claim: Claim = { metric: hypothesis.metric, direction: hypothesis.direction, minEffect: hypothesis.minEffect, guardrails: hypothesis.guardrails };
  const read = new Set([claim.metric, ...claim.guardrails]);
  const counted = ({ id, seed }: AnalysedRun): CountedRun =>
    ({ id, seed, values: new Map((metrics.get(id) ?? []).filter(({ key }) => read.has(key)).map(({ key, lastValue }) => [key, lastValue])) });
  // What has only begun is no evidence yet, not even of being there: a verdict must not change because somebody starts a training.
  const ended = variants.filter(({ fingerprint }) => groups.get(fingerprint)?.runs.some(hasEnded));
  const sides = ended.map(({ id, label, fingerprint }): CountedVariant => ({ id, label, runs: (groups.get(fingerprint)?.runs ?? []).filter(counts).map(counted) }));
  const baseline = sides[ended.findIndex(({ role }) => role === 'BASELINE')] ?? { id: '', label: baselineLabel ?? 'its runs are gone', runs: [] };
  const treatments = sides.filter((side) => side !== baseline);
  const judgement = judge(claim, baseline, treatments);
  return judgement && { judgement, inputsDigest: digest(inputsText(claim, [baseline, ...treatments])) };
}

/** Everything the verdict is computed from, as one text; the order things were read in does not matter. */
const inputsText = ({ metric, direction, minEffect, guardrails }: Claim, [baseline, ...treatments]: readonly CountedVariant[]): string => JSON.stringify([
  [metric, direction, minEffect, guardrails],
  baseline && sideParts(baseline),
  treatments.toSorted(byId).map(sideParts),
]);

const sideParts = ({ id, label, runs }: CountedVariant): unknown[] => [id, label, runs.toSorted(byId).map((run) => [run.id, run.seed, [...run.values].toSorted(byName).map(([key, value]) => [key, String(value)])])];
const byId = (a: { readonly id: string }, b: { readonly id: string }): number => (a.id < b.id ? -1 : 1);

interface Findings { readonly fingerprints: ReadonlyMap<string, string>; readonly metrics: ReadonlyMap<string, readonly LastValue[]>; readonly verdict: Judgement | null }

function digestOf({ projectId, hypothesis, description, design, baselineFingerprint, runs }: AnalysisSubject, { fingerprints, metrics, verdict }: Findings, { digest }: AnalysisTools): string {
  const seen = runs.filter(hasEnded).map((run): EvidenceRun => ({
    id: run.id,
    status: run.status,
    excluded: run.excluded,
    counted: counts(run),
    fingerprint: fingerprints.get(run.id) ?? '',
    seed: run.seed,
    metrics: counts(run) ? (metrics.get(run.id) ?? []) : [],
  }));
  return evidenceDigest({ projectId, hypothesis, description, design, baselineFingerprint, runs: seen, verdict }, digest);
}
