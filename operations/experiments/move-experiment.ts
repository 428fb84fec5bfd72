import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import { announceHypothesis } from '../hypotheses/write-hypothesis.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { reachExperiment, reachProject } from './reach.ts';
import { announceExperiment, requireFreeName } from './write-experiment.ts';

interface Move { readonly viewer: Viewer; readonly experiment: Experiment; readonly to: Project }

/**
 * Gives an experiment, with its runs, threads and links, to another project, where it gets the next number. Needs the right in both.
 * Its hypothesis goes along when nothing else tests it, and is copied when something does, so that neither project reads the other's.
 */
export async function moveExperiment(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: { readonly experiment: string; readonly project: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: experiment, project: from } = await reachExperiment(tx, viewer, request.experiment, 'experiment.move');
    const to = await reachProject(tx, viewer, request.project, 'experiment.create');
    if (to.id === from.id) return experiment.id;
    if (experiment.mlflowId === 0) throw conflict('experiment/default-stays', 'The experiment "Default" is where MLflow clients log that name none, so it stays where it is. Move its runs instead.');
    const number = await tx.projects.nextNumber(to.id);
    await requireFreeName(tx, to, experiment.name);
    await takeHypothesis(tx, ports, { viewer, experiment, to });
    await tx.experiments.relocate(experiment.id, { projectId: to.id, number, at: ports.clock.now() });
    await tx.experiments.rememberName({ projectId: from.id, name: experiment.name, experimentId: experiment.id });
    await tx.outbox.analyse(experiment.id);
    // Watchers of the project it left hear that it is gone, those of the other that it came.
    await tx.outbox.change({ noun: 'experiment', id: experiment.id, verb: 'moved-away', projectId: from.id, experimentId: experiment.id, subjectId: null });
    await announceExperiment(tx, { id: experiment.id, projectId: to.id }, { actorId: viewer.personId, verb: 'moved', detail: { from: `${from.key}-${experiment.number}`, to: `${to.key}-${number}` } });
    return experiment.id;
  });
}

async function takeHypothesis(tx: Transaction, { clock, ids }: Pick<Ports, 'clock' | 'ids'>, { viewer, experiment, to }: Move): Promise<void> {
  const hypothesis = experiment.hypothesisId === null ? null : await tx.hypotheses.get(experiment.hypothesisId);
  if (!hypothesis) return;
  const now = clock.now();
  const alone = (await tx.hypotheses.experimentIds(hypothesis.id)).every((id) => id === experiment.id);
  if (alone) {
    const moved = { ...hypothesis, projectId: to.id, version: hypothesis.version + 1, updatedAt: now };
    if (!(await tx.hypotheses.update(moved, hypothesis.version))) throw conflict('hypothesis/changed-underneath', 'Someone else changed the hypothesis meanwhile. Try again.');
    await tx.hypotheses.relocate(hypothesis.id, to.id);
    return announceHypothesis(tx, moved, { actorId: viewer.personId, verb: 'moved' });
  }
  // It keeps the moment at which it was stated: a copy made after the runs would read as a hypothesis made to fit them.
  const copy = { ...hypothesis, id: ids.next('hypothesis'), projectId: to.id, version: 1, updatedAt: now };
  await tx.hypotheses.insert(copy);
  await announceHypothesis(tx, copy, { actorId: viewer.personId, verb: 'copied', detail: { from: hypothesis.id } });
  await tx.experiments.update(experiment.id, { hypothesisId: copy.id });
}
