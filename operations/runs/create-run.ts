import type { Viewer } from '../../domain/access/viewer.ts';
import { readHypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { followHypothesisTags, saveRevision, takeTurn } from '../experiments/follow-hypothesis-tags.ts';
import type { Ports } from '../ports/ports.ts';
import { reachTrackedExperiment, requireActiveExperiment } from './reach.ts';
import { writeRun } from './write-run.ts';

export interface CreateRun {
  readonly mlflowExperimentId: number;
  readonly name: string | null;
  readonly userName: string;
  readonly startedAt: Date | null;
  readonly tags: ReadonlyMap<string, string>;
}

/** Starts a run as MLflow's clients do; resolves to its id. */
export async function createRun(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: CreateRun): Promise<string> {
  const said = readHypothesisTags(request.tags);
  const id = ports.ids.run();
  const revision = await ports.store.transaction(async (tx) => {
    const { experiment, project } = await reachTrackedExperiment(tx, viewer, request.mlflowExperimentId, 'run.log');
    requireActiveExperiment(experiment);
    await takeTurn(tx, experiment.id, said);
    await writeRun(tx, ports, { ...request, id, experimentId: experiment.id, projectId: project.id, createdById: viewer.personId, params: new Map() });
    return followHypothesisTags(tx, ports, viewer, { experimentId: experiment.id, said });
  });
  await saveRevision(ports, viewer, revision);
  return id;
}
