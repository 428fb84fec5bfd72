import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { restRoutes } from '../../contracts/rest/routes.ts';
import { recordRecipes } from '../../operations/duplicates/record-recipes.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

type Answer = z.output<typeof restRoutes.checkDuplicates.answer>;
interface Said { readonly params: Readonly<Record<string, string>>; readonly seed?: string; readonly status?: 'FINISHED' | 'FAILED'; readonly commit?: string | null; readonly dirty?: boolean; readonly at?: number; readonly parent?: string }

let api: Api;
let lab: Lab;
let first: Awaited<ReturnType<Lab['experiment']>>;
let second: Awaited<ReturnType<Lab['experiment']>>;
const PARAMS = { lr: '0.001', aug: 'mixup', batch_size: '64', output_dir: 'out/a' };

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  lab = await openLab(api);
  first = await lab.experiment('first');
  second = await lab.experiment('second');
});
afterAll(() => api.stop());

async function log(experimentId: string, { params, seed = '0', status = 'FINISHED', commit = null, dirty = false, at = 0, parent }: Said): Promise<string> {
  const id = api.adapters.ports.ids.run();
  const all = { ...params, seed };
  await api.adapters.prisma.run.create({ data: { id, experimentId, name: `run-${id.slice(0, 4)}`, status, seed, codeCommit: commit, codeDirty: dirty, parentRunId: parent ?? null, startedAt: new Date(1_700_000_000_000 + at), endedAt: new Date(1_700_000_100_000 + at),
    params: { create: Object.entries(all).map(([key, value]) => ({ key, value })) } } });
  await recordRecipes(api.adapters.ports, experimentId);
  return id;
}

async function ask(body: Record<string, unknown>, who: TestPerson = lab.ada): Promise<Answer> {
  const response = await api.fetch('/api/v1/duplicate-check', { as: who, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ project: lab.slug, ...body }) });
  expect(response.status, await response.clone().text()).toBe(200);
  return restRoutes.checkDuplicates.answer.parse(await response.json());
}

describe('POST /api/v1/duplicate-check', () => {
  test('tells the same recipe and seed, however it is written, with what came of it', async () => {
    const run = await log(first.id, { params: PARAMS });
    const verdictId = api.adapters.ports.ids.next('verdict');
    await api.adapters.prisma.verdict.create({ data: { id: verdictId, experimentId: first.id, outcome: 'REFUTED', metric: 'val_acc', baselineRuns: 2, treatmentRuns: 2, method: 'Welch', explanation: 'no', comparisons: [], inputsDigest: 'd', inputsVersion: 1, softwareVersion: 't' } });
    await api.adapters.prisma.experiment.update({ where: { id: first.id }, data: { verdictId } });
    const { policy, exact, repeats, near } = await ask({ params: { seed: '0', 'batch-size': '64.0', aug: "'mixup'", lr: '1e-3', output_dir: 'out/a' } });
    expect([policy, repeats, near]).toEqual(['WARN', [], []]);
    expect(exact).toEqual([expect.objectContaining({ run, experiment: first.key, experimentName: 'first', verdict: 'REFUTED', distance: 0, changed: [], url: expect.stringContaining(`/r/${run}`), sentence: expect.stringMatching(new RegExp(`^The same as ${first.key}'s run run-.{4}, seed and all; ${first.key} was refuted\\.$`)) })]);
  });

  test('another seed is a repeat: told among the near only where another experiment ran it', async () => {
    const params = { ...PARAMS, seed: '5' };
    expect(await ask({ params })).toMatchObject({ exact: [], repeats: [{ experiment: first.key }], near: [] });
    expect(await ask({ params, experiment: first.key })).toMatchObject({ exact: [], repeats: [{ sentence: expect.stringContaining('a repeat, as statistics need them') }], near: [] });
    expect(await ask({ params, experiment: second.key })).toMatchObject({ exact: [], near: [{ experiment: first.key, distance: 0 }] });
  });

  test('a near recipe is told with what differs, a real change is not', async () => {
    const { exact, near } = await ask({ params: { ...PARAMS, lr: '0.001001', output_dir: 'out/b', seed: '0' } });
    expect(exact).toEqual([]);
    expect(near).toMatchObject([{ experiment: first.key, changed: [{ name: 'output_dir' }, { kind: 'CONFIG', name: 'lr', from: '0.001', to: '0.001001' }] }]);
    expect(near[0]?.distance).toBeLessThan(0.1);
    expect(await ask({ params: { ...PARAMS, lr: '0.002', seed: '0' } })).toMatchObject({ exact: [], repeats: [], near: [] });
    expect(await ask({ params: {} })).toMatchObject({ exact: [], repeats: [], near: [] });
  });

  test('what failed, was deleted or left out of the statistics is no result to repeat', async () => {
    const params = { lr: '7', aug: 'failed' };
    await log(first.id, { params, status: 'FAILED' });
    const deleted = await log(first.id, { params });
    const excluded = await log(first.id, { params });
    expect((await ask({ params: { ...params, seed: '0' } })).exact).toHaveLength(2);
    await api.adapters.prisma.run.update({ where: { id: deleted }, data: { deletedAt: new Date() } });
    await api.adapters.prisma.run.update({ where: { id: excluded }, data: { excludedAt: new Date(), excludedReason: 'wrong data' } });
    expect(await ask({ params: { ...params, seed: '0' } })).toMatchObject({ exact: [], near: [] });
  });

  test('code is compared by what it means where both know, and functions by name', async () => {
    const commit = 'a'.repeat(40);
    const id = await log(first.id, { params: { lr: '0.3', model: 'captured' }, commit });
    const file = (path: string, meaning: string, functions: Record<string, string>) => ({ path, meaning: meaning.repeat(64), functions: Object.fromEntries(Object.entries(functions).map(([name, digit]) => [name, digit.repeat(64)])) });
    const capture = (files: unknown[], hash: string) => ({ version: 1, code: { commit: hash, script: 'train.py', files }, python: { version: '3.11.4' }, packages: [{ name: 'numpy', version: '1.26.4' }], defaults: { momentum: '0.9' } });
    const sent = await api.fetch(`/api/v1/runs/${id}/capture`, { as: lab.ada, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(capture([file('train.py', '1', { main: '1', log_metrics: '1', 'Model.forward': '1' })], commit)) });
    expect(sent.status, await sent.text()).toBe(200);
    await recordRecipes(api.adapters.ports, first.id);
    const params = { model: 'captured', lr: '3e-1', momentum: '0.90', seed: '0' };
    const other = 'b'.repeat(40);
    expect(await ask({ params, capture: capture([file('train.py', '1', { main: '1', log_metrics: '1', 'Model.forward': '1' })], other) })).toMatchObject({ exact: [{ run: id }] });
    const logging = await ask({ params, capture: capture([file('train.py', '2', { main: '1', log_metrics: '2', 'Model.forward': '1' })], other) });
    expect(logging).toMatchObject({ exact: [], near: [{ run: id, changed: [{ kind: 'CODE', name: 'train.py: log_metrics' }] }] });
    expect(await ask({ params, capture: capture([file('train.py', '2', { main: '1', log_metrics: '1', 'Model.forward': '2' })], other) })).toMatchObject({ exact: [], near: [] });
  });

  test('uncommitted changes that nobody recorded are never exact', async () => {
    const params = { lr: '0.77', aug: 'dirty' };
    await log(first.id, { params, commit: 'c'.repeat(40), dirty: true });
    const answer = await ask({ params: { ...params, seed: '0' }, capture: { version: 1, code: { commit: 'c'.repeat(40), dirty: true } } });
    expect(answer).toMatchObject({ exact: [], near: [{ changed: [{ kind: 'CODE', name: 'uncommitted changes' }] }] });
  });

  test('the project is the experiment\'s where none is named, and without either there is no answer', async () => {
    expect(await ask({ project: undefined, experiment: first.key, params: { ...PARAMS, seed: '0' } })).toMatchObject({ policy: 'WARN', exact: [{ experiment: first.key }] });
    const check = async (body: object, as: TestPerson): Promise<number> => (await api.fetch('/api/v1/duplicate-check', { as, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })).status;
    expect(await check({ params: PARAMS }, lab.ada)).toBe(400);
    expect(await check({ experiment: first.key, params: PARAMS }, lab.eve)).toBe(404);
    expect(await check({ experiment: 'ZZZ-1', params: PARAMS }, lab.ada)).toBe(404);
  });

  test('who may not see the project is told of nothing in it', async () => {
    const { slug } = await openLab(api);
    const elsewhere = await api.fetch('/api/v1/duplicate-check', { as: lab.eve, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ project: lab.slug, params: PARAMS }) });
    expect(elsewhere.status).toBe(404);
    await api.ok('mutation($slug: String!) { createProject(input: { slug: $slug, name: $slug }) { project { id } } }', { slug: 'open' }, lab.eve);
    expect(await ask({ project: 'open', params: { ...PARAMS, seed: '0' } }, lab.eve)).toMatchObject({ exact: [], repeats: [], near: [] });
    expect((await ask({ params: { ...PARAMS, seed: '0' } }, lab.vera)).exact).toHaveLength(1);
    expect(slug).not.toBe(lab.slug);
  });
});

describe('a run and its project', () => {
  const RUN = 'query($id: ID!) { run(id: $id) { duplicates { kind verdict sentence distance changed { name } experiment { key } run { id } } duplicateReasons { replication reason by { name } } } }';
  const RECORD = 'mutation($input: RecordDuplicateReasonInput!) { recordDuplicateReason(input: $input) { run { duplicateReasons { replication reason by { name } } } experiment { duplicateReasons { reason } } } }';
  const PROJECT = 'query($slug: String!) { project(slug: $slug) { duplicatePolicy duplicateRate { runs sameSeed earlierExperiment explained rate } } }';

  test('say what was done before, earlier ones only', async () => {
    const params = { lr: '0.05', aug: 'page' };
    const early = await log(first.id, { params, at: 1_000 });
    const late = await log(second.id, { params, at: 2_000 });
    const { run } = await api.ok<{ run: { duplicates: unknown[] } }>(RUN, { id: late }, lab.vera);
    expect(run.duplicates).toMatchObject([{ kind: 'EXACT', verdict: 'REFUTED', distance: 0, experiment: { key: first.key }, run: { id: early } }]);
    expect(await api.ok(RUN, { id: early }, lab.vera)).toMatchObject({ run: { duplicates: [] } });
  });

  test('going on takes a reason, which is kept with who said it; replication is one', async () => {
    const id = await log(second.id, { params: { lr: '0.06', aug: 'reason' } });
    expect(await api.refusal(RECORD, { input: { run: id } }, lab.ada)).toBe('duplicate/reason-empty');
    expect(await api.refusal(RECORD, { input: { reason: 'why' } }, lab.ada)).toBe('duplicate/subject');
    expect(await api.refusal(RECORD, { input: { run: id, replication: true } }, lab.vera)).toBe('access/role-too-weak');
    expect(await api.ok(RECORD, { input: { run: id, replication: true } }, lab.ada)).toMatchObject({ recordDuplicateReason: { run: { duplicateReasons: [{ replication: true, reason: 'Replication', by: { name: expect.stringMatching(/^Ada/) } }] } } });
    expect(await api.ok(RECORD, { input: { experiment: second.key, reason: ' other hardware ' } }, lab.ada)).toMatchObject({ recordDuplicateReason: { experiment: { duplicateReasons: [{ reason: 'other hardware' }] } } });
  });

  test('a client says the reason as it begins the run, once however often it is sent', async () => {
    const id = 'd'.repeat(32);
    const begin = async (reason: string): Promise<number> => (await api.fetch('/api/v1/runs', { as: lab.ada, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ id, experiment: second.key, reason, startedAt: '2026-01-01T00:00:00Z' }) })).status;
    expect([await begin(' replication '), await begin('replication')]).toEqual([200, 200]);
    expect(await api.ok(RUN, { id }, lab.vera)).toMatchObject({ run: { duplicateReasons: [{ replication: true, reason: 'Replication' }] } });
    expect(await begin('x'.repeat(2_001))).toBe(400);
  });

  test('the rate counts the same seed, and what an earlier experiment had run', async () => {
    const own = await openLab(api);
    const [one, two] = [await own.experiment('one'), await own.experiment('two')];
    for (const [seed, at] of [['0', 1], ['1', 2], ['1', 3]] as const) await log(one.id, { params: { lr: '1' }, seed, at });
    await log(two.id, { params: { lr: '1.0' }, seed: '2', at: 4 });
    await log(two.id, { params: { lr: '2' }, at: 5 });
    await log(two.id, { params: { lr: '1' }, seed: '9', at: 6, status: 'FAILED' });
    expect(await api.ok(PROJECT, { slug: own.slug }, own.vera)).toEqual({ project: { duplicatePolicy: 'WARN', duplicateRate: { runs: 5, sameSeed: 1, earlierExperiment: 1, explained: 0, rate: 0.4 } } });
    await api.ok(RECORD, { input: { experiment: two.key, replication: true } }, own.ada);
    expect(await api.ok(PROJECT, { slug: own.slug }, own.vera)).toMatchObject({ project: { duplicateRate: { explained: 1 } } });
  });

  test('the rate leaves out runs that say nothing, and tells how many they are', async () => {
    const own = await openLab(api);
    const one = await own.experiment('one');
    for (const at of [1, 2, 3]) await log(one.id, { params: {}, at });
    for (const at of [4, 5]) await log(one.id, { params: { lr: '1' }, at });
    const silent = await log(one.id, { params: {}, commit: 'e'.repeat(40), parent: await log(one.id, { params: {}, at: 6 }), at: 7 });
    expect(await api.ok('query($slug: String!) { project(slug: $slug) { duplicateRate { runs silent sameSeed waiting } } }', { slug: own.slug }, own.vera)).toEqual({ project: { duplicateRate: { runs: 2, silent: 5, sameSeed: 1, waiting: 0 } } });
    expect(await api.ok(RUN, { id: silent }, own.vera)).toMatchObject({ run: { duplicates: [] } });
  });

  test('the rate of imported runs knows nothing of the others, wherever these are', async () => {
    const own = await openLab(api);
    const [one, two] = [await own.experiment('one'), await own.experiment('two')];
    await log(two.id, { params: { lr: '1' }, at: 1 });
    for (const [experiment, at] of [[one, 2], [one, 3], [two, 4]] as const) {
      const runId = await log(experiment.id, { params: { lr: '1' }, at });
      await api.adapters.prisma.runTag.create({ data: { runId, key: 'lemma.imported', value: 'all' } });
    }
    await log(one.id, { params: { lr: '1' }, at: 5 });
    const numbers = (await api.adapters.prisma.experiment.findMany({ where: { id: { in: [one.id, two.id] } }, orderBy: { number: 'asc' } })).map(({ mlflowId }) => mlflowId);
    const rate = async (imported: readonly number[] | null) => (await api.ok<{ project: { duplicateRate: unknown } }>('query($slug: String!, $imported: [Int!]) { project(slug: $slug) { duplicateRate(imported: $imported) { runs sameSeed } } }', { slug: own.slug, imported }, own.vera)).project.duplicateRate;
    expect([await rate(null), await rate(numbers), await rate(numbers.slice(0, 1)), await rate([])]).toEqual([{ runs: 5, sameSeed: 4 }, { runs: 3, sameSeed: 2 }, { runs: 2, sameSeed: 1 }, { runs: 0, sameSeed: 0 }]);
  });

  test("a project's policy is set by its maintainers and answered to who asks", async () => {
    const SET = 'mutation($input: SetDuplicatePolicyInput!) { setDuplicatePolicy(input: $input) { project { duplicatePolicy } } }';
    expect(await api.refusal(SET, { input: { project: lab.slug, policy: 'STOP' } }, lab.grace)).toBe('access/role-too-weak');
    expect(await api.ok(SET, { input: { project: lab.slug, policy: 'STOP' } }, lab.ada)).toEqual({ setDuplicatePolicy: { project: { duplicatePolicy: 'STOP' } } });
    expect((await ask({ params: { ...PARAMS, seed: '0' } })).policy).toBe('STOP');
  });
});

describe('while one types a hypothesis', () => {
  const SIMILAR = 'query($project: String!, $statement: String!, $metric: String) { duplicates(project: $project, statement: $statement, metric: $metric) { similarity hypothesis { id statement } } }';
  interface Similar { readonly duplicates: readonly { readonly similarity: number; readonly hypothesis: { readonly id: string } | null }[] }

  test('those that say nearly the same are told, the closest first, to who may see them', async () => {
    const own = await openLab(api);
    const close = await own.propose({ statement: 'Label smoothing of 0.1 will increase calibration of the digit reader', metric: 'ece' });
    await own.propose({ statement: 'A larger batch will shorten the night', metric: 'hours' });
    const ask = async (statement: string, who: TestPerson): Promise<Similar['duplicates']> => (await api.ok<Similar>(SIMILAR, { project: own.slug, statement, metric: 'ece' }, who)).duplicates;
    const [first, ...rest] = await ask('label smoothing 0.1 will increase the calibration', own.vera);
    expect(first).toMatchObject({ hypothesis: { id: close } });
    expect(first?.similarity).toBeGreaterThan(0.5);
    expect(rest).toEqual([]);
    expect(await ask('labe', own.vera)).toEqual([]);
    expect(await api.refusal(SIMILAR, { project: own.slug, statement: 'label smoothing' }, own.eve)).toBe('project/unknown');
  });

  test('an experiment tells what others did before of what its treatments do', async () => {
    const own = await openLab(api);
    const [one, two] = [await own.experiment('one'), await own.experiment('two')];
    const params = { lr: '0.4', aug: 'experiment page' };
    await log(one.id, { params, at: 1 });
    const late = await log(two.id, { params, at: 2 });
    await api.adapters.prisma.variant.create({ data: { id: `var_${two.id}`, experimentId: two.id, fingerprint: 'f', label: 'aug', params: [], runs: { connect: { id: late } } } });
    expect(await api.ok('query($key: String!) { experiment(key: $key) { duplicates { kind experiment { key } } } }', { key: two.key }, own.vera)).toEqual({ experiment: { duplicates: [{ kind: 'EXACT', experiment: { key: one.key } }] } });
  });
});
