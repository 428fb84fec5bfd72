import { keptMs, type KeptDays } from '../../domain/runs/retention.ts';
import { announceExperiment } from '../experiments/write-experiment.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { announceRun } from '../runs/announce-run.ts';

/** Things removed in one pass, so that whoever stops a worker does not wait. */
const A_PASS = 200;

type Needs = Pick<Ports, 'store' | 'metrics' | 'console' | 'clock'>;

/**
 * Removes for good what lay deleted for longer than it is kept: one thing a transaction, which decides; what other stores hold of a removed run goes after it, and again if that was broken off.
 * Answers whether more is waiting.
 */
export async function emptyBin(ports: Needs, keptDays: KeptDays, signal: AbortSignal): Promise<boolean> {
  const before = keptDays === null ? null : ports.clock.after(-keptMs(keptDays));
  let removed = 0;
  if (before !== null) while (removed < A_PASS && !signal.aborted && (await removeOne(ports, before))) removed += 1;
  await clean(ports, signal);
  return removed === A_PASS;
}

/** A run before an experiment: those of an experiment go first. */
const removeOne = ({ store, clock }: Pick<Needs, 'store' | 'clock'>, before: Date): Promise<boolean> =>
  store.transaction(async (tx) => (await removeRun(tx, before, clock.now())) || removeExperiment(tx, before, clock.now()));

async function removeRun(tx: Transaction, before: Date, now: Date): Promise<boolean> {
  const run = await tx.bin.takeRun(before);
  if (!run) return false;
  await tx.bin.removeRun(run, now);
  await announceRun(tx, run, run.projectId, 'removed');
  await tx.audit.append({ projectId: run.projectId, actorId: null, action: 'run.removed', subjectKind: 'run', subjectId: run.id, detail: { name: run.name, deletedAt: run.deletedAt.toISOString() } });
  return true;
}

async function removeExperiment(tx: Transaction, before: Date, now: Date): Promise<boolean> {
  const experiment = await tx.bin.takeExperiment(before);
  if (!experiment) return false;
  await tx.bin.removeExperiment(experiment, now);
  await announceExperiment(tx, experiment, { actorId: null, verb: 'removed', detail: { name: experiment.name, deletedAt: experiment.deletedAt.toISOString() } });
  return true;
}

async function clean({ store, metrics, console, clock }: Needs, signal: AbortSignal): Promise<void> {
  for (const runId of await store.transaction((tx) => tx.bin.uncleaned(A_PASS))) {
    if (signal.aborted) return;
    await metrics.delete([runId]);
    await console.delete([runId]);
    await store.transaction((tx) => tx.bin.noteCleaned(runId, clock.now()));
  }
}
