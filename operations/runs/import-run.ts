import { mayIn } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import { readHypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { changedPairs, IMPORTED_TAG } from '../../domain/runs/imported-run.ts';
import { requireUnchanged } from '../../domain/runs/params.ts';
import { factsFromTags, seedFrom } from '../../domain/runs/run-tags.ts';
import { followHypothesisTags, saveRevision, takeTurn, type HypothesisRevision } from '../experiments/follow-hypothesis-tags.ts';
import type { Ports } from '../ports/ports.ts';
import type { Run, RunChanges, RunStatus } from '../ports/runs.ts';
import type { Transaction } from '../ports/store.ts';
import { announceRun, indexRun, isPlaced } from './announce-run.ts';
import { reachRun, reachTrackedExperiment, requireActiveExperiment, requireActiveRun, unknownRun } from './reach.ts';
import type { RunPlace } from './start-run.ts';
import { writeRun } from './write-run.ts';

export interface ImportRun {
  readonly id: string;
  readonly mlflowExperimentId: number;
  readonly name: string | null;
  readonly userName: string;
  readonly status: RunStatus;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** What the importer wants to find again; "" while not all of the run has come. */
  readonly mark: string;
}

export interface Imported extends RunPlace { readonly outcome: 'created' | 'updated' | 'unchanged' }

/**
 * Brings in a run of another tracker as it was there: its id, times, user and status. Sent again it changes nothing, and nobody is told that it ended, which was long ago.
 * Refuses a run that was logged here with `run/not-imported`, a changed param with `run/param-changed` and a deleted run with `run/deleted`; one of that id elsewhere, where
 * the viewer may not import, as unknown.
 */
export async function importRun(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: ImportRun): Promise<Imported> {
  const given = { ...request, tags: new Map([...request.tags, [IMPORTED_TAG, request.mark]]) };
  const { imported, revision } = await ports.store.transaction(async (tx) => {
    const { experiment, project } = await reachTrackedExperiment(tx, viewer, given.mlflowExperimentId, 'run.import');
    const known = await tx.runs.lock(given.id);
    if (known) return { imported: await bringUpToDate(tx, ports, viewer, given), revision: null };
    requireActiveExperiment(experiment);
    const written = await write(tx, ports, viewer, { given, place: { experiment, project } });
    return { imported: { experiment, project, outcome: 'created' as const }, revision: written };
  });
  await saveRevision(ports, viewer, revision);
  return imported;
}

async function write(tx: Transaction, ports: Pick<Ports, 'clock' | 'ids'>, viewer: Viewer, { given, place }: { readonly given: ImportRun; readonly place: RunPlace }): Promise<HypothesisRevision | null> {
  const { id, name, userName, status, startedAt, endedAt, params, tags } = given;
  const experimentId = place.experiment.id;
  const said = readHypothesisTags(tags);
  await takeTurn(tx, experimentId, said);
  await writeRun(tx, ports, { id, name, userName, startedAt, params, tags, experimentId, projectId: place.project.id, createdById: viewer.personId });
  await tx.runs.update(id, { status, endedAt, userName });
  if (isPlaced({ status, variantId: null })) await tx.outbox.analyse(experimentId);
  await tx.audit.append({ projectId: place.project.id, actorId: viewer.personId, action: 'run.imported', subjectKind: 'run', subjectId: id });
  return followHypothesisTags(tx, ports, viewer, { experimentId, said });
}

/** What the other tracker says newly of a run that came before. */
async function bringUpToDate(tx: Transaction, ports: Pick<Ports, 'clock'>, viewer: Viewer, given: ImportRun): Promise<Imported> {
  const { run, experiment, project } = await reachImported(tx, viewer, given.id);
  const before = await tx.runs.tags(run.id);
  if (!before.has(IMPORTED_TAG)) throw conflict('run/not-imported', `The run ${run.id} was logged to this Lemma and did not come from another one; it is left as it is.`);
  requireActiveRun(run);
  const stored = await tx.runs.addParams(run.id, given.params);
  requireUnchanged(run.id, given.params, stored, 'batch');
  const tags = changedPairs(before, given.tags);
  await tx.runs.setTags(run.id, tags);
  const changes = changesOf(run, { ...await seedOf(tx, run, given.params.size > stored.size), ...factsFromTags(tags), ...timesOf(given), ...(given.name === null ? {} : { name: given.name }) });
  if (given.params.size === stored.size && tags.size === 0 && Object.keys(changes).length === 0) return { experiment, project, outcome: 'unchanged' };
  await tx.runs.update(run.id, { ...changes, updatedAt: ports.clock.now() });
  await indexRun(tx, { ...run, ...changes }, project.id);
  if (isPlaced({ ...run, ...changes })) await tx.outbox.analyse(experiment.id);
  await announceRun(tx, run, project.id, 'updated');
  return { experiment, project, outcome: 'updated' };
}

async function reachImported(tx: Transaction, viewer: Viewer, id: string) {
  const reached = await reachRun(tx, viewer, id, 'project.read');
  if (!mayIn(roleIn(viewer, reached.project), 'run.import')) throw unknownRun(id);
  return reached;
}

async function seedOf(tx: Transaction, { id }: Run, moreParams: boolean): Promise<RunChanges> {
  return moreParams ? { seed: seedFrom(await tx.runs.params(id)) } : {};
}

const timesOf = ({ status, startedAt, endedAt, userName }: ImportRun): RunChanges => ({ status, userName, endedAt, ...(startedAt === null ? {} : { startedAt }) });

/** Only what differs from what is. */
const changesOf = (run: Run, facts: RunChanges): RunChanges => Object.fromEntries(Object.entries(facts).filter(([field, value]) => !same(run[field as keyof Run], value)));
/** Moments are objects, and equal when they are written alike. */
const same = (before: unknown, after: unknown): boolean => JSON.stringify(before) === JSON.stringify(after);
