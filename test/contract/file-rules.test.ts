import { mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openBlobs } from '../../adapters/object-storage/open-blobs.ts';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresStore } from '../../adapters/postgres/store.ts';
import { systemIds } from '../../adapters/system/ambient.ts';
import { removeOldFiles } from '../../operations/artifacts/remove-old-files.ts';
import { sweepBlobs } from '../../operations/bin/sweep-blobs.ts';
import type { Blobs } from '../../operations/ports/blobs.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';
import { clockAt } from '../support/moved-clock.ts';

const DAY_MS = 86_400_000;
const NOW = new Date('2026-12-03T12:00:00Z');
/** `HELD` is what each protection is tried on; the other two have nothing that holds them. */
const [HELD, FREE, OTHER] = ['a'.repeat(32), 'b'.repeat(32), 'c'.repeat(32)] as const;
const signal = new AbortController().signal;

let fresh: FreshDatabase;
let database: Database;
let folder: string;
let blobs: Blobs;
beforeEach(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  folder = mkdtempSync(join(tmpdir(), 'lemma-files-'));
  blobs = await openBlobs(`file:${folder}`);
  // Two projects, of which one has a rule of 30 days. In it two experiments, with runs that ended long ago, each of a variant of its own.
  await query(`
    INSERT INTO organizations (id, slug, name) VALUES ('org', 'home', 'Home');
    INSERT INTO projects (id, organization_id, slug, key, name) VALUES ('prj', 'org', 'vision', 'VIS', 'Vision'), ('els', 'org', 'else', 'ELS', 'Else');
    INSERT INTO file_rules (project_id, days) VALUES ('prj', 30);
    INSERT INTO experiments (id, project_id, number, name, updated_at) VALUES ('one', 'prj', 1, 'one', now()), ('two', 'prj', 2, 'two', now()), ('far', 'els', 1, 'far', now());
    INSERT INTO variants (id, experiment_id, fingerprint, label, params) VALUES ('v1', 'one', 'f1', 'a', '[]'), ('v2', 'two', 'f2', 'b', '[]');
    INSERT INTO runs (id, experiment_id, variant_id, name, status, ended_at, updated_at) VALUES
      ('${HELD}', 'one', 'v1', 'held', 'FINISHED', '2026-10-01Z', now()), ('${FREE}', 'two', 'v2', 'free', 'FAILED', '2026-10-01Z', now()), ('${OTHER}', 'far', NULL, 'other', 'FINISHED', '2026-10-01Z', now());`);
});
afterEach(async () => {
  await database.close();
  await fresh.drop();
  rmSync(folder, { recursive: true, force: true });
});

const portsAt = (now = NOW) => ({ store: postgresStore(database, systemIds), blobs, clock: clockAt(now) });
const query = async <Row extends object>(sql: string): Promise<Row[]> => (await database.pool.query<Row>(sql)).rows;
const files = async (): Promise<string[]> => (await query<{ file: string }>("SELECT left(owner_id, 1) || '/' || path AS file FROM artifacts ORDER BY 1")).map(({ file }) => file);

/** A file of a run with this content, as it came on the 1st of October. */
async function put(run: string, path: string, text = `${run}${path}`): Promise<string> {
  const { sha256, size } = await blobs.write((async function* content() { yield Buffer.from(text); })());
  utimesSync(join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256), 1_790_000_000, 1_790_000_000);
  await query(`INSERT INTO blobs (sha256, size, created_at) VALUES ('${sha256}', ${size}, '2026-10-01Z') ON CONFLICT DO NOTHING;
    INSERT INTO artifacts (owner_id, path, sha256, size, created_at) VALUES ('${run}', '${path}', '${sha256}', ${size}, '2026-10-01Z')`);
  return sha256;
}

const verdict = (outcome: string, current: boolean): string => `
  INSERT INTO verdicts (id, experiment_id, outcome, metric, baseline_runs, treatment_runs, treatment_id, method, explanation, comparisons, inputs_digest, inputs_version, software_version)
    VALUES ('ver', 'one', '${outcome}', 'acc', 2, 2, 'v1', 'welch', '', '[]', '', 1, '');
  ${current ? "UPDATE experiments SET verdict_id = 'ver' WHERE id = 'one'" : ''}`;
const review = (state: string): string => `INSERT INTO reviews (id, experiment_id, reviewer_id, state) VALUES ('rev', 'one', 'per', '${state}')`;
const registered = (run: string, model: string): string => `
  INSERT INTO registered_models (id, organization_id, name, updated_at) VALUES ('reg', 'org', 'best', now());
  INSERT INTO model_versions (registered_model_id, version, source, run_id, model_id, updated_at) VALUES ('reg', 1, '', ${run}, ${model}, now())`;
const logged = (source: string): string => `INSERT INTO logged_models (id, experiment_id, source_run_id, name, status, updated_at) VALUES ('m-1', 'two', ${source}, 'model', 'READY', now())`;
const link = (subject: string, { compared = '', experiments = '', expires = '2027-01-01Z', revoked = 'NULL', frozen = "'{}'" } = {}): string =>
  `INSERT INTO share_links (id, project_id, subject_id, subject_kind, token_hash, expires_at, revoked_at, created_by_id, frozen, compared_runs, frozen_experiments)
    VALUES ('lnk', 'prj', '${subject}', 'x', 'hash', '${expires}', ${revoked}, 'per', ${frozen}, '{${compared}}', '{${experiments}}')`;
const thread = (subject: string, anchor: object): string => `INSERT INTO threads (id, project_id, subject_id, subject_kind, number, created_by_id, updated_at, anchor) VALUES ('thr', 'prj', '${subject}', 'run', 1, 'per', now(), '${JSON.stringify(anchor)}')`;

test.each([
  ['a run at work', "UPDATE runs SET status = 'RUNNING' WHERE name = 'held'"],
  ['a run that waits', "UPDATE runs SET status = 'SCHEDULED' WHERE name = 'held'"],
  ['a run that said no end', "UPDATE runs SET ended_at = NULL WHERE name = 'held'"],
  ['a run that ended lately', "UPDATE runs SET ended_at = '2026-11-03T12:00:01Z' WHERE name = 'held'"],
  ['a file that came lately', `UPDATE artifacts SET created_at = '2026-12-01Z' WHERE owner_id = '${HELD}'`],
  ['a run in the bin', "UPDATE runs SET deleted_at = '2026-11-30Z' WHERE name = 'held'"],
  ['an experiment in the bin', "UPDATE experiments SET deleted_at = '2026-11-30Z' WHERE id = 'one'"],
  ['an analysis that is behind', "UPDATE experiments SET inputs_version = 1 WHERE id = 'one'"],
  ['captured code', `UPDATE artifacts SET path = 'lemma/code/changes.diff' WHERE owner_id = '${HELD}'`],
  ['the baseline', "UPDATE variants SET role = 'BASELINE' WHERE id = 'v1'"],
  ['the baseline that was chosen', "UPDATE experiments SET baseline_fingerprint = 'f1' WHERE id = 'one'"],
  ['what a former verdict found supported', verdict('SUPPORTED', false)],
  ['the best that the current verdict names', verdict('INCONCLUSIVE', true)],
  ['an approved experiment', review('APPROVED')],
  ['an experiment whose review was asked for', review('REQUESTED')],
  ['an experiment whose review asks for changes', review('CHANGES_REQUESTED')],
  ['the run of a registered model', registered(`'${HELD}'`, 'NULL')],
  ['the run of a registered logged model', `${logged(`'${HELD}'`)}; ${registered('NULL', "'m-1'")}`],
  ['the run that logged a model', logged(`'${HELD}'`)],
  ['a run whose output is a model', `${logged('NULL')}; INSERT INTO run_outputs (run_id, model_id) VALUES ('${HELD}', 'm-1')`],
  ['a run that logged a model as MLflow 2 does', `INSERT INTO run_tags (run_id, key, value) VALUES ('${HELD}', 'mlflow.log-model.history', '[]')`],
  ['a file of a logged model', `${logged('NULL')}; UPDATE artifacts SET owner_id = 'm-1' WHERE owner_id = '${HELD}'`],
  ['a frozen link to the run', link(HELD)],
  ['a frozen link to the experiment', link('one')],
  ['a frozen comparison', link('cmp', { compared: HELD })],
  ['a frozen page that holds its results', link('hyp', { experiments: 'one' })],
  ['a run that a note mentions', `INSERT INTO mentions (source_id, source_kind, subject_id, project_id, author_id, target_kind, target_id) VALUES ('not', 'note', 'one', 'prj', 'per', 'run', '${HELD}')`],
  ['a file that is talked about', thread(HELD, { kind: 'artifact', path: 'a.txt' })],
  ['a file that is talked about on the experiment', thread('one', { kind: 'artifact', path: 'a.txt', run: HELD })],
])('%s keeps its files, and another run’s go', async (_, held) => {
  await put(HELD, 'a.txt');
  await put(FREE, 'b.txt');
  await query(held);
  const [kept] = (await files()).filter((file) => file !== 'b/b.txt');
  const counted = await portsAt().store.transaction((tx) => tx.fileRules.wouldGo('prj', { before: new Date(NOW.getTime() - 30 * DAY_MS), now: NOW }));
  expect(counted.files).toBe(1);
  expect(await removeOldFiles(portsAt(), signal)).toBe(false);
  expect(await files()).toEqual([kept]);
});

test.each([
  ['a verdict that is not the current one and found nothing', verdict('INCONCLUSIVE', false)],
  ['a comment in a review', review('COMMENTED')],
  ['a dismissed review', `${review('APPROVED')}; INSERT INTO review_dismissals (review_id, dismissed_by_id, reason, dismissed_at) VALUES ('rev', 'per', '', now())`],
  ['a link that is kept up to date', link(HELD, { frozen: 'NULL' })],
  ['a frozen link that was taken back', link(HELD, { revoked: 'now()' })],
  ['a frozen link that ended', link(HELD, { expires: '2026-12-02Z' })],
  ['a discussion of the run', thread(HELD, { kind: 'point', metric: 'loss' })],
  ['no variant', "UPDATE runs SET variant_id = NULL WHERE name = 'held'"],
])('%s holds nothing', async (_, state) => {
  await put(HELD, 'a.txt');
  await query(state);
  await removeOldFiles(portsAt(), signal);
  expect(await files()).toEqual([]);
});

test('what was stays known and is told in the activity; another project, and one without a rule any more, keep everything', async () => {
  await put(FREE, 'deep/b.txt', 'twelve bytes');
  await put(OTHER, 'c.txt');
  await removeOldFiles(portsAt(), signal);
  expect(await files()).toEqual(['c/c.txt']);
  expect(await query('SELECT run_id, path, size::int, length(sha256) AS digits, created_at, removed_at FROM removed_files')).toEqual([{ run_id: FREE, path: 'deep/b.txt', size: 12, digits: 64, created_at: new Date('2026-10-01Z'), removed_at: NOW }]);
  expect(await query('SELECT project_id, actor_id, action, detail FROM audit_events')).toEqual([{ project_id: 'prj', actor_id: null, action: 'files.removed', detail: { files: 1, bytes: 12, days: 30, said: '1 file, 12 B' } }]);
  await query('DELETE FROM file_rules');
  await put(FREE, 'late.txt');
  await removeOldFiles(portsAt(), signal);
  expect(await files()).toEqual(['b/late.txt', 'c/c.txt']);
  expect((await query('SELECT 1 FROM audit_events')).length).toBe(1);
});

test('a content that another file names stays, one that nobody names goes after a day of grace', async () => {
  const [shared, alone] = [await put(FREE, 'shared.bin', 'shared'), await put(FREE, 'alone.bin', 'alone')];
  await put(HELD, 'mine.bin', 'shared');
  await query(review('APPROVED'));
  // Written again an hour ago: somebody may be about to list it.
  utimesSync(join(folder, alone.slice(0, 2), alone.slice(2, 4), alone), NOW.getTime() / 1000 - 3600, NOW.getTime() / 1000 - 3600);
  await removeOldFiles(portsAt(), signal);
  expect(await files()).toEqual(['a/mine.bin']);
  await sweepBlobs(portsAt());
  expect([await blobs.exists(shared), await blobs.exists(alone)]).toEqual([true, true]);
  await sweepBlobs(portsAt(new Date(NOW.getTime() + 2 * DAY_MS)));
  expect([await blobs.exists(shared), await blobs.exists(alone)]).toEqual([true, false]);
  expect(await query('SELECT sha256 FROM blobs')).toEqual([{ sha256: shared }]);
});

test('more than one transaction takes goes in one pass, and two workers at once remove each file once', async () => {
  const sha256 = await put(FREE, 'first');
  await query(`
    INSERT INTO artifacts (owner_id, path, sha256, size, created_at) SELECT '${FREE}', 'part/' || n, '${sha256}', 1, '2026-10-01Z' FROM generate_series(1, 4500) n;
    INSERT INTO runs (id, experiment_id, name, status, ended_at, updated_at) SELECT md5(n::text), 'two', 'r', 'FINISHED', '2026-10-01Z', now() FROM generate_series(1, 120) n;
    INSERT INTO artifacts (owner_id, path, sha256, size, created_at) SELECT md5(n::text), 'x', '${sha256}', 1, '2026-10-01Z' FROM generate_series(1, 120) n`);
  await Promise.all([removeOldFiles(portsAt(), signal), removeOldFiles(portsAt(), signal)]);
  await removeOldFiles(portsAt(), signal);
  expect(await files()).toEqual([]);
  expect(await query('SELECT count(*)::int AS n FROM removed_files')).toEqual([{ n: 4621 }]);
  expect(await query("SELECT sum((detail->>'files')::int)::int AS n FROM audit_events")).toEqual([{ n: 4621 }]);
});
