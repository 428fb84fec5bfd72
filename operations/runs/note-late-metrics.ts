import type { Ports } from '../ports/ports.ts';
import { announceRun, hasEnded } from './announce-run.ts';

/**
 * To be called after metrics of a run were made durable. Points that reach a run which has ended change what statistics read of it, so its experiment is
 * analysed again. The status is read after the points were committed: a run that ends later than this asks for the analysis itself.
 */
export async function noteLateMetrics(ports: Pick<Ports, 'store'>, runId: string): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const run = await tx.runs.get(runId);
    if (!run || !hasEnded(run.status)) return;
    const experiment = await tx.experiments.get(run.experimentId);
    if (!experiment) return;
    await tx.outbox.analyse(run.experimentId);
    await announceRun(tx, run, experiment.projectId, 'logged');
  });
}
