import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, conflict } from '../../domain/refusal.ts';
import { parseTrackedName, showTrackedName } from '../../domain/runs/tracked-name.ts';
import type { Ports } from '../ports/ports.ts';
import { reachTrackedExperiment, unknownTrackedExperiment } from '../runs/reach.ts';
import { experimentName } from '../../domain/experiments/experiment.ts';
import { REMEMBERED } from './track-experiment.ts';
import { retire } from './retire.ts';
import { announceExperiment } from './write-experiment.ts';

/** As MLflow does, with all its runs. Refuses what is deleted already as unknown. */
export const deleteTrackedExperiment = (ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, mlflowId: number): Promise<void> => setDeleted(ports, viewer, mlflowId, 'deleted');

/** Brings back the experiment and, as MLflow does, all its runs. Refuses what is not deleted as unknown. */
export const restoreTrackedExperiment = (ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, mlflowId: number): Promise<void> => setDeleted(ports, viewer, mlflowId, 'restored');

async function setDeleted(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, mlflowId: number, verb: 'deleted' | 'restored'): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { experiment } = await reachTrackedExperiment(tx, viewer, mlflowId, 'experiment.edit');
    if ((experiment.deletedAt !== null) === (verb === 'deleted')) throw unknownTrackedExperiment(mlflowId);
    await retire(tx, experiment, { actorId: viewer.personId, deletedAt: verb === 'deleted' ? ports.clock.now() : null, now: ports.clock.now() });
  });
}

/** Gives it another name in its project; a name that points to another project is refused, because moving changes who may see it. */
export async function renameTrackedExperiment(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly mlflowId: number; readonly name: string }): Promise<void> {
  const parsed = parseTrackedName(request.name);
  await ports.store.transaction(async (tx) => {
    const { experiment, project } = await reachTrackedExperiment(tx, viewer, request.mlflowId, 'experiment.edit');
    if (experiment.deletedAt !== null) throw conflict('experiment/not-active', 'Cannot rename a non-active experiment.');
    if (parsed.projectSlug !== project.slug) {
      throw badInput('experiment/other-project', `The name '${request.name}' points to the project '${parsed.projectSlug}', but the experiment is in '${project.slug}'. Move it in Lemma first.`);
    }
    const name = experimentName(parsed.experimentName);
    const taken = await tx.experiments.byName(project.id, name);
    if (taken && taken.id !== experiment.id) throw conflict('experiment/name-taken', `Experiment(name=${request.name}) already exists.`);
    await tx.experiments.update(experiment.id, { name, updatedAt: ports.clock.now() });
    if (showTrackedName({ projectSlug: project.slug, experimentName: name }) !== request.name) await tx.experiments.setTags(experiment.id, new Map([[REMEMBERED.name, request.name]]));
    await announceExperiment(tx, experiment, { actorId: viewer.personId, verb: 'renamed' });
  });
}
