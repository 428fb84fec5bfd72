import { mayIn, requireRight, type ProjectAction } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { notFound, type Refusal } from '../../domain/refusal.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { LoggedModel, RegisteredModel } from '../ports/models.ts';
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

/** By name in the viewer's organization, the row locked. Registered models belong to the organization: every member sees and keeps them. */
export async function reachRegisteredModel(tx: Transaction, viewer: Viewer, name: string): Promise<RegisteredModel> {
  const model = await tx.models.registered(viewer.organizationId, name);
  if (!model) throw unknownRegisteredModel(name);
  return model;
}
