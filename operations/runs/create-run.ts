import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput } from '../../domain/refusal.ts';
import { readHypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { runNameFrom } from '../../domain/runs/run-name.ts';
import { factsFromTags, TAG } from '../../domain/runs/run-tags.ts';
import { followHypothesisTags, saveRevision } from '../experiments/follow-hypothesis-tags.ts';
import type { Ports } from '../ports/ports.ts';
import type { Run } from '../ports/runs.ts';
import { announceRun, indexRun } from './announce-run.ts';
import { reachTrackedExperiment, requireActiveExperiment } from './reach.ts';

export interface CreateRun {
  readonly mlflowExperimentId: number;
  readonly name: string | null;
  readonly userName: string;
  readonly startedAt: Date | null;
  readonly tags: ReadonlyMap<string, string>;
}

/** Starts a run; resolves to its id. A run without a name gets one, and the name is a tag too, as in MLflow. */
export async function createRun(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: CreateRun): Promise<string> {
  const named = request.tags.get(TAG.runName);
  if (request.name && named && request.name !== named) {
    throw badInput('run/two-names', `Both 'run_name' argument and 'mlflow.runName' tag are specified, but with different values (run_name='${request.name}', mlflow.runName='${named}').`);
  }
  const said = readHypothesisTags(request.tags);
  const id = ports.ids.run();
  const name = request.name || named || runNameFrom(id);
  const tags = new Map([...request.tags, ...(named ? [] : [[TAG.runName, name] as const])]);
  const revision = await ports.store.transaction(async (tx) => {
    const { experiment, project } = await reachTrackedExperiment(tx, viewer, request.mlflowExperimentId, 'run.log');
    requireActiveExperiment(experiment);
    const now = ports.clock.now();
    const run: Run = { ...BLANK, id, experimentId: experiment.id, name, userName: request.userName, createdById: viewer.personId, startedAt: request.startedAt ?? now, createdAt: now, updatedAt: now, ...factsFromTags(tags) };
    await tx.runs.insert(run);
    await tx.runs.setTags(id, tags);
    await indexRun(tx, run, project.id);
    await announceRun(tx, run, project.id, 'created');
    return followHypothesisTags(tx, ports, viewer, { experimentId: experiment.id, said });
  });
  await saveRevision(ports, viewer, revision);
  return id;
}

const BLANK = {
  status: 'RUNNING',
  seed: null,
  parentRunId: null,
  variantId: null,
  sourceName: null,
  codeRepository: null,
  codeCommit: null,
  codeBranch: null,
  codeDirty: false,
  environmentId: null,
  endedAt: null,
  deletedAt: null,
  excludedAt: null,
  excludedReason: null,
  excludedById: null,
  archivedAt: null,
} as const satisfies Partial<Run>;
