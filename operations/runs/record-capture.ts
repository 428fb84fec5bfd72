import type { Viewer } from '../../domain/access/viewer.ts';
import { environmentFromCapture, factsFromCapture, withoutSecrets, type RunCapture } from '../../domain/runs/capture.ts';
import { changesFingerprint } from '../../domain/runs/run-tags.ts';
import type { Ports } from '../ports/ports.ts';
import type { Run, RunChanges } from '../ports/runs.ts';
import { announceRun, indexRun, isPlaced } from './announce-run.ts';
import { joinEnvironment } from './join-environment.ts';
import { reachRun, requireActiveRun } from './reach.ts';

/**
 * Keeps what a run was made of, in place of what was captured before, and answers whether anything is new. Its code and its packages become the run's: the experiment
 * is analysed again where that makes the run another variant. Refuses a deleted run with `run/deleted`.
 */
export async function recordCapture(ports: Pick<Ports, 'store' | 'clock' | 'ids' | 'secrets'>, viewer: Viewer, request: { readonly runId: string; readonly capture: RunCapture }): Promise<boolean> {
  const capture = withoutSecrets(request.capture);
  return ports.store.transaction(async (tx) => {
    const { run, project } = await reachRun(tx, viewer, request.runId, 'run.log');
    requireActiveRun(run);
    if (sameText(await tx.runs.capture(run.id), capture)) return false;
    const now = ports.clock.now();
    await tx.runs.saveCapture(run.id, capture, now);
    const environmentId = await joinEnvironment(tx, ports, run, environmentFromCapture(capture));
    const changes = changesOf(run, { ...factsFromCapture(capture, ports.secrets.digest), environmentId });
    await tx.runs.update(run.id, { ...changes, updatedAt: now });
    await indexRun(tx, { ...run, ...changes }, project.id);
    if (isPlaced(run) && (changesFingerprint(changes) || 'environmentId' in changes)) await tx.outbox.analyse(run.experimentId);
    await announceRun(tx, run, project.id, 'updated');
    return true;
  });
}

/** Only what differs from what is. */
const changesOf = (run: Run, facts: RunChanges): RunChanges => Object.fromEntries(Object.entries(facts).filter(([field, value]) => run[field as keyof Run] !== value));

/** Postgres keeps the fields of JSON in an order of its own. */
const sameText = (before: RunCapture | null, after: RunCapture): boolean => before !== null && ordered(before) === ordered(after);
const ordered = (value: unknown): string => JSON.stringify(value, (_, each: unknown) => (isTable(each) ? Object.fromEntries(Object.entries(each).toSorted(([a], [b]) => (a < b ? -1 : 1))) : each));
const isTable = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value);
