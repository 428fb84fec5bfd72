import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput } from '../../domain/refusal.ts';
import type { Experiment } from '../ports/experiments.ts';
import type { Hypothesis } from '../ports/hypotheses.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { reachExperiment, reachHypothesis } from './reach.ts';
import { announceExperiment, beginTesting } from './write-experiment.ts';

/** Says what an experiment tests, which ends "exploratory"; resolves to the experiment's id. */
export async function setHypothesis(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly experiment: string; readonly hypothesis: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: experiment } = await reachExperiment(tx, viewer, request.experiment, 'experiment.edit');
    const { thing: hypothesis } = await reachHypothesis(tx, viewer, request.hypothesis, 'project.read');
    await attachHypothesis(tx, ports, { actorId: viewer.personId, experiment, hypothesis });
    return experiment.id;
  });
}

/** The same inside a running transaction, for a caller that has checked the right `experiment.edit`. Attaching it again changes nothing. */
export async function attachHypothesis(
  tx: Transaction,
  { clock }: Pick<Ports, 'clock'>,
  given: { readonly actorId: string | null; readonly experiment: Pick<Experiment, 'id' | 'projectId' | 'hypothesisId'>; readonly hypothesis: Hypothesis },
): Promise<void> {
  const { actorId, experiment, hypothesis } = given;
  if (hypothesis.projectId !== experiment.projectId) throw badInput('experiment/hypothesis-elsewhere', 'That hypothesis belongs to another project. An experiment tests a hypothesis of its own project.');
  if (experiment.hypothesisId === hypothesis.id) return;
  const now = clock.now();
  await tx.experiments.update(experiment.id, { hypothesisId: hypothesis.id, updatedAt: now });
  await beginTesting(tx, hypothesis, now);
  await tx.outbox.analyse(experiment.id);
  await announceExperiment(tx, experiment, { actorId, verb: 'hypothesis-set', detail: { hypothesisId: hypothesis.id } });
}
