import type { Viewer } from '../../domain/access/viewer.ts';
import type { Dataset } from '../ports/datasets.ts';
import { requireModels } from '../models/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { announceRun, isPlaced } from '../runs/announce-run.ts';
import { reachRun, requireActiveRun } from '../runs/reach.ts';

export interface DatasetUse {
  readonly dataset: Omit<Dataset, 'id' | 'projectId' | 'createdAt'>;
  readonly tags: ReadonlyMap<string, string>;
}

/** Notes which datasets and models a run read. Noting the same again changes nothing. */
export async function logInputs(
  ports: Pick<Ports, 'store' | 'clock' | 'ids'>,
  viewer: Viewer,
  request: { readonly runId: string; readonly datasets: readonly DatasetUse[]; readonly modelIds: readonly string[] },
): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, request.runId, 'run.log');
    requireActiveRun(run);
    await requireModels(tx, viewer, request.modelIds);
    for (const { dataset, tags } of request.datasets) {
      const id = await tx.datasets.save({ ...dataset, id: ports.ids.next('dataset'), projectId: project.id, createdAt: ports.clock.now() });
      await tx.datasets.link(run.id, id, tags);
    }
    await tx.models.addInputs(run.id, request.modelIds);
    // Its recipe is made again from what changed since.
    await tx.runs.update(run.id, { updatedAt: ports.clock.now() });
    if (isPlaced(run)) await tx.outbox.analyse(run.experimentId);
    await announceRun(tx, run, project.id, 'updated');
  });
}
