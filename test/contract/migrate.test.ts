import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../adapters/postgres/client.ts';
import { postgresMetricPacking } from '../../adapters/postgres/metrics/metric-packing.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import { encodeSegment, segmentBytes } from '../../adapters/postgres/metrics/segment.ts';
import { MIGRATIONS_FOLDER, migrate, MigrationRefused } from '../../adapters/postgres/migrate.ts';
import { emptyDatabase, type FreshDatabase } from '../support/fresh-database.ts';

let database: FreshDatabase;
let folder: string;
beforeEach(async () => {
  database = await emptyDatabase();
  folder = mkdtempSync(join(tmpdir(), 'lemma-migrations-'));
});
afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function write(name: string, sql: string): void {
  mkdirSync(join(folder, name), { recursive: true });
  writeFileSync(join(folder, name, 'migration.sql'), sql);
}

async function query<Row extends object>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const tables = async () => (await query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)).map(({ name }) => name);

describe('migrating', () => {
  test('applies what is missing, in order, once', async () => {
    write('0002_second', 'ALTER TABLE things ADD COLUMN weight INTEGER');
    write('0001_first', 'CREATE TABLE things (id INTEGER PRIMARY KEY)');
    expect(await migrate(database.url, folder)).toEqual({ applied: ['0001_first', '0002_second'], present: ['0001_first', '0002_second'] });
    expect(await migrate(database.url, folder)).toEqual({ applied: [], present: ['0001_first', '0002_second'] });
    const rows = await query<{ name: string; steps: number; finished: boolean }>('SELECT migration_name AS name, applied_steps_count AS steps, finished_at >= started_at AS finished FROM _prisma_migrations ORDER BY 1');
    expect(rows).toEqual([{ name: '0001_first', steps: 1, finished: true }, { name: '0002_second', steps: 1, finished: true }]);
  });

  test('keeps the data of the version before', async () => {
    write('0001_first', 'CREATE TABLE things (id INTEGER PRIMARY KEY)');
    await migrate(database.url, folder);
    await query('INSERT INTO things VALUES (7)');
    write('0002_second', 'ALTER TABLE things ADD COLUMN weight INTEGER NOT NULL DEFAULT 3');
    expect((await migrate(database.url, folder)).applied).toEqual(['0002_second']);
    expect(await query('SELECT * FROM things')).toEqual([{ id: 7, weight: 3 }]);
  });

  test('takes a migration back whole when a statement of it fails, and keeps the ones before', async () => {
    write('0001_first', 'CREATE TABLE things (id INTEGER PRIMARY KEY)');
    write('0002_second', 'CREATE TABLE others (id INTEGER); SELECT 1 / 0');
    await expect(migrate(database.url, folder)).rejects.toThrow(/"0002_second" failed and was taken back: division by zero/);
    expect(await tables()).toEqual(['_prisma_migrations', 'things']);
  });

  test('refuses the database of a newer version and touches nothing', async () => {
    write('0001_first', 'CREATE TABLE things (id INTEGER PRIMARY KEY)');
    write('0002_second', 'CREATE TABLE others (id INTEGER)');
    await migrate(database.url, folder);
    rmSync(join(folder, '0002_second'), { recursive: true });
    write('0003_third', 'CREATE TABLE never (id INTEGER)');
    const refused = migrate(database.url, folder);
    await expect(refused).rejects.toBeInstanceOf(MigrationRefused);
    await expect(refused).rejects.toThrow(/newer Lemma: it has the migration "0002_second"/);
    expect(await tables()).toEqual(['_prisma_migrations', 'others', 'things']);
  });

  test('refuses when an applied migration reads otherwise now', async () => {
    write('0001_first', 'CREATE TABLE things (id INTEGER PRIMARY KEY)');
    await migrate(database.url, folder);
    write('0001_first', 'CREATE TABLE things (id BIGINT PRIMARY KEY)');
    await expect(migrate(database.url, folder)).rejects.toThrow(/another text of the migration "0001_first"/);
  });

  test('lets several processes start at once: one works, the others find it done', async () => {
    write('0001_first', 'CREATE TABLE things (id INTEGER PRIMARY KEY); SELECT pg_sleep(0.2)');
    const reports = await Promise.all([1, 2, 3].map(() => migrate(database.url, folder)));
    expect(reports.flatMap((report) => report.applied)).toEqual(['0001_first']);
  });

  test('points that were logged before segments could be packed are read as they were, and can be packed', async () => {
    cpSync(join(MIGRATIONS_FOLDER, '0001_first'), join(folder, '0001_first'), { recursive: true });
    await migrate(database.url, folder);
    const columns = { steps: new BigInt64Array([1n, 2n]), timestamps: new BigInt64Array([10n, 20n]), values: new Float64Array([0.5, NaN]) };
    const data = Buffer.from(new ArrayBuffer(segmentBytes([columns])));
    encodeSegment([columns], data);
    await query(`INSERT INTO metric_heads (run_id, sequence) VALUES ('r', 1);
      INSERT INTO metric_series (id, run_id, key, count, last_value, last_step, last_timestamp, first_step) VALUES (1, 'r', 'loss', 2, 'NaN', 2, 20, 1);
      INSERT INTO metric_segments (run_id, sequence, series_ids, first_step, last_step, first_timestamp, last_timestamp, points, data) VALUES ('r', 1, '{1}', 1, 2, 10, 20, 2, '\\x${data.toString('hex')}')`);
    await migrate(database.url);
    const opened = openDatabase(database.url, 2);
    const store = postgresMetricStore(opened, { publish: () => {} });
    const read = async () => (await store.series({ runIds: ['r'] })).get('r');
    expect(await read()).toEqual([{ key: 'loss', ...columns }]);
    expect(await query("SELECT tableoid::regclass::text AS lies, partition FROM metric_segments")).toEqual([{ lies: 'metric_segments_1', partition: 1 }]);
    expect(await postgresMetricPacking(opened, { restMs: -1 }).pack('r')).toBe(true);
    expect(await read()).toEqual([{ key: 'loss', ...columns }]);
    expect(await store.since('r', 0, 10)).toEqual([{ sequence: 1, series: [{ key: 'loss', ...columns }] }]);
    await opened.close();
  });

  test("this version's own migrations make a whole database", async () => {
    cpSync(MIGRATIONS_FOLDER, folder, { recursive: true });
    await migrate(database.url, folder);
    expect((await tables()).length).toBeGreaterThan(20);
  });
});
