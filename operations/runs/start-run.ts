import { mayIn, requireRight } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { badInput, Refusal } from '../../domain/refusal.ts';
import { readHypothesisTags, type HypothesisTags } from '../../domain/runs/hypothesis-tags.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import { refuseRemoved } from '../bin/refuse-removed.ts';
import { followHypothesisTags, saveRevision, takeTurn } from '../experiments/follow-hypothesis-tags.ts';
import { reachExperiment } from '../experiments/reach.ts';
import { placeForHypothesis } from '../experiments/place-for-hypothesis.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { saidReason } from '../duplicates/record-duplicate-reason.ts';
import { requireActiveRun, unknownRun } from './reach.ts';
import { writeRun } from './write-run.ts';

export interface StartRun {
  /** 32 hexadecimal digits, chosen by the client. */
  readonly id: string;
  /** Its slug; needed with a hypothesis in words. */
  readonly project?: string | undefined;
  /** "VIS-42". */
  readonly experiment?: string | undefined;
  /** A statement, or the id of a hypothesis. */
  readonly hypothesis?: string | undefined;
  /** What else was said of the hypothesis; fills what is still empty. */
  readonly said: Omit<HypothesisTags, 'statement' | 'parentKey'>;
  readonly name: string | null;
  readonly params: ReadonlyMap<string, string>;
  readonly tags: ReadonlyMap<string, string>;
  readonly startedAt: Date;
  readonly parentRunId: string | null;
  /** Why it is run although it was run before; null when nothing was said. */
  readonly reason: string | null;
}

/** Where a run is. */
export interface RunPlace {
  readonly experiment: Pick<Experiment, 'id' | 'number' | 'mlflowId'>;
  readonly project: Pick<Project, 'id' | 'slug' | 'key'>;
}

/**
 * Begins a run under the client's own id, in an experiment there is or in the one that runs of its hypothesis go to. Beginning it again changes nothing and answers
 * where it is. A run of that id where the viewer may not log is refused as unknown.
 */
export async function startRun(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: StartRun): Promise<RunPlace> {
  const { statement, ...tagged } = readHypothesisTags(request.tags);
  const hypothesis = request.hypothesis?.trim() || statement;
  const said: HypothesisTags = { ...tagged, ...request.said };
  const { place, revision } = await ports.store.transaction(async (tx) => {
    if (said.parentKey !== undefined) await tx.experiments.lockLineage();
    const known = await knownPlace(tx, viewer, request.id);
    if (known) return { place: known, revision: null };
    const made = await placeFor(tx, ports, viewer, { ...request, hypothesis, said });
    await takeTurn(tx, made.experiment.id, said);
    const tags = new Map([...request.tags, ...(request.parentRunId === null ? [] : [[TAG.parentRunId, request.parentRunId] as const])]);
    const { id, name, params, startedAt } = request;
    await writeRun(tx, ports, { id, name, params, startedAt, tags, experimentId: made.experiment.id, projectId: made.project.id, createdById: viewer.personId, userName: '' });
    if (request.reason !== null) await tx.duplicates.addReason({ ...saidReason(ports, viewer, request.reason), runId: id, experimentId: null });
    return { place: made, revision: await followHypothesisTags(tx, ports, viewer, { experimentId: made.experiment.id, said }) };
  });
  await saveRevision(ports, viewer, revision).catch(unlessOvertaken);
  return place;
}

/** Several runs of one script begin at once and say the same of their hypothesis: the first to write it wrote it for all. */
function unlessOvertaken(error: unknown): void {
  if (!(error instanceof Refusal) || error.code !== 'hypothesis/changed-underneath') throw error;
}

async function knownPlace(tx: Transaction, viewer: Viewer, runId: string): Promise<RunPlace | null> {
  const run = await tx.runs.lock(runId);
  if (!run) {
    await refuseRemoved(tx, viewer, { idOrKey: runId, what: `The run ${runId}` });
    return null;
  }
  const experiment = await tx.experiments.get(run.experimentId);
  const project = experiment && (await tx.projects.get(experiment.projectId));
  if (!project || !mayIn(roleIn(viewer, project), 'run.log')) throw unknownRun(runId);
  requireActiveRun(run);
  return { experiment, project };
}

interface Wanted extends Pick<StartRun, 'project' | 'experiment'> { readonly hypothesis: string | undefined; readonly said: HypothesisTags }

async function placeFor(tx: Transaction, ports: Pick<Ports, 'clock' | 'ids'>, viewer: Viewer, { project, experiment, hypothesis, said }: Wanted): Promise<RunPlace> {
  if (experiment !== undefined && experiment.trim() !== '') {
    const { thing, project: its } = await reachExperiment(tx, viewer, experiment, 'run.log');
    return { experiment: thing, project: its };
  }
  if (hypothesis === undefined) {
    throw badInput('run/no-hypothesis', 'Say what this run tests: name an experiment there is (experiment="VIS-42"), or write the hypothesis (project="vision", hypothesis="MixUp raises val_acc by at least 0.01"), which makes the experiment.');
  }
  const place = await placeForHypothesis(tx, ports, viewer, { project, hypothesis, said });
  requireRight(viewer, 'run.log', place.project);
  return place;
}
