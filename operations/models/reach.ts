import { mayIn, requireRight, requireRole, type ProjectAction } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { mayReadVersion, roleOver } from '../../domain/models/ownership.ts';
import { notFound, type Refusal } from '../../domain/refusal.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { LoggedModel, ModelVersion, RegisteredModel } from '../ports/models.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';

// The sentences of this file are MLflow's own.
export const unknownLoggedModel = (id: string): Refusal => notFound('model/unknown-logged-model', `Logged model with ID '${id}' not found.`);
export const unknownRegisteredModel = (name: string): Refusal => notFound('model/unknown', `Registered Model with name=${name} not found`);
export const unknownVersion = (name: string, version: number | string): Refusal => notFound('model/unknown-version', `Model Version (name=${name}, version=${version}) not found`);

export interface ReachedModel {
  readonly model: LoggedModel;
  readonly experiment: Experiment;
  readonly project: Project;
}

/** The logged model, its row locked; unknown when the viewer may not see its project. */
export async function reachLoggedModel(tx: Transaction, viewer: Viewer, id: string, action: ProjectAction): Promise<ReachedModel> {
  const model = await tx.models.logged(id);
  const experiment = model && (await tx.experiments.get(model.experimentId));
  const project = experiment && (await tx.projects.get(experiment.projectId));
  if (!project || !mayIn(roleIn(viewer, project), 'project.read')) throw unknownLoggedModel(id);
  requireRight(viewer, action, project);
  return { model, experiment, project };
}

/** Refuses when one of the models does not exist for this viewer. */
export async function requireModels(tx: Transaction, viewer: Viewer, ids: readonly string[]): Promise<void> {
  for (const id of ids) await reachLoggedModel(tx, viewer, id, 'project.read');
}

export interface ReachedRegistered {
  readonly registered: RegisteredModel;
  readonly home: Project | null;
}

/** By name in the viewer's organization, the row locked; unknown when the viewer may not see it. */
export async function reachRegisteredModel(tx: Transaction, viewer: Viewer, name: string, action: ProjectAction): Promise<ReachedRegistered> {
  const registered = await tx.models.registered(viewer.organizationId, name);
  if (!registered) throw unknownRegisteredModel(name);
  const home = registered.projectId === null ? null : await tx.projects.get(registered.projectId);
  requireRole(roleOver(viewer, { ...registered, home }), action, () => unknownRegisteredModel(name));
  return { registered, home };
}

/** A version of a model that was reached; unknown when it comes from what the viewer may not see. */
export async function reachVersion(tx: Transaction, viewer: Viewer, registered: Pick<RegisteredModel, 'id' | 'name'>, version: number): Promise<ModelVersion> {
  const found = await tx.models.version(registered.id, version);
  if (!found || !mayReadVersion(viewer, await originsOf(tx, found))) throw unknownVersion(registered.name, version);
  return found;
}

/** The projects a version comes from: its run's, then its logged model's. */
export async function originsOf(tx: Transaction, { runId, modelId }: Pick<ModelVersion, 'runId' | 'modelId'>): Promise<readonly Project[]> {
  const run = runId === null ? null : await tx.runs.get(runId);
  const model = modelId === null ? null : await tx.models.logged(modelId);
  const origins: Project[] = [];
  for (const each of [run, model]) {
    const experiment = each && (await tx.experiments.get(each.experimentId));
    const project = experiment && (await tx.projects.get(experiment.projectId));
    if (project) origins.push(project);
  }
  return origins;
}
