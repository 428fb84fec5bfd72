import type { Viewer } from '../../domain/access/viewer.ts';
import type { RunExit } from '../../domain/runs/capture.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import type { Ports } from '../ports/ports.ts';
import type { Run, RunChanges, RunStatus } from '../ports/runs.ts';
import type { Transaction } from '../ports/store.ts';
import { announceRun, hasEnded, indexRun } from './announce-run.ts';
import { reachRun, requireActiveRun } from './reach.ts';

export interface RecordRunStatus {
  readonly runId: string;
  readonly status?: RunStatus | undefined;
  readonly endedAt?: Date | undefined;
  readonly name?: string | undefined;
  /** How its process ended. */
  readonly exit?: RunExit | undefined;
}

/** What a client reports of its run: that it ended and how, when, or a new name. Reporting it again changes nothing. */
export async function recordRunStatus(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: RecordRunStatus): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, request.runId, 'run.log');
    requireActiveRun(run);
    const { status, endedAt, name } = reported(run, request);
    const told = await keepExit(tx, run.id, request.exit);
    if (!told && saysTheSame(run, { status, endedAt, name })) return;
    const changes: RunChanges = { status, endedAt, name, updatedAt: ports.clock.now() };
    await tx.runs.update(run.id, changes);
    if (name !== run.name) {
      await tx.runs.setTags(run.id, new Map([[TAG.runName, name]]));
      await indexRun(tx, { ...run, name }, project.id);
    }
    if (status !== run.status) await tx.outbox.analyse(run.experimentId);
    const ends = hasEnded(status) && !hasEnded(run.status);
    await announceRun(tx, run, project.id, ends ? 'ended' : 'updated');
    if (ends) await tellEnd(tx, { ...run, status, name }, project.id);
  });
}

const saysTheSame = (run: Run, { status, endedAt, name }: Pick<Run, 'status' | 'endedAt' | 'name'>): boolean => status === run.status && endedAt?.getTime() === run.endedAt?.getTime() && name === run.name;

const reported = (run: Run, { status, endedAt, name }: RecordRunStatus): Pick<Run, 'status' | 'endedAt' | 'name'> =>
  ({ status: status ?? run.status, endedAt: endedAt ?? run.endedAt, name: name || run.name });

/** Answers whether it was new. */
async function keepExit(tx: Transaction, runId: string, exit: RunExit | undefined): Promise<boolean> {
  if (!exit) return false;
  const before = await tx.runs.exit(runId);
  if (before && before.exitCode === exit.exitCode && before.signal === exit.signal && before.traceback === exit.traceback) return false;
  await tx.runs.saveExit(runId, exit);
  return true;
}

/** Who stopped a run by hand knows it. */
async function tellEnd(tx: Transaction, { id, experimentId, status, name }: Run, projectId: string): Promise<void> {
  if (status !== 'KILLED') await tx.happenings.add({ kind: status === 'FAILED' ? 'RUN_FAILED' : 'RUN_FINISHED', projectId, experimentId, subjectId: id, actorId: null, detail: { about: name } });
}
