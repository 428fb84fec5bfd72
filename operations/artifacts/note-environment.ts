import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { readPythonEnvironment, readRequirements, type EnvironmentContent } from '../../domain/runs/environment.ts';
import type { Ports } from '../ports/ports.ts';
import { announceRun, isPlaced } from '../runs/announce-run.ts';
import { joinEnvironment } from '../runs/join-environment.ts';
import { reachLoggedModel } from '../models/reach.ts';
import type { ArtifactOwner } from './artifact-owner.ts';
import { textOf } from './text-of.ts';

/** Requirement lists are short; what is longer is something else. */
const LONGEST_BYTES = 256 * 1024;

const READERS: ReadonlyMap<string, (text: string) => EnvironmentContent> = new Map([
  ['requirements.txt', readRequirements],
  ['python_env.yaml', readPythonEnvironment],
]);

export interface StoredFile {
  readonly owner: ArtifactOwner;
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/**
 * MLflow says what software a run used only in the files it saves beside a model. Reads those, and adds what they say to the run's environment.
 * Files of other names say nothing.
 */
export async function noteEnvironment(ports: Pick<Ports, 'store' | 'blobs' | 'clock' | 'ids' | 'secrets'>, viewer: Viewer, file: StoredFile): Promise<void> {
  const read = READERS.get(file.path.slice(file.path.lastIndexOf('/') + 1));
  if (!read || file.size > LONGEST_BYTES) return;
  const added = read((await textOf(ports.blobs, file.sha256)) ?? '');
  if (added.python === undefined && Object.keys(added.packages).length === 0) return;
  await ports.store.transaction(async (tx) => {
    const runId = file.owner.kind === 'run' ? file.owner.id : (await reachLoggedModel(tx, viewer, file.owner.id, 'run.log')).model.sourceRunId;
    if (runId === null) return;
    const run = await tx.runs.lock(runId);
    const experiment = run && (await tx.experiments.get(run.experimentId));
    const project = experiment && (await tx.projects.get(experiment.projectId));
    // The file is kept by the rights of its model; the run a model came from may be somebody else's, and then is left as it was.
    if (!run || !project || !may(viewer, 'run.log', project)) return;
    const environmentId = await joinEnvironment(tx, ports, run, added);
    if (environmentId === run.environmentId) return;
    await tx.runs.update(run.id, { environmentId, updatedAt: ports.clock.now() });
    if (isPlaced(run)) await tx.outbox.analyse(run.experimentId);
    await announceRun(tx, run, project.id, 'updated');
  });
}
