import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { restoreBackup } from '../../scripts/backup/read-backup.ts';
import { blobPath } from '../../scripts/backup/stores.ts';
import { writeBackup } from '../../scripts/backup/write-backup.ts';
import { readSettings, type LaunchSettings } from '../../scripts/launch/settings.ts';
import { emptyDatabase, freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

const NOW = new Date('2026-11-22T12:00:00Z');
const CONTENT = 'the picture of a confusion matrix';
const SHA256 = createHash('sha256').update(CONTENT).digest('hex');

interface Place {
  readonly database: FreshDatabase;
  readonly settings: LaunchSettings;
}

let home: string;
let file: string;
let here: Place;
let elsewhere: Place;

const placeOf = (database: FreshDatabase, name: string): Place => {
  const dataFolder = join(home, name);
  mkdirSync(dataFolder);
  return { database, settings: readSettings({ DATABASE_URL: database.url, LEMMA_DATA: dataFolder }) };
};

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'lemma-backup-test-'));
  file = join(home, 'lemma.backup');
  here = placeOf(await freshDatabase(), 'here');
  elsewhere = placeOf(await emptyDatabase(), 'elsewhere');
  await fill(here);
});
afterEach(async () => {
  await here.database.drop();
  await elsewhere.database.drop();
  rmSync(home, { recursive: true, force: true });
});

async function query<Row extends object = object>({ database }: Place, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Rows that are hard to copy: bytes, arrays, NaN, JSON, quotes, an experiment derived from a later one, and a circle of foreign keys. */
async function fill(place: Place): Promise<void> {
  await query(place, `
    INSERT INTO organizations (id, slug, name) VALUES ('org_1', 'home', 'Home');
    INSERT INTO projects (id, organization_id, slug, key, name, description) VALUES ('prj_1', 'org_1', 'vision', 'VIS', 'Vision', E'Says "it''s\\\\fine"\\n\\tand more');
    INSERT INTO hypotheses (id, project_id, statement, grade, guardrails, updated_at) VALUES ('hyp_1', 'prj_1', 'Größer ist besser', 'STRONG', ARRAY['latency', 'a,"b"'], now());
    INSERT INTO experiments (id, project_id, number, name, hypothesis_id, changed_variables, updated_at) VALUES
      ('exp_1', 'prj_1', 1, 'first', 'hyp_1', '[{"name": "aug"}]', now()), ('exp_2', 'prj_1', 2, 'second', NULL, '[]', now());
    INSERT INTO experiment_parents (experiment_id, parent_id) VALUES ('exp_1', 'exp_2');
    INSERT INTO runs (id, experiment_id, name, updated_at) VALUES ('${'a'.repeat(32)}', 'exp_1', 'run', now());
    INSERT INTO metric_series (run_id, key, count, last_value) VALUES ('${'a'.repeat(32)}', 'loss', 3, 'NaN'), ('${'a'.repeat(32)}', 'val_acc', 3, '-Infinity');
    INSERT INTO metric_partitions (number, opened_at) VALUES (7, now());
    INSERT INTO metric_segments (partition, run_id, sequence, first_sequence, series_ids, first_step, last_step, first_timestamp, last_timestamp, points, data)
      VALUES (7, '${'a'.repeat(32)}', 1, 1, ARRAY[1, 2], -9223372036854775808, 9223372036854775807, 0, 1, 6, '\\x00ff0a5c');
    INSERT INTO blobs (sha256, size) VALUES ('${SHA256}', ${CONTENT.length});
    INSERT INTO artifacts (owner_id, path, sha256, size) VALUES ('${'a'.repeat(32)}', 'plots/confusion.png', '${SHA256}', ${CONTENT.length});`);
  const path = join(place.settings.dataFolder, 'artifacts', blobPath(SHA256));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, CONTENT);
}

async function everything(place: Place): Promise<Record<string, unknown>> {
  const tables = await query<{ name: string }>(place, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1`);
  const rows = await Promise.all(tables.map(async ({ name }) => [name, await query(place, `SELECT (to_jsonb(t) - 'changed')::text AS row FROM "${name}" t ORDER BY 1`)] as const));
  return {
    ...Object.fromEntries(rows),
    keys: await query(place, `SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) AS key FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1`),
    sequences: await query(place, `SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`),
    migrations: await query(place, 'SELECT migration_name, checksum FROM _prisma_migrations ORDER BY 1'),
  };
}

test('what is restored elsewhere is what was backed up: rows, keys, counters, artifacts and the secret', async () => {
  const report = await writeBackup(here.settings, file, NOW);
  expect(report).toMatchObject({ artifacts: 1, artifactsIncluded: true });
  expect(statSync(file).mode & 0o077).toBe(0);
  await restoreBackup(elsewhere.settings, file);
  expect(await everything(elsewhere)).toEqual(await everything(here));
  expect(readFileSync(join(elsewhere.settings.dataFolder, 'artifacts', blobPath(SHA256)), 'utf8')).toBe(CONTENT);
  expect(readFileSync(join(elsewhere.settings.dataFolder, 'secret'), 'utf8')).toBe(readFileSync(join(here.settings.dataFolder, 'secret'), 'utf8'));
  const [next] = await query<{ id: number }>(elsewhere, `INSERT INTO experiments (id, project_id, number, name, updated_at) VALUES ('exp_3', 'prj_1', 3, 'third', now()) RETURNING mlflow_id AS id`);
  expect(next?.id).toBe(3);
});

test('a restore never overwrites, and says how to go on', async () => {
  await writeBackup(here.settings, file, NOW);
  const before = await everything(here);
  await expect(restoreBackup(here.settings, file)).rejects.toThrow(/There is data in .* already.*LEMMA_DATA=/);
  expect(await everything(here)).toEqual(before);
});

test('a backup never overwrites a file', async () => {
  writeFileSync(file, 'mine');
  await expect(writeBackup(here.settings, file, NOW)).rejects.toThrow(/exists already/);
  expect(readFileSync(file, 'utf8')).toBe('mine');
});

test('the backup of a newer version is refused before anything is touched', async () => {
  await query(here, `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '9999_future', now())`);
  await writeBackup(here.settings, file, NOW);
  await expect(restoreBackup(elsewhere.settings, file)).rejects.toThrow(/"9999_future", which this version does not know. Nothing was changed/);
  expect(await query(elsewhere, `SELECT 1 FROM pg_tables WHERE schemaname = 'public'`)).toEqual([]);
});

test('a damaged file is refused, and the same place takes a whole one afterwards', async () => {
  await writeBackup(here.settings, file, NOW);
  const whole = readFileSync(file);
  const half = join(home, 'half.backup');
  writeFileSync(half, whole.subarray(0, Math.floor(whole.length * 0.7)));
  await expect(restoreBackup(elsewhere.settings, half)).rejects.toThrow(/nothing of it was kept/);
  const bent = join(home, 'bent.backup');
  const bytes = Buffer.from(whole);
  bytes.writeUInt8(bytes.readUInt8(bytes.length - 200) ^ 0xff, bytes.length - 200);
  writeFileSync(bent, bytes);
  await expect(restoreBackup(elsewhere.settings, bent)).rejects.toThrow(/could not be restored|is not a backup|damaged/);
  writeFileSync(join(home, 'other.backup'), 'not a backup');
  await expect(restoreBackup(elsewhere.settings, join(home, 'other.backup'))).rejects.toThrow(/is not a backup of Lemma/);
  await restoreBackup(elsewhere.settings, file);
  expect(await everything(elsewhere)).toEqual(await everything(here));
});

test('an artifact that is missing from the folder stops the backup, and no half of one is left', async () => {
  rmSync(join(here.settings.dataFolder, 'artifacts'), { recursive: true });
  await expect(writeBackup(here.settings, file, NOW)).rejects.toThrow(/is named in the database, but/);
  expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
});

test('an empty schema that an earlier start made is no data', async () => {
  await writeBackup(here.settings, file, NOW);
  await migrate(elsewhere.database.url);
  await restoreBackup(elsewhere.settings, file);
  expect((await query(elsewhere, 'SELECT id FROM experiments ORDER BY 1')).length).toBe(2);
});
