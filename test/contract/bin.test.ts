import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { fileBlobs } from '../../adapters/object-storage/file-blobs.ts';
import { openBlobs } from '../../adapters/object-storage/open-blobs.ts';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresConsoleStore } from '../../adapters/postgres/console/console-store.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import { openSnapshot } from '../../adapters/postgres/snapshot.ts';
import { postgresStore } from '../../adapters/postgres/store.ts';
import { systemIds } from '../../adapters/system/ambient.ts';
import { emptyBin } from '../../operations/bin/empty-bin.ts';
import { sweepBlobs } from '../../operations/bin/sweep-blobs.ts';
import type { Blobs } from '../../operations/ports/blobs.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';
import { clockAt } from '../support/moved-clock.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-11-28T12:00:00Z');
const [OLD, YOUNG, ALIVE, FAMOUS, LAST] = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32), 'd'.repeat(32), 'e'.repeat(32)] as const;
const RUNS = [OLD, YOUNG, ALIVE, FAMOUS, LAST] as const;
const signal = new AbortController().signal;

let fresh: FreshDatabase;
let database: Database;
let folder: string;
let blobs: Blobs;
beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  folder = mkdtempSync(join(tmpdir(), 'lemma-bin-'));
  blobs = await openBlobs(`file:${folder}`);
  await fill();
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

const portsAt = (now = NOW) => ({
  store: postgresStore(database, systemIds), metrics: postgresMetricStore(database, { publish: () => {} }), console: postgresConsoleStore(database, { publish: () => {} }), blobs, clock: clockAt(now),
});
const query = async <Row extends object>(sql: string): Promise<Row[]> => (await database.pool.query<Row>(sql)).rows;
const ids = async (table: string, column = 'id'): Promise<string[]> => (await query<{ id: string }>(`SELECT DISTINCT ${column} AS id FROM ${table} ORDER BY 1`)).map(({ id }) => id);
async function write(text: string, at = NOW.getTime() - 2 * DAY_MS): Promise<string> {
  const { sha256, size } = await blobs.write((async function* content() { yield Buffer.from(text); })());
  utimesSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256), at / 1000, at / 1000);
  await query(`INSERT INTO blobs (sha256, size, created_at) VALUES ('${sha256}', ${size}, '2026-10-01Z') ON CONFLICT DO NOTHING`);
  return sha256;
}

/** A project with a run deleted long ago and one lately, one alive, one that a registered model came from, and an experiment deleted with its run. */
async function fill(): Promise<void> {
  const [long, late] = ['2026-10-20T12:00:00Z', '2026-11-20T12:00:00Z'];
  await query(`
    INSERT INTO organizations (id, slug, name) VALUES ('org', 'home', 'Home');
    INSERT INTO projects (id, organization_id, slug, key, name) VALUES ('prj', 'org', 'vision', 'VIS', 'Vision');
    INSERT INTO experiments (id, project_id, number, name, deleted_at, updated_at) VALUES ('kept', 'prj', 1, 'kept', NULL, now()), ('gone', 'prj', 2, 'gone', '${long}', now()), ('parent', 'prj', 3, 'parent', '${long}', now());
    INSERT INTO experiment_parents (experiment_id, parent_id) VALUES ('kept', 'parent');
    INSERT INTO verdicts (id, experiment_id, outcome, metric, baseline_runs, treatment_runs, method, explanation, comparisons, inputs_digest, inputs_version, software_version) VALUES ('ver', 'gone', 'INCONCLUSIVE', 'acc', 1, 1, 'welch', '', '[]', '', 1, '');
    UPDATE experiments SET verdict_id = 'ver' WHERE id = 'gone';
    INSERT INTO runs (id, experiment_id, name, deleted_at, updated_at) VALUES
      ('${OLD}', 'kept', 'old', '${long}', now()), ('${YOUNG}', 'kept', 'young', '${late}', now()), ('${ALIVE}', 'kept', 'alive', NULL, now()), ('${FAMOUS}', 'kept', 'famous', '${long}', now()), ('${LAST}', 'gone', 'last', '${long}', now());
    INSERT INTO registered_models (id, organization_id, name, updated_at) VALUES ('reg', 'org', 'best', now());
    INSERT INTO model_versions (registered_model_id, version, source, run_id, updated_at) VALUES ('reg', 1, '', '${FAMOUS}', now());
    INSERT INTO logged_models (id, experiment_id, source_run_id, name, status, updated_at) VALUES ('m-1', 'gone', '${LAST}', 'model', 'READY', now());
    INSERT INTO run_outputs (run_id, model_id) VALUES ('${ALIVE}', 'm-1');
    INSERT INTO threads (id, project_id, subject_id, subject_kind, number, created_by_id, updated_at) VALUES ('thr', 'prj', '${OLD}', 'run', 1, 'per', now()), ('about', 'prj', 'thr', 'thread', 1, 'per', now()), ('other', 'prj', '${ALIVE}', 'run', 1, 'per', now());`);
  const { metrics, console } = portsAt();
  const [shared, alone, model] = [await write('shared'), await write('alone'), await write('model')];
  for (const run of RUNS) {
    await metrics.append(run, [{ key: 'loss', step: 1n, timestamp: 1n, value: 1 }]);
    await console.append(run, [{ stream: 'stdout', source: 'main', sequence: 1, time: 1, text: 'epoch 1' }]);
    await query(`INSERT INTO run_params (run_id, key, value) VALUES ('${run}', 'lr', '1'); INSERT INTO artifacts (owner_id, path, sha256, size) VALUES ('${run}', 'shared.txt', '${shared}', 6);
      INSERT INTO search_documents (subject_id, subject_kind, project_id, title, body) VALUES ('${run}', 'run', 'prj', '', '')`);
  }
  await query(`INSERT INTO artifacts (owner_id, path, sha256, size) VALUES ('${OLD}', 'alone.txt', '${alone}', 5), ('m-1', 'model.bin', '${model}', 5)`);
}

const STAYING = [YOUNG, ALIVE, FAMOUS];

test('what lay deleted for longer than it is kept is gone from every table, and nothing else is', async () => {
  expect(await emptyBin(portsAt(), 30, signal)).toBe(false);
  expect(await ids('runs')).toEqual(STAYING);
  for (const table of ['run_params', 'metric_segments', 'metric_series', 'metric_heads', 'console_heads', 'console_chunks', 'console_feeds']) expect([table, await ids(table, 'run_id')]).toEqual([table, STAYING]);
  expect(await ids('artifacts', 'owner_id')).toEqual(STAYING);
  expect(await ids('search_documents', 'subject_id')).toEqual(STAYING);
  expect([await ids('threads'), await ids('experiments'), await ids('verdicts'), await ids('logged_models'), await ids('run_outputs', 'run_id')]).toEqual([['other'], ['kept', 'parent'], [], [], []]);
  expect(await query('SELECT action, actor_id, subject_id, detail->>\'name\' AS name FROM audit_events ORDER BY 3')).toEqual([
    { action: 'run.removed', actor_id: null, subject_id: OLD, name: 'old' }, { action: 'run.removed', actor_id: null, subject_id: LAST, name: 'last' }, { action: 'experiment.removed', actor_id: null, subject_id: 'gone', name: 'VIS-2' },
  ]);
  expect(await query('SELECT subject_id FROM removals WHERE cleaned_at IS NULL')).toEqual([]);
});

test('nothing goes before its day, or where all is kept for ever', async () => {
  await emptyBin(portsAt(new Date('2026-11-19T11:59:00Z')), 30, signal);
  await emptyBin(portsAt(new Date('2126-01-01Z')), null, signal);
  expect(await ids('runs')).toEqual([...RUNS]);
  await emptyBin(portsAt(new Date('2026-11-19T12:01:00Z')), 30, signal);
  expect(await ids('runs')).toEqual(STAYING);
});

test('a worker that dies between the record and the points leaves nothing behind', async () => {
  const ports = portsAt();
  const died = new Error('killed');
  await expect(emptyBin({ ...ports, metrics: { ...ports.metrics, delete: () => Promise.reject(died) } }, 30, signal)).rejects.toBe(died);
  expect(await ids('runs')).toEqual(STAYING);
  expect(await ids('metric_segments', 'run_id')).toEqual([...RUNS]);
  // For ever from now on: what was begun is still ended.
  await emptyBin(ports, null, signal);
  expect(await ids('metric_segments', 'run_id')).toEqual(STAYING);
  expect(await ids('console_heads', 'run_id')).toEqual(STAYING);
});

test('two workers at once remove each thing once', async () => {
  await Promise.all([emptyBin(portsAt(), 30, signal), emptyBin(portsAt(), 30, signal)]);
  expect(await ids('runs')).toEqual(STAYING);
  expect((await query('SELECT 1 FROM audit_events')).length).toBe(3);
});

test('a content goes when no file names it any more, not while it may be on its way into one, and not during a backup', async () => {
  const held = await write('nobody lists this yet', NOW.getTime() - 1_000);
  await emptyBin(portsAt(), 30, signal);
  const before = await ids('blobs', 'sha256');
  const snapshot = await openSnapshot(fresh.url);
  await sweepBlobs(portsAt());
  expect(await ids('blobs', 'sha256')).toEqual(before);
  await snapshot.close();
  expect(await sweepBlobs(portsAt())).toBe(false);
  const shared = (await query<{ sha256: string }>('SELECT DISTINCT sha256 FROM artifacts')).map(({ sha256 }) => sha256);
  expect(await ids('blobs', 'sha256')).toEqual([...shared, held].toSorted());
  expect(await Promise.all(before.map((sha256) => fileBlobs(folder).exists(sha256)))).toEqual(before.map((sha256) => sha256 === held || shared.includes(sha256)));
  await sweepBlobs(portsAt(new Date(NOW.getTime() + 2 * DAY_MS)));
  expect(await ids('blobs', 'sha256')).toEqual(shared);
});
