import type { Experiment } from '../ports/experiments.ts';
import type { Transaction } from '../ports/store.ts';
import { announceExperiment } from './write-experiment.ts';

interface Retirement { readonly actorId: string; readonly deletedAt: Date | null; readonly now: Date }

/** Deletes an experiment with all its runs, or brings both back, as MLflow does. What is deleted leaves the lists, search and the statistics; by its key, from its relatives and its threads it is still reached. */
export async function retire(tx: Transaction, experiment: Experiment, { actorId, deletedAt, now }: Retirement): Promise<void> {
  await tx.experiments.update(experiment.id, { deletedAt, updatedAt: now });
  await tx.runs.markAllDeleted(experiment.id, deletedAt);
  await tx.outbox.analyse(experiment.id);
  await announceExperiment(tx, experiment, { actorId, verb: deletedAt === null ? 'restored' : 'deleted' });
}
