import { counts, hasEnded, type Analysis, type AnalysedRun, type AnalysisSubject, type LastValue } from '../experiments/analyse.ts';
import type { Digest } from '../experiments/fingerprint.ts';

/** Kinds of change of the evidence, for a policy to say which of them matter. */
export const EVIDENCE_KINDS = ['RUNS', 'METRICS', 'VERDICT', 'HYPOTHESIS', 'DESCRIPTION', 'DESIGN', 'BASELINE', 'CODE', 'DATA', 'CONFIG', 'ENVIRONMENT', 'PROJECT'] as const;
export type EvidenceKind = (typeof EVIDENCE_KINDS)[number];

/** What a variant is made of, once for all of its runs. */
export interface SnapshotMakeup {
  readonly label: string;
  readonly role: 'BASELINE' | 'TREATMENT';
  readonly code: string | null;
  readonly dirty: boolean;
  /** Which uncommitted changes, where they were captured. */
  readonly diff?: string;
  readonly data: readonly { readonly name: string; readonly digest: string; readonly context: string | null; readonly meaning?: string }[];
  /** Digest of interpreter and packages; null where none was recorded. */
  readonly environment: string | null;
  /** Digest of the settings, seed left out. */
  readonly config: string;
}

export interface SnapshotRun {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly excluded: boolean;
  readonly seed: string | null;
  readonly variant: string | null;
  /** Epoch milliseconds. */
  readonly endedAt: number | null;
  /** Last values of the metric and the guardrails. */
  readonly values: Readonly<Record<string, string>>;
  /** A mark of all metrics with their numbers of points. */
  readonly mark: string;
}

export interface SnapshotVerdict {
  readonly outcome: string;
  readonly metric: string;
  readonly effect: number | null;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  readonly baselineRuns: number;
  readonly treatmentRuns: number;
}

/** What a review looked at, small enough to be kept with each digest that somebody judged. */
export interface EvidenceSnapshot {
  readonly projectId: string;
  readonly hypothesis: Readonly<Record<string, unknown>> | null;
  readonly description: string | null;
  readonly design: string;
  readonly baseline: string | null;
  readonly variants: Readonly<Record<string, SnapshotMakeup>>;
  readonly runs: readonly SnapshotRun[];
  /** Runs beyond those listed. */
  readonly more: number;
  readonly verdict: SnapshotVerdict | null;
}

/** Runs that are listed one by one; a larger experiment is told by its counts and marks. */
export const MOST_SNAPSHOT_RUNS = 2000;

/** What only a reader needs to know of a run. */
export interface NamedRun { readonly id: string; readonly name: string; readonly endedAt: Date | null }

export interface SnapshotParts {
  readonly subject: AnalysisSubject;
  readonly analysis: Analysis;
  readonly metrics: ReadonlyMap<string, readonly LastValue[]>;
  readonly named: ReadonlyMap<string, NamedRun>;
}

export function evidenceSnapshot({ subject, analysis, metrics, named }: SnapshotParts, digest: Digest): EvidenceSnapshot {
  const { hypothesis, runs, projectId, description, design } = subject;
  const claimed = [hypothesis?.metric, ...(hypothesis?.guardrails ?? [])].filter((key) => typeof key === 'string');
  const ended = runs.filter(hasEnded);
  const verdict = analysis.verdict?.judgement ?? null;
  return {
    projectId, description, design,
    hypothesis: hypothesis && { statement: hypothesis.statement, change: hypothesis.change, because: hypothesis.because, metric: hypothesis.metric, direction: hypothesis.direction, minEffect: hypothesis.minEffect, guardrails: hypothesis.guardrails },
    baseline: analysis.variants.find(({ role }) => role === 'BASELINE')?.label ?? null,
    variants: Object.fromEntries(analysis.variants.map((variant) => {
      const first = ended.find(({ id }) => analysis.variantOfRun.get(id) === variant.id) ?? runs.find(({ id }) => analysis.variantOfRun.get(id) === variant.id);
      return [variant.id, { label: variant.label, role: variant.role, ...makeup(first, digest), config: short(digest(JSON.stringify(variant.params))) }];
    })),
    runs: ended.slice(0, MOST_SNAPSHOT_RUNS).map((run) => snapshotRun(run, { analysis, metrics, named, claimed, digest })),
    more: Math.max(0, ended.length - MOST_SNAPSHOT_RUNS),
    verdict: verdict && { outcome: verdict.outcome, metric: verdict.metric, effect: verdict.effect, ciLow: verdict.ciLow, ciHigh: verdict.ciHigh, baselineRuns: verdict.baselineRuns, treatmentRuns: verdict.treatmentRuns },
  };
}

const short = (digest: string): string => digest.slice(0, 12);

function makeup(run: AnalysedRun | undefined, digest: Digest): Omit<SnapshotMakeup, 'label' | 'role' | 'config'> {
  return {
    code: run?.codeCommit ?? null,
    dirty: run?.codeDirty ?? false,
    ...(run?.codeDiff ? { diff: short(run.codeDiff) } : {}),
    data: (run?.datasets ?? []).map(({ name, digest: version, context, meaning }) => ({ name, digest: version, context: context ?? null, ...(meaning ? { meaning } : {}) })),
    environment: run?.environment ? short(digest(JSON.stringify(run.environment))) : null,
  };
}

interface RunParts extends Pick<SnapshotParts, 'analysis' | 'metrics' | 'named'> {
  readonly claimed: readonly string[];
  readonly digest: Digest;
}

function snapshotRun(run: AnalysedRun, { analysis, metrics, named, claimed, digest }: RunParts): SnapshotRun {
  const logged = counts(run) ? (metrics.get(run.id) ?? []) : [];
  return {
    id: run.id, name: named.get(run.id)?.name ?? run.id.slice(0, 8), status: run.status, excluded: run.excluded, seed: run.seed,
    variant: analysis.variantOfRun.get(run.id) ?? null,
    endedAt: named.get(run.id)?.endedAt?.getTime() ?? null,
    values: Object.fromEntries(logged.filter(({ key }) => claimed.includes(key)).map(({ key, lastValue }) => [key, String(lastValue)])),
    mark: short(digest(JSON.stringify(logged.toSorted((a, b) => (a.key < b.key ? -1 : 1)).map(({ key, count, lastValue }) => [key, count, String(lastValue)])))),
  };
}
