import type { Pool, PoolClient } from 'pg';
import type { LoggedSegment } from '../../../operations/ports/metric-store.ts';
import { lockHeads, readSeries, readStreams, writeFlush, type SeriesName } from './append-statements.ts';
import { ClientStreams } from './client-streams.ts';
import type { Append, Outcome } from './committer.ts';
import { inTransaction, retried, sqlState } from './in-transaction.ts';
import { findKnown } from './find-known.ts';
import { planFlush, reachingBack, type FlushPlan } from './plan-flush.ts';
import type { UnpackedRows } from './unpacked-rows.ts';

/** Bad data (22, 23), a limit of the program (54) or our own bug; not a lost connection or a full disk, which would befall every append alone too. */
export const mayBeOneAppendsFault = (problem: unknown): boolean => /^(22|23|54)/.test(sqlState(problem)) || (problem instanceof Error && !('code' in problem));

/** What writing needs beside the appends. */
export interface Writing {
  readonly pool: Pool;
  readonly unpacked: UnpackedRows;
  readonly publish: (runId: string, segment: LoggedSegment) => void;
}

/** Writes the appends in one transaction and announces what was new after its commit; answers how many points of each were new, or why it was left out. */
export async function writeAppends({ pool, unpacked, publish }: Writing, appends: readonly Append[]): Promise<readonly Outcome[]> {
  const plan = await retried(() => inTransaction(pool, (client) => writeOnce(client, appends, unpacked)));
  for (const { runId, segment } of plan.published) publish(runId, segment);
  return plan.outcomes;
}

/** Forgets all that was logged for the runs. An append in progress comes before all of it or after: both hold the lock of the run's log. */
export async function deleteRuns(pool: Pool, runIds: readonly string[]): Promise<void> {
  await retried(() => inTransaction(pool, async (client) => {
    await lockHeads(client, sorted(runIds));
    for (const table of ['metric_segments', 'metric_series', 'metric_streams', 'metric_heads']) await client.query(`DELETE FROM ${table} WHERE run_id = ANY($1::text[])`, [runIds]);
  }));
}

async function writeOnce(client: PoolClient, appends: readonly Append[], unpacked: UnpackedRows): Promise<FlushPlan> {
  const heads = await lockHeads(client, sorted(appends.map(({ runId }) => runId)));
  const stored = await readSeries(client, namesOf(appends));
  const known = await findKnown(client, reachingBack(appends, stored), unpacked);
  const plan = planFlush(appends, { stored, heads, known, streams: await streamsOf(client, appends) });
  if (plan.flush.segments.length > 0 || plan.flush.streams.length > 0) await writeFlush(client, plan.flush);
  return plan;
}

const sorted = (runIds: readonly string[]): readonly string[] => [...new Set(runIds)].toSorted((a, b) => (a < b ? -1 : 1));

async function streamsOf(client: PoolClient, appends: readonly Append[]): Promise<ClientStreams> {
  const named = appends.flatMap(({ runId, place }) => (place === null ? [] : [{ runId, stream: place.stream }]));
  return new ClientStreams(named.length === 0 ? [] : await readStreams(client, named));
}

function namesOf(appends: readonly Append[]): SeriesName[] {
  const byRun = new Map<string, Set<string>>();
  for (const { runId, series } of appends) {
    const keys = byRun.get(runId) ?? new Set<string>();
    byRun.set(runId, keys);
    for (const { key } of series) keys.add(key);
  }
  return [...byRun].flatMap(([runId, keys]) => [...keys].map((key) => ({ runId, key })));
}
