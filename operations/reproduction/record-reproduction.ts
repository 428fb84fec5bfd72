import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, conflict } from '../../domain/refusal.ts';
import { outcomeOf, type Attempt, type Cause, type Outcome } from '../../domain/reproduction/attempt.ts';
import type { MetricSummary } from '../ports/metric-store.ts';
import type { Ports } from '../ports/ports.ts';
import type { Reproduction } from '../ports/reproduction.ts';
import type { Run } from '../ports/runs.ts';
import type { Transaction } from '../ports/store.ts';
import { announceRun, hasEnded } from '../runs/announce-run.ts';
import { reachRun, requireActiveRun, unknownRun } from '../runs/reach.ts';

export interface ReproductionRequest {
  /** 32 hexadecimal digits, chosen by the client. */
  readonly id: string;
  readonly runId: string;
  /** The run that did it again, in the same experiment; null where nothing could be started. */
  readonly againId: string | null;
  /** What the client found to differ. */
  readonly causes: readonly Cause[];
  /** The metrics to compare; null for all but those of the machine. */
  readonly metrics: readonly string[] | null;
  readonly machine: string | null;
}

/** So many runs of a variant say how far they lie apart. */
const MOST_RUNS = 100;
const MOST_METRICS = 1_000;

type Needs = Pick<Ports, 'store' | 'clock' | 'metrics'>;

/** Judges an attempt to do a run again, and keeps it. The same id again answers what was kept. Refuses with `reproduction/nothing-said`, `reproduction/still-running` and `reproduction/id-taken`. */
export async function recordReproduction({ store, clock, metrics }: Needs, viewer: Viewer, request: ReproductionRequest): Promise<Reproduction> {
  const { id, runId, againId, machine } = request;
  if (againId === null && request.causes.length === 0) throw badInput('reproduction/nothing-said', 'Name the run that did it again, or what kept it from being started.');
  const looked = await store.transaction((tx) => look(tx, viewer, request));
  if ('kept' in looked) return looked.kept;
  const outcome = await judged(metrics, request, looked);
  return store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, runId, 'run.log');
    const kept = await keptBefore(tx, request);
    if (kept) return kept;
    const reproduction: Reproduction = { id, runId, againId, machine, personId: viewer.personId, createdAt: clock.now(), ...outcome };
    await tx.reproductions.insert(reproduction);
    await announceRun(tx, run, project.id, 'updated');
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: 'run.reproduction', subjectKind: 'run', subjectId: runId, detail: { reproduced: outcome.reproduced, again: againId } });
    return reproduction;
  });
}

type Looked = Pick<Attempt, 'original' | 'again' | 'finished'> & { readonly seed: string | null; readonly siblings: readonly { readonly id: string; readonly seed: string | null }[] };

async function look(tx: Transaction, viewer: Viewer, request: ReproductionRequest): Promise<Looked | { readonly kept: Reproduction }> {
  const { run } = await reachRun(tx, viewer, request.runId, 'run.log');
  requireActiveRun(run);
  const kept = await keptBefore(tx, request);
  if (kept) return { kept };
  const again = request.againId === null ? null : await secondRun(tx, run, request.againId);
  const made = await tx.reproductions.made([run.id, ...(again === null ? [] : [again.id])]);
  const original = made.get(run.id) ?? NOTHING;
  const siblings = run.variantId === null ? [] : await tx.reproductions.variantRuns(run.variantId, MOST_RUNS);
  return { original, again: again === null ? original : made.get(again.id) ?? NOTHING, finished: again === null || again.status === 'FINISHED', seed: run.seed, siblings: [{ id: run.id, seed: run.seed }, ...siblings.filter((each) => each.id !== run.id)] };
}

const NOTHING: Attempt['original'] = { commit: null, diff: null, submodules: {}, python: null, packages: {}, datasets: {}, seed: null, machine: null };

async function keptBefore(tx: Transaction, { id, runId }: ReproductionRequest): Promise<Reproduction | null> {
  const kept = await tx.reproductions.get(id);
  if (kept && kept.runId !== runId) throw conflict('reproduction/id-taken', 'Another attempt has this id; choose 32 random hex digits.');
  return kept;
}

/** What somebody else logged elsewhere proves nothing of this run. */
async function secondRun(tx: Transaction, original: Run, againId: string): Promise<Run> {
  const again = await tx.runs.get(againId);
  if (!again || again.experimentId !== original.experimentId || again.deletedAt !== null) throw unknownRun(againId);
  if (again.id === original.id) throw badInput('reproduction/nothing-said', 'A run does not reproduce itself: name the run that did it again.');
  if (!hasEnded(again.status)) throw badInput('reproduction/still-running', 'Record the attempt when the run that did it again has ended.');
  return again;
}

async function judged(metrics: Ports['metrics'], { runId, againId, causes, metrics: keys }: ReproductionRequest, { siblings, seed, ...looked }: Looked): Promise<Outcome> {
  if (againId === null) return { reproduced: false, causes, metrics: [] };
  const summaries = await metrics.summaries([...siblings.map(({ id }) => id), againId], keys ?? undefined);
  const lasts = new Map([...summaries].map(([id, own]) => [id, lastValues(own)]));
  const valuesOf = (key: string, runs: Looked['siblings']): number[] => runs.flatMap(({ id }) => lasts.get(id)?.get(key) ?? []);
  const variant = (key: string) => ({ sameSeed: valuesOf(key, siblings.filter((each) => each.seed === seed)), allSeeds: valuesOf(key, siblings) });
  return outcomeOf({ ...looked, values: { original: lasts.get(runId) ?? new Map(), again: lasts.get(againId) ?? new Map() }, variant, told: causes });
}

const lastValues = (summaries: readonly MetricSummary[]): ReadonlyMap<string, number> =>
  new Map(summaries.filter(({ key }) => !key.startsWith('system/')).slice(0, MOST_METRICS).map(({ key, lastValue }) => [key, lastValue]));
