import { requireFewParents } from '../../domain/experiments/experiment.ts';
import { may, mayIn, requireRight, type ProjectAction } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { conflict, notFound, type Refusal } from '../../domain/refusal.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Hypothesis } from '../ports/hypotheses.ts';
import type { Project } from '../ports/projects.ts';
import { refuseRemoved } from '../bin/refuse-removed.ts';
import type { Transaction } from '../ports/store.ts';

/** A thing and the project it lives in, after the viewer's right to act on it was checked. */
export interface Reached<Thing> { readonly thing: Thing; readonly project: Project }

export const unknownExperiment = (): Refusal => notFound('experiment/unknown', 'There is no such experiment, or you may not see it.');
export const unknownHypothesis = (): Refusal => notFound('hypothesis/unknown', 'There is no such hypothesis, or you may not see it.');
export const unknownProject = (): Refusal => notFound('project/unknown', 'There is no such project, or you may not see it.');

/** The project, after the right was checked; `unknown` when the viewer may not see it, in the same words as for what does not exist. */
export async function projectOf(tx: Transaction, viewer: Viewer, projectId: string, rule: { readonly action: ProjectAction; readonly unknown: () => Refusal }): Promise<Project> {
  const project = await tx.projects.get(projectId);
  if (!project || !mayIn(roleIn(viewer, project), 'project.read')) throw rule.unknown();
  requireRight(viewer, rule.action, project);
  return project;
}

export async function reachProject(tx: Transaction, viewer: Viewer, slug: string, action: ProjectAction): Promise<Project> {
  const project = await tx.projects.bySlug(slug);
  if (!project) throw unknownProject();
  requireRight(viewer, action, project);
  return project;
}

export async function reachHypothesis(tx: Transaction, viewer: Viewer, id: string, action: ProjectAction): Promise<Reached<Hypothesis>> {
  const thing = await tx.hypotheses.get(id);
  if (!thing) throw unknownHypothesis();
  return { thing, project: await projectOf(tx, viewer, thing.projectId, { action, unknown: unknownHypothesis }) };
}

/** By its key, its row locked until the transaction ends: those who change one experiment take turns. One that was deleted is still there to be read, and must be restored first. */
export async function reachExperiment(tx: Transaction, viewer: Viewer, key: string, action: ProjectAction): Promise<Reached<Experiment>> {
  const reached = await reachAnyExperiment(tx, viewer, key, action);
  if (reached.thing.deletedAt) throw conflict('experiment/deleted', 'This experiment was deleted. Restore it first.');
  return reached;
}

/** As reachExperiment; a deleted one too. */
export async function reachAnyExperiment(tx: Transaction, viewer: Viewer, key: string, action: ProjectAction): Promise<Reached<Experiment>> {
  const found = await tx.experiments.byKey(key);
  const thing = found && (await tx.experiments.lock(found.id));
  if (!thing) await refuseRemoved(tx, viewer, { idOrKey: key, what: `The experiment ${key}` });
  if (!thing) throw unknownExperiment();
  return { thing, project: await projectOf(tx, viewer, thing.projectId, { action, unknown: unknownExperiment }) };
}

/** The parents named by their keys; refuses a key the viewer may not see like one that does not exist. */
export async function reachParents(tx: Transaction, viewer: Viewer, keys: readonly string[]): Promise<readonly Experiment[]> {
  requireFewParents(keys);
  const parents = new Map<string, Experiment>();
  for (const key of keys) {
    const parent = await tx.experiments.byKey(key);
    const project = parent && (await tx.projects.get(parent.projectId));
    if (!parent || parent.deletedAt || !project || !may(viewer, 'project.read', project)) throw notFound('experiment/unknown-parent', `There is no experiment ${key}, or you may not see it.`);
    parents.set(parent.id, parent);
  }
  return [...parents.values()];
}
