import type { Viewer } from '../../domain/access/viewer.ts';
import { changedFields, experimentDescription, experimentName, requireLineage, type PartlyDescribed } from '../../domain/experiments/experiment.ts';
import { archivedAt } from '../hypotheses/update-hypothesis.ts';
import type { Experiment, ExperimentDesign } from '../ports/experiments.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { reachAnyExperiment, reachExperiment, reachParents } from './reach.ts';
import { retire } from './retire.ts';
import { announceExperiment, requireFreeName } from './write-experiment.ts';

export interface UpdateExperiment {
  readonly experiment: string;
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  readonly design?: ExperimentDesign | undefined;
  /** All of them: those not named are parents no longer. */
  readonly parents?: readonly string[] | undefined;
  readonly archived?: boolean | undefined;
  /** With all its runs; false brings all of them back. */
  readonly deleted?: boolean | undefined;
  /** What the form showed that was filled in: only what differs from it is written, and what somebody else changed meanwhile is not overwritten. */
  readonly saw?: PartlyDescribed | undefined;
}

/** Renames, describes, redesigns, archives, deletes, restores, or says what it was derived from; undefined leaves a part as it is. */
export async function updateExperiment(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: UpdateExperiment): Promise<string> {
  return ports.store.transaction(async (tx) => {
    // Before any row: two who derive from each other at once would else wait for each other.
    if (request.parents) await tx.experiments.lockLineage();
    const now = ports.clock.now();
    if (request.deleted === false) await restore(tx, viewer, request.experiment, now);
    const { thing: before, project } = await reachExperiment(tx, viewer, request.experiment, 'experiment.edit');
    const { saw = null, ...given } = request;
    await change({ tx, viewer, now }, before, project, changedFields({ ...given, ...(given.description === undefined ? {} : { description: experimentDescription(given.description) }) }, saw, before));
    if (request.deleted === true) await retire(tx, before, { actorId: viewer.personId, deletedAt: now, now });
    return before.id;
  });
}

interface Doing { readonly tx: Transaction; readonly viewer: Viewer; readonly now: Date }

async function change({ tx, viewer, now }: Doing, before: Experiment, project: Project, request: UpdateExperiment): Promise<void> {
  const fields = Object.entries(request).filter(([field, value]) => field !== 'experiment' && field !== 'deleted' && value !== undefined).map(([field]) => field);
  if (fields.length === 0) return;
  const name = request.name === undefined ? before.name : experimentName(request.name);
  if (name !== before.name) await requireFreeName(tx, project, name, before.id);
  const description = request.description === undefined ? before.description : experimentDescription(request.description);
  const design = request.design ?? before.design;
  await tx.experiments.update(before.id, {
    name,
    description,
    design,
    archivedAt: archivedAt(before.archivedAt, request.archived, now),
    updatedAt: now,
  });
  if (name !== before.name) await tx.experiments.rememberName({ projectId: project.id, name: before.name, experimentId: before.id });
  if (request.parents) await derive(tx, viewer, before, request.parents);
  // Both are part of the evidence a review looks at; see domain/experiments/evidence.ts.
  if (design !== before.design || description !== before.description) await tx.outbox.analyse(before.id);
  await announceExperiment(tx, before, { actorId: viewer.personId, verb: 'updated', detail: { fields, ...(name === before.name ? {} : { from: before.name, to: name }) } });
}

async function restore(tx: Transaction, viewer: Viewer, key: string, now: Date): Promise<void> {
  const { thing } = await reachAnyExperiment(tx, viewer, key, 'experiment.edit');
  if (thing.deletedAt) await retire(tx, thing, { actorId: viewer.personId, deletedAt: null, now });
}

async function derive(tx: Transaction, viewer: Viewer, experiment: Experiment, keys: readonly string[]): Promise<void> {
  const parents = await reachParents(tx, viewer, keys);
  const ids = parents.map((parent) => parent.id);
  requireLineage(experiment.id, await tx.experiments.withAncestors(ids));
  await tx.experiments.setParents(experiment.id, ids);
  for (const parent of parents) await tx.outbox.change({ noun: 'experiment', id: parent.id, verb: 'derived-from', projectId: parent.projectId, experimentId: parent.id, subjectId: null });
}
