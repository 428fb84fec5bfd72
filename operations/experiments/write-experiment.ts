import { experimentDescription, experimentName, experimentTitle } from '../../domain/experiments/experiment.ts';
import { hypothesisWords } from '../../domain/hypotheses/hypothesis.ts';
import { conflict } from '../../domain/refusal.ts';
import type { Experiment, ExperimentDesign } from '../ports/experiments.ts';
import type { Hypothesis } from '../ports/hypotheses.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';

export interface NewExperiment {
  readonly project: Project;
  readonly actorId: string | null;
  readonly name: string;
  readonly description?: string | null | undefined;
  /** Null only at the MLflow door: the experiment is exploratory until someone writes the hypothesis. */
  readonly hypothesis: Hypothesis | null;
  readonly design?: ExperimentDesign | null | undefined;
  readonly parentIds?: readonly string[];
  /** Runs that name its hypothesis in words come to it. */
  readonly madeForRuns?: true;
  /** Makes MLflow's "Default" experiment. */
  readonly mlflowId?: 0;
}

/** Makes and announces an experiment inside a running transaction; the caller has checked the right `experiment.create`. Refuses a name in use with `experiment/name-taken`. */
export async function writeExperiment(tx: Transaction, { clock, ids }: Pick<Ports, 'clock' | 'ids'>, given: NewExperiment): Promise<Experiment> {
  const name = experimentName(given.name);
  const number = await tx.projects.nextNumber(given.project.id);
  await requireFreeName(tx, given.project, name);
  const now = clock.now();
  const experiment = await tx.experiments.insert({
    id: ids.next('experiment'),
    projectId: given.project.id,
    number,
    name,
    description: experimentDescription(given.description),
    ownerId: given.actorId,
    hypothesisId: given.hypothesis?.id ?? null,
    design: given.design ?? 'SINGLE_CHANGE',
    madeForRuns: given.madeForRuns ?? false,
    baselineFingerprint: null,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
    deletedAt: null,
    ...(given.mlflowId === undefined ? {} : { mlflowId: given.mlflowId }),
  });
  if (given.parentIds?.length) await tx.experiments.setParents(experiment.id, given.parentIds);
  if (given.hypothesis) await beginTesting(tx, given.hypothesis, now);
  await tx.outbox.analyse(experiment.id);
  await announceExperiment(tx, experiment, { actorId: given.actorId, verb: 'created' });
  return experiment;
}

/** Names are unique in a project, those of deleted experiments included, as in MLflow. `nextNumber` has already made concurrent creators take turns. */
export async function requireFreeName(tx: Transaction, project: Project, name: string, except?: string): Promise<void> {
  const taken = await tx.experiments.byName(project.id, name);
  if (!taken || taken.id === except) return;
  throw conflict('experiment/name-taken', `The project ${project.slug} already has an experiment called "${name}" (${project.key}-${taken.number}${taken.deletedAt ? ', deleted' : ''}). Choose another name.`);
}

/** A proposed hypothesis is being tested from its first experiment on. */
export async function beginTesting(tx: Transaction, hypothesis: Hypothesis, now: Date): Promise<void> {
  if (hypothesis.status !== 'PROPOSED') return;
  await tx.hypotheses.update({ ...hypothesis, status: 'TESTING', version: hypothesis.version + 1, updatedAt: now }, hypothesis.version);
  await tx.outbox.change({ noun: 'hypothesis', id: hypothesis.id, verb: 'tested', projectId: hypothesis.projectId, experimentId: null, subjectId: null });
}

/** Search finds it as it is now, watchers hear of it, and the record says who did it. */
export async function announceExperiment(tx: Transaction, experiment: Pick<Experiment, 'id' | 'projectId'>, event: { readonly actorId: string | null; readonly verb: string; readonly detail?: Readonly<Record<string, unknown>> }): Promise<void> {
  const { id, projectId } = experiment;
  await indexExperiment(tx, id);
  await tx.outbox.change({ noun: 'experiment', id, verb: event.verb, projectId, experimentId: id, subjectId: null });
  await tx.audit.append({ projectId, actorId: event.actorId, action: `experiment.${event.verb}`, subjectKind: 'experiment', subjectId: id, ...(event.detail ? { detail: event.detail } : {}) });
}

/** Writes what search finds the experiment by: its key, name, description and tags, its hypothesis, and its verdict. A deleted one is not found. */
export async function indexExperiment(tx: Transaction, id: string): Promise<void> {
  const experiment = await tx.experiments.get(id);
  const project = experiment && (await tx.projects.get(experiment.projectId));
  if (!project || experiment.deletedAt) return tx.search.remove(id);
  const hypothesis = experiment.hypothesisId === null ? null : await tx.hypotheses.get(experiment.hypothesisId);
  const tags = Array.from(await tx.experiments.tags(id)).filter(([key]) => !/^(mlflow|lemma)\./.test(key)).map(([key, value]) => `${key} ${value}`);
  const body = [experiment.description, (await tx.experiments.outcome(id))?.toLowerCase(), ...tags, hypothesis?.statement, hypothesis && hypothesisWords(hypothesis)].filter(Boolean).join('\n');
  await tx.search.put({ subjectId: id, subjectKind: 'experiment', projectId: project.id, title: experimentTitle(`${project.key}-${experiment.number}`, experiment.name), body });
}
