import type { Viewer } from '../../domain/access/viewer.ts';
import { exclusionReason } from '../../domain/runs/run-texts.ts';
import type { Ports } from '../ports/ports.ts';
import type { RunChanges } from '../ports/runs.ts';
import { announceRun } from './announce-run.ts';
import { reachRun } from './reach.ts';

/** Keeps and shows a run, and leaves it out of the statistics. Excluding it again replaces the reason. */
export async function excludeRun(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly runId: string; readonly reason: string }): Promise<void> {
  const reason = exclusionReason(request.reason);
  await decide(ports, viewer, request.runId, { verb: 'excluded', reason });
}

/** Counts an excluded run again. */
export const includeRun = (ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, runId: string): Promise<void> => decide(ports, viewer, runId, { verb: 'included', reason: null });

type Decision = { readonly verb: 'excluded'; readonly reason: string } | { readonly verb: 'included'; readonly reason: null };

async function decide(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, runId: string, { verb, reason }: Decision): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, runId, 'run.exclude');
    if (run.excludedAt === null ? reason === null : run.excludedReason === reason) return;
    const now = ports.clock.now();
    const changes: RunChanges = { excludedAt: reason === null ? null : now, excludedReason: reason, excludedById: reason === null ? null : viewer.personId, updatedAt: now };
    await tx.runs.update(runId, changes);
    await tx.outbox.analyse(run.experimentId);
    await announceRun(tx, run, project.id, verb);
    await tx.audit.append({ projectId: project.id, actorId: viewer.personId, action: `run.${verb}`, subjectKind: 'run', subjectId: runId, detail: { reason: reason ?? run.excludedReason } });
  });
}
