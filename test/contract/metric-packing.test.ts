import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricPacking } from '../../adapters/postgres/metrics/metric-packing.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import { packMetrics } from '../../operations/metrics/pack-metrics.ts';
import type { MetricPoint, MetricStore } from '../../operations/ports/metric-store.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';
import { WatchedPool } from '../support/watched-pool.ts';

// That nobody sees a difference after packing is in metric-store.test.ts; here is when it happens, what it saves, and who may come in between.

let fresh: FreshDatabase;
let database: Database;
let store: MetricStore;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  store = postgresMetricStore(database, { publish: () => {} });
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const newRun = (): string => randomBytes(16).toString('hex');
const noise = (at: number): number => Math.fround(Math.sin(at / 500) + ((at * 7919) % 1000) / 10_000);
const curve = (key: string, from: number, to: number): MetricPoint[] =>
  Array.from({ length: to - from }, (_, at) => ({ key, step: BigInt(from + at), timestamp: 1_700_000_000_000n + BigInt((from + at) * 100 + ((from + at) * 31) % 17), value: noise(from + at) }));

interface Rows { readonly rows: number; readonly packed: number; readonly overviews: number; readonly bytes: number; readonly points: number }
async function rowsOf(runId: string): Promise<Rows> {
  const { rows } = await database.pool.query<Rows>(`SELECT count(*)::int AS rows, count(*) FILTER (WHERE packed)::int AS packed, count(overview)::int AS overviews,
    coalesce(sum(octet_length(data) + coalesce(octet_length(overview), 0)), 0)::int AS bytes, coalesce(sum(points), 0)::int AS points FROM metric_segments WHERE run_id = $1`, [runId]);
  return rows[0] ?? { rows: 0, packed: 0, overviews: 0, bytes: 0, points: 0 };
}
const resting = () => postgresMetricPacking(database, { restMs: -1 });

describe('packing', () => {
  it('is due for a run with many appends, and for one that rests, the longest rest first; not again until something came', async () => {
    const [busy, quiet] = [newRun(), newRun()];
    for (let at = 0; at < 4; at += 1) await store.append(busy, curve('m', at, at + 1));
    await store.append(quiet, curve('m', 0, 1));
    expect(await postgresMetricPacking(database).due(100)).toEqual([]);
    expect(await postgresMetricPacking(database, { appends: 4 }).due(100)).toEqual([busy]);
    expect((await resting().due(100)).toSorted()).toEqual([busy, quiet].toSorted());
    await database.pool.query(`UPDATE metric_heads SET last_logged_at = now() - interval '1 hour' WHERE run_id = $1`, [quiet]);
    expect(await resting().due(1)).toEqual([quiet]);
    expect(await packMetrics(resting(), new AbortController().signal)).toBe(false);
    expect(await resting().due(100)).toEqual([]);
    expect([await rowsOf(busy), await rowsOf(quiet)]).toMatchObject([{ rows: 1, packed: 1 }, { rows: 1, packed: 1 }]);
    await store.append(busy, curve('m', 4, 5));
    expect(await resting().due(100)).toEqual([busy]);
    await packMetrics(resting(), AbortSignal.abort());
    expect(await rowsOf(busy)).toMatchObject({ rows: 2, packed: 1 });
    await store.delete([busy]);
    expect(await resting().due(100)).toEqual([]);
  });

  it('keeps a long float32 curve in at most 4.5 bytes a point, overview and all, and many short ones together', async () => {
    const [long, wide] = [newRun(), newRun()];
    for (let at = 0; at < 80; at += 1) await store.append(long, curve('m', at * 1000, at * 1000 + 1000));
    for (let step = 0; step < 20; step += 1) await store.append(wide, Array.from({ length: 500 }, (_, each) => curve(`m${each}`, step, step + 1)).flat());
    await resting().pack(long);
    await resting().pack(wide);
    const rows = await rowsOf(long);
    expect(rows).toMatchObject({ rows: 2, packed: 2, overviews: 2, points: 80_000 });
    expect(rows.bytes / rows.points).toBeLessThan(4.5);
    expect(await rowsOf(wide)).toMatchObject({ rows: 4, points: 10_000, overviews: 0 });
    expect((await store.series({ runIds: [wide], keys: ['m77'] })).get(wide)?.[0]?.values.length).toBe(20);
  });

  it('lets a chart read overviews: a spike is there, the end is there, what came since is there', async () => {
    const run = newRun();
    const points = curve('m', 0, 60_000).map((point) => (point.step === 12_345n ? { ...point, value: 99 } : point.step === 54_321n ? { ...point, value: NaN } : point));
    for (let at = 0; at < 60; at += 1) await store.append(run, points.slice(at * 1000, at * 1000 + 1000));
    await resting().pack(run);
    await store.append(run, curve('m', 60_000, 60_500));
    // Were whole rows read, these bytes would be found to be none.
    await database.pool.query(`UPDATE metric_segments SET data = 'spoiled' WHERE run_id = $1 AND packed`, [run]);
    const [columns] = (await store.series({ runIds: [run], maxPoints: 1000 })).get(run) ?? [];
    expect(columns?.values.length).toBeLessThanOrEqual(1000);
    expect(columns?.values.length).toBeGreaterThan(500);
    expect([...columns?.steps ?? []]).toEqual(expect.arrayContaining([0n, 12_345n, 54_321n, 60_499n]));
    await expect(store.series({ runIds: [run] })).rejects.toThrow(/segment/);
  });

  it('unpacks a row once for a client that sends its whole log again, and anew when it was packed anew', async () => {
    const watched = new WatchedPool(database.pool);
    const own = postgresMetricStore(watched.pool, { publish: () => {} });
    const run = newRun();
    const batches = Array.from({ length: 30 }, (_, at) => curve('m', at * 100, at * 100 + 100));
    for (const batch of batches) await own.append(run, batch);
    await resting().pack(run);
    const readings = async (act: () => Promise<void>): Promise<number> => {
      const before = watched.ran.length;
      await act();
      return watched.ran.slice(before).filter(({ name }) => name === 'metric-segments-at').length;
    };
    const allAgain = async (): Promise<void> => { for (const batch of batches) expect(await own.append(run, batch)).toBe(0); };
    expect(await readings(allAgain)).toBe(1);
    // A point in the middle: packed again, the row stands where it stood, and holds one more.
    const [late] = curve('m', 1_500, 1_501).map((point) => ({ ...point, value: 7 }));
    if (!late) throw new Error('no point');
    expect(await own.append(run, [late])).toBe(1);
    await resting().pack(run);
    expect(await rowsOf(run)).toMatchObject({ rows: 1, packed: 1, points: 3_001 });
    expect(await readings(async () => { expect(await own.append(run, [late])).toBe(0); })).toBe(1);
    expect(await readings(allAgain)).toBe(0);
    expect(await rowsOf(run)).toMatchObject({ points: 3_001 });
  });

  it('in two processes at once packs once', async () => {
    const other = openDatabase(fresh.url, 4);
    const run = newRun();
    for (let at = 0; at < 30; at += 1) await store.append(run, curve('m', at * 10, at * 10 + 10));
    const packings = [database, other].map((each) => postgresMetricPacking(each, { restMs: -1 }));
    const done = await Promise.all([...packings, ...packings].map((packing) => packing.pack(run)));
    expect(done.filter(Boolean).length).toBeGreaterThan(0);
    expect(await rowsOf(run)).toMatchObject({ rows: 1, packed: 1, points: 300 });
    await other.close();
  });

  it('leaves alone a run that was deleted, or deleted and logged to again, while it was read', async () => {
    const run = newRun();
    await store.append(run, curve('m', 0, 10));
    const watched = new WatchedPool(database.pool);
    // The rows were read, and are about to be replaced.
    watched.before = async (name) => {
      if (name !== 'BEGIN') return;
      await store.delete([run]);
      await store.append(run, curve('n', 0, 5));
    };
    expect(await postgresMetricPacking(watched.pool, { restMs: -1 }).pack(run)).toBe(false);
    expect((await store.series({ runIds: [run] })).get(run)?.map(({ key, values }) => [key, values.length])).toEqual([['n', 5]]);
    await store.delete([run]);
    expect(await resting().pack(run)).toBe(false);
  });

  it('that dies half-way changed nothing', async () => {
    const run = newRun();
    for (let at = 0; at < 5; at += 1) await store.append(run, curve('m', at * 10, at * 10 + 10));
    const before = await rowsOf(run);
    const watched = new WatchedPool(database.pool);
    watched.before = async (name, client) => {
      if (name !== 'metric-packing-insert') return;
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      client.on('error', () => {});
      const ended = new Promise((resolve) => { client.once('end', resolve); });
      await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await ended;
    };
    await expect(postgresMetricPacking(watched.pool, { restMs: -1 }).pack(run)).rejects.toThrow(/connection|closed/i);
    expect(await rowsOf(run)).toEqual(before);
    expect(await resting().pack(run)).toBe(true);
    expect(await rowsOf(run)).toMatchObject({ rows: 1, packed: 1, points: 50 });
  });

  it('while clients log, read and resume, loses and repeats nothing', async () => {
    const run = newRun();
    let done = false;
    const packing = (async () => { while (!done) await postgresMetricPacking(database, { restMs: -1 }).pack(run); })();
    const seen: bigint[] = [];
    let position = 0;
    const follow = async () => {
      for (const { sequence, series } of await store.since(run, position, 4)) {
        position = sequence;
        seen.push(...series.flatMap(({ steps }) => [...steps]));
      }
    };
    const writing = Promise.all(Array.from({ length: 6 }, async (_, writer) => {
      for (let at = 0; at < 40; at += 1) await store.append(run, curve('m', (at * 6 + writer) * 5 - 2, (at * 6 + writer) * 5 + 5));
    }));
    const reading = (async () => { while (!done) { await follow(); expect((await store.series({ runIds: [run] })).get(run)?.[0]?.values.length ?? 0).toBeLessThanOrEqual(1202); } })();
    await writing;
    done = true;
    await Promise.all([packing, reading]);
    for (let before = -1; before !== position;) { before = position; await follow(); }
    const steps = Array.from({ length: 1202 }, (_, at) => BigInt(at - 2));
    expect(seen.toSorted((a, b) => Number(a - b))).toEqual(steps);
    expect([...(await store.series({ runIds: [run] })).get(run)?.[0]?.steps ?? []]).toEqual(steps);
    expect((await store.summaries([run])).get(run)?.[0]?.count).toBe(1202);
  });
});
