import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from '../../adapters/postgres/client.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import { postgresRunSearch } from '../../adapters/postgres/run-search.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { parseRunFilter } from '../../domain/search/parse-run-filter.ts';
import { parseRunOrder } from '../../domain/search/parse-run-order.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { RunQuery, RunSearch } from '../../operations/ports/run-search.ts';
import { freshDatabase, type FreshDatabase } from '../support/fresh-database.ts';

const owner: Viewer = { personId: 'per_owner', organizationId: 'org_1', organizationRole: 'OWNER', roles: new Map(), signedIn: true };
const member: Viewer = { ...owner, personId: 'per_member', organizationRole: 'MEMBER' };
const stranger: Viewer = { ...owner, organizationId: 'org_2' };

interface Seed {
  readonly id: string; readonly experiment?: string; readonly status?: 'FINISHED' | 'FAILED' | 'RUNNING'; readonly started?: number | null; readonly ended?: number; readonly user?: string; readonly deleted?: boolean;
  readonly params?: Readonly<Record<string, string>>; readonly metrics?: Readonly<Record<string, number>>; readonly tags?: Readonly<Record<string, string>>; readonly dataset?: string;
}
const SEEDS: readonly Seed[] = [
  { id: 'a', status: 'FINISHED', started: 1_000, ended: 9_000, user: 'ada', params: { lr: '0.1', aug: 'mixup', 'odd name': 'x' }, metrics: { acc: 0.9, loss: 1, 'val acc': 3 }, tags: { team: 'red' }, dataset: 'digits' },
  { id: 'b', status: 'FINISHED', started: 2_000, ended: 9_500, user: 'ben', params: { lr: '1e-2', aug: 'MixCut' }, metrics: { acc: 0.8, loss: NaN }, tags: { team: 'blue' } },
  { id: 'c', status: 'FAILED', started: 3_000, user: 'ada', params: { lr: 'auto', aug: 'none' }, metrics: { acc: NaN, loss: Infinity } },
  { id: 'd', status: 'RUNNING', started: null, params: { lr: '100', aug: '50%_\\off' }, metrics: { acc: -0 } },
  { id: 'e', status: 'RUNNING', started: 3_000, experiment: 'exp_2', user: 'eve' },
  { id: 'f', experiment: 'exp_secret', started: 4_000, metrics: { acc: 0.99 }, params: { lr: '0.1' } },
  { id: 'g', started: 5_000, deleted: true, metrics: { acc: 0.7 } },
];

const NOW = new Date('2026-11-30T12:00:30Z');
let fresh: FreshDatabase;
let database: Database;
let search: RunSearch;
beforeAll(async () => {
  fresh = await freshDatabase();
  database = openDatabase(fresh.url);
  search = postgresRunSearch(database, { now: () => NOW });
  await seed(database);
  await seedVersions(database);
});
afterAll(async () => {
  await database.close();
  await fresh.drop();
});

async function seed({ prisma, pool }: Database): Promise<void> {
  await prisma.organization.createMany({ data: [{ id: 'org_1', slug: 'one', name: 'One' }, { id: 'org_2', slug: 'two', name: 'Two' }] });
  await prisma.project.createMany({ data: [
    { id: 'prj_1', organizationId: 'org_1', slug: 'vision', key: 'VIS', name: 'Vision' },
    { id: 'prj_3', organizationId: 'org_1', slug: 'speech', key: 'SPE', name: 'Speech' },
    { id: 'prj_2', organizationId: 'org_1', slug: 'secret', key: 'SEC', name: 'Secret', openRole: null },
  ] });
  await prisma.experiment.createMany({ data: [
    { id: 'exp_1', projectId: 'prj_1', number: 1, name: 'one' }, { id: 'exp_2', projectId: 'prj_1', number: 2, name: 'two' }, { id: 'exp_secret', projectId: 'prj_2', number: 1, name: 'hidden' },
  ] });
  await seedDescent(database);
  await prisma.dataset.create({ data: { id: 'dat_1', projectId: 'prj_1', name: 'digits', digest: 'd1', sourceType: 'local', source: '{}' } });
  const metrics = postgresMetricStore({ pool }, { publish: () => {} });
  for (const each of SEEDS) {
    await prisma.run.create({ data: {
      id: each.id, experimentId: each.experiment ?? 'exp_1', name: `run ${each.id}`, status: each.status ?? 'FINISHED', userName: each.user ?? '', deletedAt: each.deleted ? new Date(0) : null,
      startedAt: typeof each.started === 'number' ? new Date(each.started) : null, endedAt: each.ended === undefined ? null : new Date(each.ended),
      params: { create: Object.entries(each.params ?? {}).map(([key, value]) => ({ key, value })) },
      tags: { create: Object.entries(each.tags ?? {}).map(([key, value]) => ({ key, value })) },
      inputs: { create: each.dataset ? [{ datasetId: 'dat_1', tags: { 'mlflow.data.context': 'train' } }] : [] },
    } });
    await metrics.append(each.id, Object.entries(each.metrics ?? {}).flatMap(([key, value]) => [{ key, value: 5, step: 0n, timestamp: 0n }, { key, value, step: 1n, timestamp: 0n }]));
  }
}

/** VIS-1 (Ada's, supported) → VIS-2 → SEC-1 (hidden) → SPE-1 → SPE-2, which leads back to VIS-2: a circle. */
async function seedDescent({ prisma }: Database): Promise<void> {
  await prisma.person.create({ data: { id: 'per_ada', organizationId: 'org_1', name: 'Ada Lovelace', email: 'ada@lab.example' } });
  await prisma.hypothesis.create({ data: { id: 'hyp_1', projectId: 'prj_1', statement: 'x', grade: 'WEAK', status: 'TESTING' } });
  await prisma.experiment.createMany({ data: [{ id: 'exp_3', projectId: 'prj_3', number: 1, name: 'three' }, { id: 'exp_4', projectId: 'prj_3', number: 2, name: 'four' }] });
  await prisma.verdict.create({ data: { id: 'ver_1', experimentId: 'exp_1', outcome: 'SUPPORTED', metric: 'acc', baselineRuns: 2, treatmentRuns: 2, method: '', explanation: '', comparisons: [], inputsDigest: '', inputsVersion: 0, softwareVersion: '' } });
  await prisma.experiment.update({ where: { id: 'exp_1' }, data: { ownerId: 'per_ada', verdictId: 'ver_1', hypothesisId: 'hyp_1' } });
  await prisma.experimentParent.createMany({ data: [['exp_2', 'exp_1'], ['exp_secret', 'exp_2'], ['exp_3', 'exp_secret'], ['exp_4', 'exp_3'], ['exp_2', 'exp_4']].map(([experimentId = '', parentId = '']) => ({ experimentId, parentId })) });
  await prisma.variant.createMany({ data: [
    { id: 'var_base', experimentId: 'exp_1', fingerprint: 'a', label: 'a', params: [] },
    { id: 'var_lr', experimentId: 'exp_1', fingerprint: 'b', label: 'b', params: [], changed: [{ kind: 'CONFIG', name: 'lr', from: '1', to: '2' }, { kind: 'CODE', name: 'train.py', from: 'a', to: 'b' }] },
  ] });
}

/** What the runs of those experiments are of; told once they are there. */
async function seedVersions({ prisma }: Database): Promise<void> {
  await prisma.run.update({ where: { id: 'a' }, data: { variantId: 'var_base', seed: '1', codeCommit: '3f2a1bc9d0e1f2a3b4c5d6e7f8091a2b3c4d5e6f' } });
  await prisma.run.update({ where: { id: 'b' }, data: { variantId: 'var_lr', seed: '2' } });
  await prisma.run.update({ where: { id: 'c' }, data: { seed: 'none' } });
}

const query = (filter: string, viewer = owner): RunQuery => ({ viewer, lifecycle: 'ACTIVE', experimentIds: ['exp_1', 'exp_2'], filter: parseRunFilter(filter) });
async function find(filter: string, viewer = owner): Promise<string> {
  const { hits } = await search.find(query(filter, viewer), { first: 100 });
  const ids = hits.map(({ runId }) => runId).toSorted().join('');
  expect(await search.count(query(filter, viewer))).toBe(ids.length);
  return ids;
}

describe('run search', () => {
  it.each([
    ['', 'abcde'],
    ['metrics.acc > 0.8', 'a'],
    ['metrics.acc >= 0.8', 'ab'],
    ['metrics.acc < 0.85', 'bd'],
    ['metrics.acc = 0', 'd'],
    ['metrics.acc != 0.9', 'bcd'],
    ['metrics.acc = NaN', 'c'],
    ['metrics.acc != NaN', 'abd'],
    ['metrics.acc < NaN', ''],
    ['metrics.loss > 0', 'ac'],
    ['metrics.loss = Infinity', 'c'],
    ['metrics.acc IN (0.9, NaN)', 'ac'],
    ['metrics.acc NOT IN (0.9)', 'bcd'],
    ['metrics.`val acc` = 3', 'a'],
    ['params.lr = \'0.1\'', 'a'],
    ['params.lr != \'0.1\'', 'bcd'],
    ['params.lr < 1', 'ab'],
    ['params.lr = 0.01', 'b'],
    ['params.lr IN (0.1, \'auto\')', 'ac'],
    ['params.lr NOT IN (0.1)', 'bcd'],
    ['params.aug LIKE \'mix%\'', 'a'],
    ['params.aug ILIKE \'mix%\'', 'ab'],
    ['params.aug NOT ILIKE \'mix%\'', 'cd'],
    ['params.aug LIKE \'%\\\'', ''],
    ['params.aug LIKE \'50%\\off\'', 'd'],
    ['params."odd name" = "x"', 'a'],
    ['tags.team IN (\'red\', \'green\')', 'a'],
    ['tags.team IS NULL', 'cde'],
    ['tags.team IS NOT NULL', 'ab'],
    ['metrics.loss IS NULL AND params.lr IS NOT NULL', 'd'],
    ['status = "FINISHED"', 'ab'],
    ['attributes.status NOT IN (\'FINISHED\', \'FAILED\')', 'de'],
    ['user_id = \'ada\' AND NOT metrics.acc > 0.5', 'c'],
    ['user_id LIKE \'%e%\'', 'be'],
    ['run_id IN (\'a\', \'e\', \'zzz\')', 'ae'],
    ['run_name = \'run c\'', 'c'],
    ['start_time >= 2000', 'bce'],
    ['start_time > 1e300', ''],
    ['NOT start_time >= 2000', 'ad'],
    ['end_time IS NULL', 'cde'],
    ['created_at > 0', 'abcde'],
    ['experiment = \'VIS-2\'', 'e'],
    ['artifact_uri LIKE \'%/a/artifacts\'', 'a'],
    ['excluded = false AND archived = \'false\'', 'abcde'],
    ['datasets.name = \'digits\' AND dataset.digest LIKE \'d_\' AND datasets.context = \'train\'', 'a'],
    ['datasets.name != \'digits\'', ''],
    ['datasets.context IS NULL', 'bcde'],
    ['metrics.acc > 0.85 OR (params.aug = \'none\' AND status = \'FAILED\') OR user_id = \'eve\'', 'ace'],
    ['owner = \'Ada Lovelace\' AND start_time < 2500', 'ab'],
    ['owner ILIKE \'%love%\'', 'abcd'],
    ['owner IS NULL', 'e'],
    ['verdict = supported', 'abcd'],
    ['verdict IN (refuted, equivalent)', ''],
    ['verdict IS NULL AND project = \'vision\'', 'e'],
    ['hypothesis.status = testing', 'abcd'],
    ['seed = 1', 'a'],
    ['seed IN (\'none\', 2)', 'bc'],
    ['seed BETWEEN 1 AND 2', 'ab'],
    ['commit = \'3f2a1bc\'', 'a'],
    ['commit != \'3f2a1bc\'', ''],
    ['dataset = \'digits\'', 'a'],
    ['start_time BETWEEN \'1970-01-01\' AND \'1970-01-01\'', 'abce'],
    ['start_time NOT BETWEEN 1500 AND 2500', 'ace'],
    ['start_time > \'1970-01-01T00:00:01.500Z\'', 'bce'],
    ['start_time > now - 7d', ''],
    ['start_time < now', 'abce'],
    ['created_at >= \'2020-01-01\'', 'abcde'],
    ['changed param lr', 'b'],
    ['changed code', 'b'],
    ['changed param l', ''],
    ['changed data OR changed environment numpy', ''],
    ['NOT changed param lr AND experiment = \'VIS-1\'', 'acd'],
    ['descendant of VIS-1', 'e'],
    ['ancestor of VIS-2', 'abcd'],
    ['ancestor of VIS-2 OR descendant of VIS-1', 'abcde'],
    ['ancestor of VIS-999', ''],
    ['params.lr = \'\'\' OR 1=1; DROP TABLE runs; --\'', ''],
  ])('%s finds %s', async (filter, ids) => {
    expect(await find(filter)).toBe(ids);
  });

  it('follows descent only through experiments the viewer may see', async () => {
    expect([await find('ancestor of SPE-2'), await find('ancestor of SPE-2', member)]).toEqual(['abcde', '']);
    expect([await find('ancestor of SEC-1'), await find('ancestor of SEC-1', member)]).toEqual(['abcde', '']);
    expect(await find('descendant of SPE-1', member)).toBe('e');
  });

  it('never finds or counts a run of a project the viewer may not see', async () => {
    const all = (viewer: Viewer): RunQuery => ({ viewer, lifecycle: 'ALL', filter: parseRunFilter('metrics.acc > 0.95 OR metrics.acc <= 0.95') });
    const ids = async (viewer: Viewer): Promise<string> => (await search.find(all(viewer), { first: 100 })).hits.map(({ runId }) => runId).toSorted().join('');
    expect([await ids(owner), await search.count(all(owner))]).toEqual(['abdfg', 5]);
    expect([await ids(member), await search.count(all(member))]).toEqual(['abdg', 4]);
    expect([await ids(stranger), await search.count(all(stranger))]).toEqual(['', 0]);
    const hidden: RunQuery = { viewer: member, lifecycle: 'ALL', experimentIds: ['exp_secret'], projectSlug: 'secret' };
    expect(await search.find(hidden, { first: 10 })).toEqual({ hits: [], hasMore: false, total: 0 });
  });

  it('tells deleted runs from the others', async () => {
    const ids = async (lifecycle: RunQuery['lifecycle']): Promise<string> => (await search.find({ viewer: owner, lifecycle, projectSlug: 'vision' }, { first: 100 })).hits.map(({ runId }) => runId).toSorted().join('');
    expect([await ids('ACTIVE'), await ids('DELETED'), await ids('ALL')]).toEqual(['abcde', 'g', 'abcdeg']);
  });

  it.each([
    ['', 'cebad'],
    ['metrics.acc DESC', 'abdce'],
    ['metrics.acc ASC', 'dbace'],
    ['metrics.loss DESC', 'cabed'],
    ['params.lr', 'adbce'],
    ['params.lr DESC', 'cbdae'],
    ['tags.team DESC', 'abced'],
    ['attributes.end_time', 'abced'],
    ['status ASC, start_time ASC', 'cabed'],
    ['run_name DESC', 'edcba'],
    ['experiment DESC', 'ecbad'],
  ])('orders by %s as %s, and pages through it without a gap', async (order, ids) => {
    const orderBy = parseRunOrder([order]);
    const base = query('');
    for (const first of [1, 2, 3, 100]) {
      const found: string[] = [];
      let after: string | null = null;
      for (let more = true; more;) {
        const page: Awaited<ReturnType<RunSearch['find']>> = await search.find(base, { first, orderBy, after });
        found.push(...page.hits.map(({ runId }) => runId));
        after = page.hits.at(-1)?.cursor ?? null;
        more = page.hasMore;
      }
      expect(found.join('')).toBe(ids);
    }
  });

  it('refuses a cursor that is not its own, and a page that is too large', async () => {
    const { hits } = await search.find(query(''), { first: 1 });
    const cursor = hits[0]?.cursor ?? '';
    const forged = (keys: readonly unknown[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');
    const [digest] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];
    for (const after of ['nonsense', forged([]), forged([digest, 1, 2]), forged([digest, 'not a moment', 'a']), forged([digest, '2020-01-01\0', 'a']), forged([digest, '2020-01-01'])]) {
      await expect(search.find(query(''), { first: 5, after })).rejects.toMatchObject({ code: 'search/bad-cursor' });
    }
    await expect(search.find(query(''), { first: 5, after: cursor, orderBy: parseRunOrder(['run_name']) })).rejects.toMatchObject({ code: 'search/bad-cursor' });
    for (const first of [0, -1, 1.5, 50_001]) await expect(search.find(query(''), { first })).rejects.toMatchObject({ code: 'search/page-size' });
  });

  it('runs every filter the language knows without an error of the database', async () => {
    const field = fc.constantFrom('metrics.acc', 'params.lr', 'tags.`a\'"b`', 'status', 'start_time', 'end_time', 'datasets.context', 'excluded', 'experiment', 'artifact_uri', 'created_at');
    const operator = fc.constantFrom('=', '!=', '<', '>=', 'LIKE', 'NOT ILIKE', 'IN', 'NOT IN', 'IS NULL', 'IS NOT NULL');
    const value = fc.oneof(fc.double().map((each) => String(each).replace('NaN', 'nan')), fc.string({ unit: 'binary', maxLength: 6 }).map((each) => `'${each.replaceAll('\'', '\'\'')}'`), fc.constantFrom('\'%\'', '\'\\\'', '1e999', '-1e999'));
    const condition = fc.tuple(field, operator, value).map(([left, middle, right]) => (middle.startsWith('IS') ? `${left} ${middle}` : middle.endsWith('IN') ? `${left} ${middle} (${right}, ${right})` : `${left} ${middle} ${right}`));
    let understood = 0;
    await fc.assert(fc.asyncProperty(fc.array(condition, { minLength: 1, maxLength: 3 }), async (parts) => {
      const filter = understand(parts.join(' OR NOT '));
      if (filter === 'refused') return;
      understood += 1;
      await search.count({ ...query(''), filter });
    }), { numRuns: 300 });
    expect(understood).toBeGreaterThan(20);
  });
});

function understand(text: string): ReturnType<typeof parseRunFilter> | 'refused' {
  try {
    return parseRunFilter(text);
  } catch (refusal) {
    if (refusal instanceof Refusal) return 'refused';
    throw refusal;
  }
}
