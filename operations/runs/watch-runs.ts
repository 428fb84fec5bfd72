import { healthEvent, healthNow, heardAt, withInterval, type RunHealth } from '../../domain/runs/run-health.ts';
import type { HappeningKind } from '../../domain/notifications/happening.ts';
import type { Ports } from '../ports/ports.ts';
import type { HealthLook, WatchedRun } from '../ports/run-health.ts';
import { announceRun } from './announce-run.ts';

export const RUNS_A_LOOK = 500;

/** What people are told of; that a run is heard again is good to see, and no news. */
const TOLD: Readonly<Record<string, HappeningKind>> = { diverged: 'RUN_DIVERGED', stalled: 'RUN_STALLED', lost: 'RUN_STALLED' };

/**
 * One look at the runs that train: notes how each is doing, announces what changed, and has those that began to log folded into variants.
 * Answers how many were looked at. Never touches a run's status.
 */
export async function watchRuns({ store, clock }: Pick<Ports, 'store' | 'clock'>): Promise<number> {
  return store.transaction(async (tx) => {
    const now = clock.now();
    const runs = await tx.runHealth.toWatch(RUNS_A_LOOK);
    const looks = runs.map((run) => ({ run, look: lookAt(run, now) }));
    await tx.runHealth.saveLooks(looks.map(({ look }) => look), now);
    for (const { run, look } of looks) {
      const verb = healthEvent(run.looked.state, look.health.state);
      const kind = verb === null ? undefined : TOLD[verb];
      if (kind) await tx.happenings.add({ kind, projectId: run.projectId, experimentId: run.experimentId, subjectId: run.runId, actorId: null, detail: { about: run.name, ...(look.health.reason === null ? {} : { said: look.health.reason }) } });
      if (verb !== null) await announceRun(tx, { id: run.runId, experimentId: run.experimentId }, run.projectId, verb);
    }
    for (const experimentId of new Set(runs.filter(({ unplaced }) => unplaced).map((run) => run.experimentId))) await tx.outbox.analyse(experimentId);
    return runs.length;
  });
}

function lookAt(run: WatchedRun, now: Date): HealthLook {
  const heard = heardAt(run);
  const intervals = run.heardAt !== null && heard > run.heardAt ? withInterval(run.intervals, run.heardAt, heard) : run.intervals;
  return { runId: run.runId, heardAt: heard, intervals, health: sameSince(run.looked, healthNow({ ...run, intervals }, run.running ? now : heard)) };
}

/** What goes on began when it was first seen, whatever the newest point says. */
const sameSince = (before: RunHealth, now: RunHealth): RunHealth => (before.state === now.state && now.state === 'DIVERGED' ? { ...now, since: before.since } : now);
