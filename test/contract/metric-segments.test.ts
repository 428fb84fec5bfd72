import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import type { LoggedSegment, MetricPoint } from '../../operations/ports/metric-store.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';
import { WatchedPool } from '../support/watched-pool.ts';

// What is particular to metric series in Postgres; what every store keeps is in metric-store.ts.

let fresh: FreshDatabase;
let database: Database;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const silent = { publish: () => {} };
const newRun = (): string => randomBytes(16).toString('hex');
const point = (key: string, step: number, value = step, timestamp = step): MetricPoint => ({ key, step: BigInt(step), timestamp: BigInt(timestamp), value });
const curve = (from: number, to: number): MetricPoint[] => Array.from({ length: to - from }, (_, at) => point('m', from + at));

const rowsRead = ({ ran }: WatchedPool): number => ran.filter(({ name }) => name === 'metric-segments-overlapping').reduce((sum, { rows }) => sum + rows, 0);
const reads = ({ ran }: WatchedPool): number => ran.filter(({ name }) => name === 'metric-segments-overlapping').length;

describe('appending in Postgres', () => {
  it('reads no segment while training only adds: by step, or without steps by time', async () => {
    const watched = new WatchedPool(database.pool);
    const store = postgresMetricStore(watched.pool, silent);
    const run = newRun();
    for (let at = 0; at < 20; at += 1) await store.append(run, [...curve(at * 5, at * 5 + 5), point('stepless', 0, at % 3, at)]);
    expect(reads(watched)).toBe(0);
  });

  it('reads only the segments that can hold a point that is sent again', async () => {
    const watched = new WatchedPool(database.pool);
    const store = postgresMetricStore(watched.pool, silent);
    const [run, stepless] = [newRun(), newRun()];
    for (let at = 0; at < 50; at += 1) await Promise.all([store.append(run, curve(at * 5, at * 5 + 5)), store.append(stepless, [point('m', 0, 1, at)])]);
    expect(await store.append(run, curve(245, 250))).toBe(0);
    expect(rowsRead(watched)).toBe(1);
    expect(await store.append(run, curve(100, 110))).toBe(0);
    expect(rowsRead(watched)).toBe(3);
    // Steps are all 0 here, so only the moment tells segments apart.
    expect(await store.append(stepless, [point('m', 0, 1, 17)])).toBe(0);
    expect(rowsRead(watched)).toBe(4);
  });

  it('reads a batch that reaches back over a long run a few rows at a time, only those that could hold its points, with turns for others between', async () => {
    const watched = new WatchedPool(database.pool);
    const store = postgresMetricStore(watched.pool, silent);
    const [run, other] = [newRun(), newRun()];
    for (let at = 0; at < 100; at += 1) await store.append(run, [...curve(at * 10, at * 10 + 10), point('other', at * 10)]);
    const rowsAt = (): number[] => watched.ran.filter(({ name }) => name === 'metric-segments-at').map(({ rows }) => rows);
    // Two points far apart: all rows lie between them, and two can hold them.
    expect(await store.append(run, [point('m', 5), point('m', 995, 0.5), point('m', 995)])).toBe(1);
    expect(rowsAt()).toEqual([2]);
    let turns = 0;
    const ticking = setInterval(() => { turns += 1; }, 0);
    const [added, elsewhere] = await Promise.all([store.append(run, [...curve(0, 1_010), point('other', 70), point('other', 70, 8)]), store.append(other, curve(0, 5))]);
    clearInterval(ticking);
    expect([added, elsewhere]).toEqual([11, 5]);
    expect(rowsAt().slice(1)).toEqual([16, 16, 16, 16, 16, 16, 5]);
    expect(turns).toBeGreaterThan(5);
    expect([...(await store.series({ runIds: [run], keys: ['m'] })).get(run)?.[0]?.steps ?? []].length).toBe(1_011);
    expect((await store.summaries([run], ['m', 'other'])).get(run)?.map(({ count }) => count)).toEqual([1_011, 101]);
  });

  it('writes appends that arrive together in one transaction', async () => {
    const watched = new WatchedPool(database.pool);
    const store = postgresMetricStore(watched.pool, silent);
    await Promise.all(Array.from({ length: 100 }, () => store.append(newRun(), curve(0, 3))));
    expect(watched.ran.filter(({ name }) => name === 'COMMIT').length).toBeLessThanOrEqual(2);
  });

  it('stores the others when one append of a group cannot be stored', async () => {
    const store = postgresMetricStore(database, silent);
    const runs = Array.from({ length: 6 }, newRun);
    // Longer than an index entry may be and not to be compressed: only Postgres can tell.
    const impossible = randomBytes(6_000).toString('base64');
    const results = await Promise.allSettled(runs.map((run, at) => store.append(run, [...curve(0, 4), ...(at === 2 ? [point(impossible, 1)] : [])])));
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
    expect([...(await store.summaries(runs)).keys()].toSorted()).toEqual(runs.filter((_, at) => at !== 2).toSorted());
  });

  it.each(['metric-flush-write', 'COMMIT'])('leaves nothing behind when the connection dies before %s, and works again at once', async (statement) => {
    const watched = new WatchedPool(database.pool);
    const published: LoggedSegment[] = [];
    const store = postgresMetricStore(watched.pool, { publish: (_run, segment) => { published.push(segment); } });
    const run = newRun();
    let killed = false;
    watched.before = async (name, client) => {
      if (name !== statement || killed) return;
      killed = true;
      const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
      client.on('error', () => {});
      const ended = new Promise((resolve) => { client.once('end', resolve); });
      await database.pool.query('SELECT pg_terminate_backend($1)', [rows[0]?.pid]);
      await ended;
    };
    await expect(store.append(run, curve(0, 5))).rejects.toThrow(/connection|closed/i);
    expect([(await store.summaries([run])).size, await store.since(run, 0, 10), await store.position(run), published]).toEqual([0, [], 0, []]);
    expect(await store.append(run, curve(0, 5))).toBe(5);
    expect(published.map(({ sequence }) => sequence)).toEqual([1]);
  });

  it('keeps one log for writers in several processes', async () => {
    const others = [openDatabase(fresh.url, 4), openDatabase(fresh.url, 4), openDatabase(fresh.url, 4)];
    const stores = others.map((each) => postgresMetricStore(each, silent));
    const runs = [newRun(), newRun(), newRun()];
    const added = await Promise.all(stores.flatMap((store, process) => Array.from({ length: 30 }, (_, at) => store.append(runs[(at + process) % 3] ?? '', curve(at * 2, at * 2 + 6)))));
    const [first] = stores;
    let stored = 0;
    for (const run of runs) {
      const log = await first?.since(run, 0, 1_000) ?? [];
      expect(log.map(({ sequence }) => sequence)).toEqual(log.map((_, at) => at + 1));
      const steps = log.flatMap(({ series }) => series.flatMap((columns) => [...columns.steps]));
      expect(new Set(steps).size).toBe(steps.length);
      expect((await first?.summaries([run]))?.get(run)?.[0]?.count).toBe(steps.length);
      stored += steps.length;
    }
    expect(added.reduce((a, b) => a + b)).toBe(stored);
    await Promise.all(others.map((each) => each.close()));
  });

  it('forgets a run whole while others write to it: what stays is what came after', async () => {
    const store = postgresMetricStore(database, silent);
    const other = postgresMetricStore(database, silent);
    const run = newRun();
    const writing = Promise.all(Array.from({ length: 30 }, (_, at) => store.append(run, curve(at * 3, at * 3 + 3))));
    await other.delete([run]);
    await writing;
    const log = await store.since(run, 0, 1_000);
    expect(log.map(({ sequence }) => sequence)).toEqual(log.map((_, at) => at + 1));
    const points = log.reduce((sum, { series }) => sum + series.reduce((own, { values }) => own + values.length, 0), 0);
    expect((await store.summaries([run])).get(run)?.[0]?.count ?? 0).toBe(points);
  });

  it('waits for room instead of holding everything in memory', async () => {
    const store = postgresMetricStore(database, silent, { maxPointsHeld: 500 });
    const runs = Array.from({ length: 40 }, newRun);
    expect(await Promise.all(runs.map((run) => store.append(run, curve(0, 100))))).toEqual(runs.map(() => 100));
  });
});

describe('reading from Postgres', () => {
  it('fails loudly on bytes that are not a segment', async () => {
    const store = postgresMetricStore(database, silent);
    const run = newRun();
    await store.append(run, curve(0, 5));
    await database.pool.query('UPDATE metric_segments SET data = substring(data FROM 1 FOR 30) WHERE run_id = $1', [run]);
    await expect(store.series({ runIds: [run] })).rejects.toThrow(/segment/);
  });

  it('gives many series of many runs, each whole', async () => {
    const store = postgresMetricStore(database, silent);
    const runs = Array.from({ length: 5 }, newRun);
    await Promise.all(runs.map((run, at) => store.append(run, Array.from({ length: 300 }, (_, each) => point(`m${each % 100}`, each, at)))));
    const found = await store.series({ runIds: runs });
    expect([...found.values()].map((series) => series.length)).toEqual([100, 100, 100, 100, 100]);
    expect([...(found.get(runs[3] ?? '')?.[0]?.values ?? [])]).toEqual([3, 3, 3]);
  });
});
