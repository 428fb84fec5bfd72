import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, notFound } from '../../domain/refusal.ts';
import { readHypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { requireUnchanged } from '../../domain/runs/params.ts';
import { changesFingerprint, factsFromTags, factsWithoutTag, seedFrom, TAG } from '../../domain/runs/run-tags.ts';
import { followHypothesisTags, saveRevision } from '../experiments/follow-hypothesis-tags.ts';
import type { Ports } from '../ports/ports.ts';
import type { Run, RunChanges } from '../ports/runs.ts';
import type { Transaction } from '../ports/store.ts';
import { announceRun, indexRun, isPlaced } from './announce-run.ts';
import { reachRun, requireActiveRun, type ReachedRun } from './reach.ts';

export interface RunDescription {
  readonly runId: string;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  /** In which of MLflow's two forms a changed param is refused. */
  readonly form: 'single' | 'batch';
}

/**
 * Adds params and sets tags, all or nothing. Repeating it changes and announces nothing.
 * Refuses a changed param with `run/param-changed` and a deleted run with `run/deleted`.
 */
export async function describeRun(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, given: RunDescription): Promise<void> {
  const said = readHypothesisTags(given.tags);
  const revision = await ports.store.transaction(async (tx) => {
    const reached = await reachRun(tx, viewer, given.runId, 'run.log');
    requireActiveRun(reached.run);
    const stored = await tx.runs.addParams(given.runId, given.params);
    requireUnchanged(given.runId, given.params, stored, given.form);
    const newParams = new Map([...given.params].filter(([key]) => !stored.has(key)));
    const newTags = await changedTags(tx, given);
    if (newParams.size === 0 && newTags.size === 0) return null;
    await tx.runs.setTags(given.runId, newTags);
    const facts = factsFromTags(newTags);
    const changes: RunChanges = { ...facts, ...(await seedChange(tx, reached.run, newParams)), ...nameChange(newTags) };
    await save(tx, ports, reached, changes);
    if (isPlaced(reached.run) && (newParams.size > 0 || changesFingerprint(facts))) await tx.outbox.analyse(reached.experiment.id);
    return followHypothesisTags(tx, ports, viewer, { experimentId: reached.experiment.id, said });
  });
  await saveRevision(ports, viewer, revision);
}

/** Refuses with `run/unknown-tag` when there is none of that name. */
export async function deleteRunTag(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly runId: string; readonly key: string }): Promise<void> {
  const { runId, key } = request;
  await ports.store.transaction(async (tx) => {
    const reached = await reachRun(tx, viewer, runId, 'run.log');
    requireActiveRun(reached.run);
    if (!(await tx.runs.deleteTag(runId, key))) throw notFound('run/unknown-tag', `No tag with name: ${key} in run with id ${runId}`);
    const facts = factsWithoutTag(key);
    await save(tx, ports, reached, facts);
    if (isPlaced(reached.run) && changesFingerprint(facts)) await tx.outbox.analyse(reached.experiment.id);
  });
}

/** Adds what MLflow's client tells of a model it logged to the run's history of models, which is a tag. */
export async function recordModelHistory(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: { readonly runId: string; readonly model: Readonly<Record<string, unknown>>; readonly maxLength: number }): Promise<void> {
  const { runId, model, maxLength } = request;
  await ports.store.transaction(async (tx) => {
    const reached = await reachRun(tx, viewer, runId, 'run.log');
    requireActiveRun(reached.run);
    const history: unknown = JSON.parse((await tx.runs.tags(runId)).get(TAG.loggedModels) ?? '[]');
    const value = JSON.stringify([...(Array.isArray(history) ? history : []), model]);
    if (value.length > maxLength) throw badInput('run/model-history-too-long', `'value' exceeds the maximum length of ${maxLength} characters`);
    await tx.runs.setTags(runId, new Map([[TAG.loggedModels, value]]));
    await save(tx, ports, reached, {});
  });
}

async function changedTags(tx: Transaction, { runId, tags }: RunDescription): Promise<ReadonlyMap<string, string>> {
  if (tags.size === 0) return tags;
  const before = await tx.runs.tags(runId);
  return new Map([...tags].filter(([key, value]) => before.get(key) !== value));
}

async function seedChange(tx: Transaction, run: Run, newParams: ReadonlyMap<string, string>): Promise<RunChanges> {
  if (seedFrom(newParams) === null) return {};
  const seed = seedFrom(await tx.runs.params(run.id));
  return seed === run.seed ? {} : { seed };
}

function nameChange(tags: ReadonlyMap<string, string>): RunChanges {
  const name = tags.get(TAG.runName);
  return name ? { name } : {};
}

async function save(tx: Transaction, { clock }: Pick<Ports, 'clock'>, { run, project }: ReachedRun, changes: RunChanges): Promise<void> {
  const saved = { ...changes, updatedAt: clock.now() };
  await tx.runs.update(run.id, saved);
  await indexRun(tx, { ...run, ...saved }, project.id);
  await announceRun(tx, run, project.id, 'updated');
}
