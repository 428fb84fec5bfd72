import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import { postgresRunSearch } from '../../adapters/postgres/run-search.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { parseRunFilter } from '../../domain/search/parse-run-filter.ts';
import { parseRunOrder } from '../../domain/search/parse-run-order.ts';
import type { MetricStore } from '../../operations/ports/metric-store.ts';
import type { RunSearch } from '../../operations/ports/run-search.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

// What another process commits is in the very next answer, though the columns it changes were read long before.

const owner: Viewer = { personId: 'per_owner', organizationId: 'org_1', organizationRole: 'OWNER', roles: new Map(), signedIn: true };
const NOW = new Date('2026-11-30T12:00:30Z');
let fresh: FreshDatabase;
let database: Database;
let search: RunSearch;
let metrics: MetricStore;

beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  search = postgresRunSearch(database, { now: () => NOW });
  metrics = postgresMetricStore(database, { publish: () => {} });
  await sql(`INSERT INTO organizations (id, slug, name) VALUES ('org_1', 'one', 'One')`);
  await sql(`INSERT INTO projects (id, organization_id, slug, key, name) VALUES ('prj_1', 'org_1', 'vision', 'VIS', 'Vision'), ('prj_2', 'org_1', 'speech', 'SPE', 'Speech')`);
  await sql(`INSERT INTO experiments (id, project_id, number, name, updated_at) VALUES ('exp_1', 'prj_1', 1, 'one', now())`);
  for (const id of ['a', 'b', 'c']) await sql(`INSERT INTO runs (id, experiment_id, name, started_at, updated_at) VALUES ('${id}', 'exp_1', '${id}', '2026-01-01', now())`);
  await sql(`INSERT INTO run_params (run_id, key, value) VALUES ('a', 'lr', '0.1'), ('b', 'lr', '0.2')`);
  await metrics.append('a', [{ key: 'acc', value: 0.5, step: 0n, timestamp: 0n }]);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

const sql = (text: string) => database.pool.query(text);
const ids = async (filter: string, projectSlug = 'vision', order = ''): Promise<string> =>
  (await search.find({ viewer: owner, lifecycle: 'ACTIVE', projectSlug, filter: parseRunFilter(filter) }, { first: 100, orderBy: parseRunOrder([order]) })).hits.map(({ runId }) => runId).join('');

it('follows params, tags, metrics, datasets and the run itself, through changes, moves and deletion', async () => {
  const all = 'params.lr IS NULL OR metrics.acc IS NULL OR tags.team IS NULL OR datasets.name IS NULL OR params.lr IS NOT NULL';
  expect(await ids(all)).toBe('abc');
  expect([await ids('params.lr < 0.15'), await ids('metrics.acc > 0.6'), await ids('tags.team = \'red\''), await ids('datasets.name = \'digits\'')]).toEqual(['a', '', '', '']);
  await sql(`INSERT INTO run_params (run_id, key, value) VALUES ('c', 'lr', '0.01')`);
  expect(await ids('params.lr < 0.15', 'vision', 'params.lr DESC')).toBe('ac');
  await metrics.append('a', [{ key: 'acc', value: 0.7, step: 1n, timestamp: 0n }]);
  await metrics.append('b', [{ key: 'acc', value: 0.9, step: 1n, timestamp: 0n }]);
  expect(await ids('metrics.acc > 0.6', 'vision', 'metrics.acc DESC')).toBe('ba');
  await sql(`INSERT INTO run_tags (run_id, key, value) VALUES ('a', 'team', 'red'), ('b', 'team', 'red') ON CONFLICT (run_id, key) DO UPDATE SET value = excluded.value`);
  expect(await ids('tags.team = \'red\'')).toBe('ab');
  await sql(`UPDATE run_tags SET value = 'blue' WHERE run_id = 'a'`);
  await sql(`DELETE FROM run_tags WHERE run_id = 'b'`);
  expect([await ids('tags.team = \'blue\''), await ids('tags.team IS NULL')]).toEqual(['a', 'bc']);
  await sql(`INSERT INTO datasets (id, project_id, name, digest, source_type, source) VALUES ('dat_1', 'prj_1', 'digits', 'd', 'local', '{}')`);
  await sql(`INSERT INTO run_inputs (run_id, dataset_id) VALUES ('c', 'dat_1')`);
  expect(await ids('datasets.name = \'digits\'')).toBe('c');
  await sql(`UPDATE runs SET started_at = '2026-02-01', status = 'FINISHED' WHERE id = 'c'`);
  expect([await ids(''), await ids('status = \'FINISHED\'')]).toEqual(['cab', 'c']);
  await sql(`INSERT INTO runs (id, experiment_id, name, started_at, updated_at) SELECT 'n' || n, 'exp_1', 'n', timestamptz '2026-01-15' + n * interval '1 s', now() FROM generate_series(1, 3) n`);
  expect(await ids('')).toBe('cn3n2n1ab');
  await sql(`DELETE FROM runs WHERE id LIKE 'n%'`);
  expect(await ids('')).toBe('cab');
  await sql(`UPDATE experiments SET project_id = 'prj_2', number = 7 WHERE id = 'exp_1'`);
  expect([await ids(''), await ids('experiment = \'SPE-7\'', 'speech'), await ids('metrics.acc > 0.6', 'speech')]).toEqual(['', 'cab', 'ab']);
  await sql(`UPDATE runs SET deleted_at = now() WHERE id = 'a'`);
  expect(await ids('', 'speech')).toBe('cb');
});

it('follows what is said of experiments: owner, verdict, hypothesis, parents, what variants changed', async () => {
  const filters = ['owner = \'Ada\'', 'verdict = refuted', 'hypothesis.status = refuted', 'descendant of SPE-1', 'changed param lr', 'project = \'talk\''];
  const each = async (): Promise<string> => (await Promise.all(filters.map((filter) => ids(filter, (filter.includes('talk') ? 'talk' : 'speech'))))).join('|');
  expect(await each()).toBe('|||||');
  await sql(`INSERT INTO people (id, organization_id, name, email, updated_at) VALUES ('per_1', 'org_1', 'Eve', 'a@b.example', now())`);
  await sql(`INSERT INTO hypotheses (id, project_id, statement, grade, updated_at) VALUES ('hyp_1', 'prj_2', 'x', 'WEAK', now())`);
  await sql(`UPDATE experiments SET owner_id = 'per_1', hypothesis_id = 'hyp_1' WHERE id = 'exp_1'`);
  await sql(`INSERT INTO variants (id, experiment_id, fingerprint, label, params) VALUES ('var_1', 'exp_1', 'f', 'f', '[]')`);
  await sql(`UPDATE runs SET variant_id = 'var_1' WHERE id = 'b'`);
  expect(await each()).toBe('|||||');
  await sql(`UPDATE people SET name = 'Ada' WHERE id = 'per_1'`);
  expect(await each()).toBe('cb|||||');
  await sql(`INSERT INTO verdicts (id, experiment_id, outcome, metric, baseline_runs, treatment_runs, method, explanation, comparisons, inputs_digest, inputs_version, software_version) VALUES ('ver_1', 'exp_1', 'REFUTED', 'acc', 2, 2, '', '', '[]', '', 0, '')`);
  await sql(`UPDATE experiments SET verdict_id = 'ver_1' WHERE id = 'exp_1'`);
  await sql(`UPDATE hypotheses SET status = 'REFUTED' WHERE id = 'hyp_1'`);
  await sql(`INSERT INTO experiments (id, project_id, number, name, updated_at) VALUES ('exp_0', 'prj_2', 1, 'zero', now())`);
  await sql(`INSERT INTO experiment_parents (experiment_id, parent_id) VALUES ('exp_1', 'exp_0')`);
  await sql(`UPDATE variants SET changed = '[{"kind": "CONFIG", "name": "lr", "from": "1", "to": "2"}]' WHERE id = 'var_1'`);
  expect(await each()).toBe('cb|cb|cb|cb|b|');
  await sql(`UPDATE projects SET slug = 'talk' WHERE id = 'prj_2'`);
  expect(await ids('project = \'talk\'', 'talk')).toBe('cb');
  await sql(`UPDATE projects SET slug = 'speech' WHERE id = 'prj_2'`);
  await sql(`DELETE FROM experiment_parents WHERE experiment_id = 'exp_1'`);
  await sql(`UPDATE variants SET changed = '[]' WHERE id = 'var_1'`);
  expect(await each()).toBe('cb|cb|cb|||');
});

it('knows the names of a project, also of what was moved there', async () => {
  const names = async (project: string) => (await database.pool.query<{ name: string }>(`SELECT kind || ' ' || key AS name FROM run_keys WHERE project_id = $1 ORDER BY 1`, [project])).rows.map(({ name }) => name);
  expect(await names('prj_1')).toEqual(['METRIC acc', 'PARAM lr', 'TAG team']);
  expect(await names('prj_2')).toEqual(['METRIC acc', 'PARAM lr', 'TAG team']);
});

it('finds in one of many questions at the same moment what was committed before it', async () => {
  for (let round = 0; round < 20; round += 1) {
    const others = Array.from({ length: 4 }, () => ids('params.lr IS NOT NULL', 'speech'));
    await sql(`UPDATE runs SET name = 'round ${round}' WHERE id = 'b'`);
    expect(await ids(`run_name = 'round ${round}'`, 'speech')).toBe('b');
    await Promise.all(others);
  }
});

it('groups runs by any field, and brings along the metric of those that finished and count', async () => {
  await sql(`INSERT INTO experiments (id, project_id, number, name, updated_at) VALUES ('exp_g', 'prj_1', 9, 'groups', now())`);
  for (const [id, lr, acc, status] of [['g1', '10', 0.5, 'FINISHED'], ['g2', '9', 0.7, 'FINISHED'], ['g3', '9', 0.8, 'FAILED'], ['g4', '9', 0.9, 'FINISHED'], ['g5', null, 0.1, 'FINISHED']] as const) {
    await sql(`INSERT INTO runs (id, experiment_id, name, status, updated_at) VALUES ('${id}', 'exp_g', 'g', '${status}', now())`);
    if (lr !== null) await sql(`INSERT INTO run_params (run_id, key, value) VALUES ('${id}', 'lr', '${lr}')`);
    await metrics.append(id, [{ key: 'acc', value: acc, step: 0n, timestamp: 0n }]);
  }
  const groups = await search.groups({ viewer: owner, lifecycle: 'ACTIVE', projectSlug: 'vision' }, { by: { kind: 'param', key: 'lr' }, metric: 'acc' });
  expect(groups.map(({ values, ...group }) => ({ ...group, values: values.toSorted((a, b) => a - b) }))).toEqual([
    { value: '9', runs: 3, values: [0.7, 0.9] }, { value: '10', runs: 1, values: [0.5] }, { value: null, runs: 1, values: [0.1] },
  ]);
});

it('jumps to any place of the list, and finds there what paging from the start finds', async () => {
  const query = { viewer: owner, lifecycle: 'ALL' as const };
  for (const order of ['', 'metrics.acc DESC', 'params.lr', 'run_name DESC, params.lr']) {
    const orderBy = parseRunOrder([order]);
    const whole = (await search.find(query, { first: 100, orderBy })).hits.map(({ runId }) => runId);
    for (let skip = 0; skip < whole.length; skip += 1) {
      expect((await search.find(query, { first: 2, skip, orderBy })).hits.map(({ runId }) => runId)).toEqual(whole.slice(skip, skip + 2));
    }
  }
});
