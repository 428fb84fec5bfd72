import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { readHypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import type { Ports } from '../ports/ports.ts';
import { reachTrackedExperiment, requireActiveExperiment } from '../runs/reach.ts';
import { followHypothesisTags, saveRevision } from './follow-hypothesis-tags.ts';
import { announceExperiment } from './write-experiment.ts';

export interface TagExperiment {
  readonly mlflowId: number;
  readonly key: string;
  readonly value: string;
}

/** Sets one tag. MLflow's note becomes the description; the reserved tags fill the hypothesis and the lineage. Setting what is there changes nothing. */
export async function tagExperiment(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, { mlflowId, key, value }: TagExperiment): Promise<void> {
  const said = readHypothesisTags(new Map([[key, value]]));
  const revision = await ports.store.transaction(async (tx) => {
    const { experiment } = await reachTrackedExperiment(tx, viewer, mlflowId, 'experiment.edit');
    requireActiveExperiment(experiment);
    const stored = (await tx.experiments.tags(experiment.id)).get(key);
    if (stored !== value) {
      await tx.experiments.setTags(experiment.id, new Map([[key, value]]));
      await tx.experiments.update(experiment.id, { updatedAt: ports.clock.now(), ...(key === TAG.note ? { description: value.trim() || null } : {}) });
      await announceExperiment(tx, experiment, { actorId: viewer.personId, verb: 'updated', detail: { tag: key } });
    }
    return followHypothesisTags(tx, ports, viewer, { experimentId: experiment.id, said, ...(stored === undefined ? {} : { before: lenient(key, stored) }) });
  });
  await saveRevision(ports, viewer, revision);
}

/** Refuses with `experiment/unknown-tag` when there is none of that name. */
export async function deleteExperimentTag(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly mlflowId: number; readonly key: string }): Promise<void> {
  const { mlflowId, key } = request;
  await ports.store.transaction(async (tx) => {
    const { experiment } = await reachTrackedExperiment(tx, viewer, mlflowId, 'experiment.edit');
    requireActiveExperiment(experiment);
    if (!(await tx.experiments.deleteTag(experiment.id, key))) throw notFound('experiment/unknown-tag', `No tag with name: ${key} in experiment with id ${mlflowId}`);
    await tx.experiments.update(experiment.id, { updatedAt: ports.clock.now() });
    await announceExperiment(tx, experiment, { actorId: viewer.personId, verb: 'updated', detail: { tag: key } });
  });
}

/** What a stored tag said; a value that was stored before there was a rule for it says nothing. */
function lenient(key: string, value: string): ReturnType<typeof readHypothesisTags> {
  try {
    return readHypothesisTags(new Map([[key, value]]));
  } catch {
    return {};
  }
}
