import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricPacking } from '../../adapters/postgres/metrics/metric-packing.ts';
import { postgresMetricPartitions, segmentsOf } from '../../adapters/postgres/metrics/metric-partitions.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import { boundPartitions } from '../../operations/metrics/bound-partitions.ts';
import type { MetricPoint, MetricStore } from '../../operations/ports/metric-store.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

// That readers and writers see no difference is in metric-store.test.ts; here is when partitions come and go, and who may be in the way.

const BOUND = 256 * 1024;

let fresh: FreshDatabase;
let database: Database;
let store: MetricStore;
beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  store = postgresMetricStore(database, { publish: () => {} });
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
});

const newRun = (): string => randomBytes(16).toString('hex');
const curve = (from: number, to: number): MetricPoint[] => Array.from({ length: to - from }, (_, at) => ({ key: 'm', step: BigInt(from + at), timestamp: BigInt(from + at), value: Math.sin(from + at) }));
const signal = new AbortController().signal;
const query = async <Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => (await database.pool.query<Row>(sql, [...values])).rows;

interface Partition { readonly number: number; readonly opened: boolean; readonly rows: number; readonly bytes: number }
async function partitions(): Promise<Partition[]> {
  const all = await query<{ number: number; opened: boolean; bytes: number }>(
    `SELECT number, opened_at IS NOT NULL AS opened, pg_total_relation_size(('metric_segments_' || number)::regclass)::int AS bytes FROM metric_partitions ORDER BY 1`);
  const rows = new Map((await query<{ partition: number; rows: number }>('SELECT partition, count(*)::int AS rows FROM metric_segments GROUP BY 1')).map(({ partition, rows: count }) => [partition, count]));
  return all.map((each) => ({ ...each, rows: rows.get(each.number) ?? 0 }));
}
const stepsOf = async (runId: string) => [...(await store.series({ runIds: [runId] })).get(runId)?.[0]?.steps ?? []];
const steps = (to: number) => Array.from({ length: to }, (_, at) => BigInt(at));
/** How many of the partitions a statement says it goes through. */
const gone = (plan: readonly { readonly 'QUERY PLAN': string }[]): number => new Set(plan.flatMap(({ 'QUERY PLAN': line }) => (line.includes('never executed') ? [] : line.match(/metric_segments_\d+ /g) ?? []))).size;

/** Logs curves of 1,000 points with a pass of upkeep after each. */
async function fill(runs: readonly string[], batches: number): Promise<void> {
  const bounded = postgresMetricPartitions(database, { boundBytes: BOUND });
  for (let at = 0; at < batches; at += 1) {
    for (const run of runs) await store.append(run, curve(at * 1_000, at * 1_000 + 1_000));
    await boundPartitions(bounded, signal);
  }
}

test('every partition stays about as large as it may, one stands ready behind the newest, and a run over many of them is read, sent again and deleted whole', async () => {
  const [run, other] = [newRun(), newRun()];
  await fill([run, other], 40);
  const all = await partitions();
  expect(all.length).toBeGreaterThan(5);
  expect(all.map(({ opened }) => opened)).toEqual(all.map((_, at) => at < all.length - 1));
  expect(all.filter(({ bytes }) => bytes > BOUND + 3 * 64 * 1024)).toEqual([]);
  expect(await stepsOf(run)).toEqual(steps(40_000));
  expect(await store.append(run, curve(500, 39_500))).toBe(0);
  expect((await store.since(run, 0, 100)).length).toBe(40);
  await store.delete([run]);
  expect([await stepsOf(run), (await stepsOf(other)).length, (await store.summaries([run])).size]).toEqual([[], 40_000, 0]);
});

test('every partition keeps its columns out of line and uncompressed, with the same indexes', async () => {
  await fill([newRun()], 20);
  const shapes = await query<{ shape: string }>(`
    SELECT string_agg(a.attname || ' ' || a.attstorage::text, ', ' ORDER BY a.attname) || ', ' || (SELECT string_agg(shape, ', ' ORDER BY shape) FROM (SELECT regexp_replace(indexdef, 'metric_segments_\\d+', '', 'g') AS shape FROM pg_indexes WHERE tablename = c.relname) AS i) AS shape
    FROM pg_partition_tree('metric_segments') t JOIN pg_class c ON c.oid = t.relid JOIN pg_attribute a ON a.attrelid = c.oid WHERE t.isleaf AND a.attnum > 0 AND NOT a.attisdropped GROUP BY c.relname`);
  expect(shapes.length).toBeGreaterThan(2);
  expect(new Set(shapes.map(({ shape }) => shape)).size).toBe(1);
  expect(shapes[0]?.shape).toMatch(/\bdata e\b.*\boverview e\b.*\bstretches e\b.*UNIQUE INDEX/);
});

test('a reader looks only where the run has points', async () => {
  const early = newRun();
  await store.append(early, curve(0, 100));
  await fill([newRun()], 40);
  expect((await partitions()).length).toBeGreaterThan(4);
  const plan = await query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) SELECT g.points FROM metric_heads h CROSS JOIN ${segmentsOf('h', 'true')} AS g WHERE h.run_id = ANY($1::text[])`, [[early]]);
  expect(gone(plan)).toBe(1);
});

test('the room of deleted runs is given back: what is left moves on, and an empty partition goes', async () => {
  const [kept, given] = [newRun(), newRun()];
  await store.append(kept, curve(0, 10));
  await fill([given], 30);
  const before = await partitions();
  await store.append(kept, curve(10, 20));
  await store.delete([given]);
  const bounded = postgresMetricPartitions(database, { boundBytes: BOUND });
  for (const _ of before) await boundPartitions(bounded, signal);
  const after = await partitions();
  expect(before.length).toBeGreaterThan(3);
  expect(after.map(({ number }) => number)).toEqual(before.slice(-2).map(({ number }) => number));
  expect(await stepsOf(kept)).toEqual(steps(20));
  expect(await store.append(kept, curve(5, 25))).toBe(5);
  expect(await query('SELECT partitions FROM metric_heads')).toEqual([{ partitions: [after[0]?.number] }]);
});

test('packing moves what it packs to the newest partition, and a partition full of points stays where it is', async () => {
  const [run, full] = [newRun(), newRun()];
  await fill([run], 10);
  await postgresMetricPacking(database, { restMs: -1 }).pack(run);
  const current = (await partitions()).findLast(({ opened }) => opened);
  expect((await partitions()).filter(({ rows }) => rows > 0)).toEqual([expect.objectContaining({ number: current?.number, rows: 1 })]);
  await fill([full], 20);
  const closed = (await partitions()).filter(({ opened }) => opened).slice(0, -1).filter(({ rows }) => rows > 5);
  expect(closed.length).toBeGreaterThan(0);
  const bounded = postgresMetricPartitions(database, { boundBytes: BOUND });
  for (let pass = 0; pass < 20; pass += 1) await bounded.reclaim(signal);
  expect(await partitions()).toEqual(expect.arrayContaining(closed));
  expect([await stepsOf(run), await stepsOf(full)]).toEqual([steps(10_000), steps(20_000)]);
});

test('nobody waits for a partition to be made; one is not dropped under a reader, and goes later', async () => {
  const run = newRun();
  const bounded = postgresMetricPartitions(database, { boundBytes: 1 });
  const reader = await database.pool.connect();
  try {
    await store.append(run, curve(0, 10));
    await reader.query('BEGIN');
    await reader.query('SELECT count(*) FROM metric_segments');
    for (let pass = 0; pass < 4; pass += 1) await bounded.advance();
    const made = await partitions();
    expect(made.length).toBeGreaterThan(2);
    await store.append(run, curve(10, 20));
    await store.delete([run]);
    for (const _ of made) await bounded.reclaim(signal);
    expect(await partitions()).toHaveLength(made.length);
    await reader.query('COMMIT');
    for (const _ of made) await bounded.reclaim(signal);
    expect((await partitions()).length).toBeLessThan(made.length);
  } finally {
    reader.release();
  }
});

test('a partition in which something is left cannot be dropped', async () => {
  await store.append(newRun(), curve(0, 10));
  await expect(database.pool.query('DELETE FROM metric_partitions WHERE number = 1')).rejects.toThrow(/holds points/);
});

test('while clients log, read, pack and upkeep of two processes moves partitions, nothing is lost or repeated', async () => {
  const run = newRun();
  let done = false;
  const meddling = [0, 1].map(async () => {
    const bounded = postgresMetricPartitions(database, { boundBytes: 64 * 1024 });
    while (!done) {
      await boundPartitions(bounded, signal);
      await postgresMetricPacking(database, { restMs: -1 }).pack(run);
      await setTimeout(5);
    }
  });
  const seen: number[] = [];
  const reading = (async () => {
    while (!done) seen.push((await stepsOf(run)).length);
  })();
  for (let at = 0; at < 100; at += 1) await store.append(run, curve(at * 50, at * 50 + 100));
  done = true;
  await Promise.all([...meddling, reading]);
  expect(seen).toEqual(seen.toSorted((a, b) => a - b));
  expect(await stepsOf(run)).toEqual(steps(5_050));
  expect((await partitions()).at(-1)?.number).toBeGreaterThan(3);
});
