import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../ports/ports.ts';
import { announceRun, indexRun } from './announce-run.ts';
import { reachRun } from './reach.ts';

/** Takes a run out of lists and statistics. Nothing is lost: `restoreRun` brings it back. */
export const deleteRun = (ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, runId: string): Promise<void> => setDeleted(ports, viewer, runId, 'deleted');

export const restoreRun = (ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, runId: string): Promise<void> => setDeleted(ports, viewer, runId, 'restored');

async function setDeleted(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, runId: string, verb: 'deleted' | 'restored'): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, runId, 'run.delete');
    if ((run.deletedAt !== null) === (verb === 'deleted')) return;
    const now = ports.clock.now();
    const deletedAt = verb === 'deleted' ? now : null;
    await tx.runs.update(runId, { deletedAt, updatedAt: now });
    await indexRun(tx, { ...run, deletedAt }, project.id);
    await tx.outbox.analyse(run.experimentId);
    await announceRun(tx, run, project.id, verb);
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: `run.${verb}`, subjectKind: 'run', subjectId: runId });
  });
}
