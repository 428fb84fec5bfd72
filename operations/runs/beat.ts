import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../ports/ports.ts';
import type { RunStatus } from '../ports/runs.ts';
import { reachRun, requireActiveRun } from './reach.ts';

/** A run's process says that it lives. Resolves to the run's status: somebody may have ended it meanwhile. */
export async function beat(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, runId: string): Promise<RunStatus> {
  return ports.store.transaction(async (tx) => {
    const { run } = await reachRun(tx, viewer, runId, 'run.log');
    requireActiveRun(run);
    await tx.runHealth.beat(runId, ports.clock.now());
    return run.status;
  });
}
