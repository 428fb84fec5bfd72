import { mayIn, requireRight, type ProjectAction } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { badInput, notFound, type Refusal } from '../../domain/refusal.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Project } from '../ports/projects.ts';
import type { Run } from '../ports/runs.ts';
import { refuseRemoved } from '../bin/refuse-removed.ts';
import type { Transaction } from '../ports/store.ts';

/** A run, its experiment and its project, after the viewer's right to act was checked. */
export interface ReachedRun {
  readonly run: Run;
  readonly experiment: Experiment;
  readonly project: Project;
}

// The sentences of this file are MLflow's own, so that its clients and its users recognize them.
export const unknownRun = (runId: string): Refusal => notFound('run/unknown', `Run with id=${runId} not found`);
export const unknownTrackedExperiment = (mlflowId: number): Refusal => notFound('experiment/unknown', `No Experiment with id=${mlflowId} exists`);

/** The run, its row locked until the transaction ends; unknown when the viewer may not see it, in the same words as for what does not exist. */
export async function reachRun(tx: Transaction, viewer: Viewer, runId: string, action: ProjectAction): Promise<ReachedRun> {
  const run = await tx.runs.lock(runId);
  if (!run) await refuseRemoved(tx, viewer, { idOrKey: runId, what: `Run with id=${runId}` });
  const experiment = run && (await tx.experiments.get(run.experimentId));
  const project = experiment && (await tx.projects.get(experiment.projectId));
  if (!project || !mayIn(roleIn(viewer, project), 'project.read')) throw unknownRun(runId);
  requireRight(viewer, action, project);
  return { run, experiment, project };
}

/** The experiment by the number MLflow shows, its row locked. */
export async function reachTrackedExperiment(tx: Transaction, viewer: Viewer, mlflowId: number, action: ProjectAction): Promise<{ readonly experiment: Experiment; readonly project: Project }> {
  const found = await tx.experiments.byMlflowId(mlflowId);
  const project = found && (await tx.projects.get(found.projectId));
  if (!project || !mayIn(roleIn(viewer, project), 'project.read')) throw unknownTrackedExperiment(mlflowId);
  requireRight(viewer, action, project);
  return { experiment: found, project };
}

export function requireActiveRun(run: Pick<Run, 'id' | 'deletedAt'>): void {
  if (run.deletedAt !== null) throw badInput('run/deleted', `The run ${run.id} must be in the 'active' state. Current state is deleted.`);
}

export function requireActiveExperiment(experiment: Experiment): void {
  if (experiment.deletedAt !== null) throw badInput('experiment/deleted', `The experiment ${experiment.mlflowId} must be in the 'active' state. Current state is deleted.`);
}
