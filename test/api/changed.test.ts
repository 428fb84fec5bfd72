import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { restRoutes } from '../../contracts/rest/routes.ts';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  lab = await openLab(api);
}, 120_000);
afterAll(() => api.stop());

interface Changes { readonly count: number; readonly warning: string | null; readonly unknown: string[]; readonly changed: { readonly kind: string; readonly name: string; readonly from: string | null; readonly to: string | null }[]; readonly run: { readonly id: string } | null; readonly variant: { readonly id: string; readonly role: string } | null; readonly experiment: { readonly key: string } | null }
const CHANGED = `query($id: ID!, $against: RunReference! = BASELINE) { run(id: $id) { changed(against: $against) { against count warning unknown changed { kind name from to } run { id } variant { id role } experiment { key } } } }`;
const changesOf = async (id: string, against: 'PARENT' | 'BASELINE' = 'BASELINE', as: As = lab.ada): Promise<Changes | null> => (await api.ok<{ run: { changed: Changes | null } }>(CHANGED, { id, against }, as)).run.changed;
const names = (changes: Changes | null) => changes?.changed.map(({ kind, name, from, to }) => [kind, name, from, to]);

const AT = '2026-11-30T06:00:00Z';
async function post(path: string, body: unknown): Promise<void> {
  const response = await api.fetch(`/api/v1${path}`, { as: lab.ada, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

const digest = (letter: string): string => letter.repeat(64);
interface Made { readonly params?: Readonly<Record<string, string>>; readonly fit?: string; readonly commit?: string; readonly gpu?: string; readonly numpy?: string; readonly captured?: boolean }
let last = 0;

/** A run as the Python package begins it; it goes on. */
async function begin(experiment: string, { params = {}, fit = 'a', commit = 'c', gpu = 'H200', numpy = '2.1.0', captured = true }: Made = {}): Promise<string> {
  const id = (last += 1).toString(16).padStart(32, 'e');
  await post('/runs', { id, experiment, name: `run ${last}`, startedAt: AT, params: { seed: String(last), ...params } });
  if (captured) {
    await post(`/runs/${id}/capture`, {
      version: 1, python: { version: '3.11.2', implementation: 'CPython' }, packages: [{ name: 'numpy', version: numpy, hash: null }], defaults: { momentum: '0.9' },
      code: { repository: 'git@github.com:acme/vision.git', commit: commit.repeat(40), branch: 'main', dirty: false, script: 'train.py', files: [{ path: 'train.py', sha256: digest(fit), meaning: digest(fit), functions: { 'Trainer.fit': digest(fit), main: digest('0') } }] },
      hardware: { cpu: 'EPYC', cores: 16, memoryBytes: 1, gpus: [{ name: gpu, memoryBytes: null }], cuda: '12.4', driver: '550', os: 'Linux' },
    });
  }
  await post(`/runs/${id}/datasets`, { datasets: [{ name: 'digits', digest: 'd1', meaning: digest('1'), role: 'train' }] });
  return id;
}

async function withBaseline(name: string, more: Record<string, unknown> = {}): Promise<{ readonly id: string; readonly key: string; readonly base: string }> {
  const { id, key } = await lab.experiment(name, more);
  const base = await begin(key, { params: { lr: '0.1' } });
  await post(`/runs/${base}/end`, { status: 'FINISHED', endedAt: AT });
  await analyse(id);
  const { fingerprint } = await api.adapters.prisma.variant.findFirstOrThrow({ where: { experimentId: id } });
  await api.adapters.prisma.experiment.update({ where: { id }, data: { baselineFingerprint: fingerprint, inputsVersion: { increment: 1 } } });
  await analyse(id);
  return { id, key, base };
}
async function analyse(experimentId: string): Promise<void> { await analyseExperiment(api.adapters.ports, experimentId, 'test'); }

test('a run that still trains says what it changed against the baseline: params, functions, packages and the machine', async () => {
  const { key, base } = await withBaseline('steps');
  const run = await begin(key, { params: { lr: '0.3', momentum: '0.9' }, fit: 'b', commit: 'd' });
  const changes = await changesOf(run);
  expect(names(changes)).toEqual([['CODE', 'train.py: Trainer.fit', 'aaaaaaaa', 'bbbbbbbb'], ['CONFIG', 'lr', '0.1', '0.3']]);
  expect(changes).toMatchObject({ against: 'BASELINE', count: 2, unknown: [], run: { id: base }, variant: { role: 'BASELINE' }, experiment: { key } });
  expect(changes?.warning).toMatch(/^2 variables changed \(train\.py: Trainer\.fit, lr\)/);

  const moved = await begin(key, { params: { lr: '1e-1' }, gpu: 'A100', numpy: '2.2.0', commit: 'd' });
  expect(names(await changesOf(moved))).toEqual([['ENVIRONMENT', 'numpy', '2.1.0', '2.2.0'], ['ENVIRONMENT', 'GPU', 'H200', 'A100']]);
  expect(await changesOf(base), 'the baseline itself').toBeNull();
});

test('one change, a repeat, and a design that takes effects apart are no reason to warn', async () => {
  const { id, key } = await withBaseline('quiet');
  expect(await changesOf(await begin(key, { params: { lr: '0.2' } }))).toMatchObject({ count: 1, warning: null });
  expect(await changesOf(await begin(key, { params: { lr: '0.10' } }))).toMatchObject({ count: 0, changed: [], warning: null });
  const both = await begin(key, { params: { lr: '0.2' }, fit: 'b' });
  expect((await changesOf(both))?.warning).not.toBeNull();
  await api.adapters.prisma.experiment.update({ where: { id }, data: { design: 'FACTORIAL' } });
  expect(await changesOf(both)).toMatchObject({ count: 2, warning: null });
});

test('what a run has not said yet is not called changed, and a run without a capture is told by its commit', async () => {
  const { key } = await withBaseline('bare');
  const run = await begin(key, { params: { lr: '0.1' }, captured: false });
  expect(await changesOf(run)).toMatchObject({ changed: [], unknown: ['CODE', 'ENVIRONMENT'] });
  await api.adapters.prisma.run.update({ where: { id: run }, data: { codeCommit: 'd'.repeat(40), codeRepository: 'git@github.com:acme/vision.git' } });
  expect(names(await changesOf(run))).toEqual([['CODE', 'commit', 'c'.repeat(40), 'd'.repeat(40)]]);
});

test('without a baseline and without a parent there is nothing to compare with', async () => {
  const { key } = await lab.experiment('alone');
  const run = await begin(key);
  expect([await changesOf(run), await changesOf(run, 'PARENT')]).toEqual([null, null]);
});

test('the parent stands for what it arrived at: what its verdict supports, else its baseline', async () => {
  const parent = await withBaseline('first idea');
  const better = await begin(parent.key, { params: { lr: '0.3' } });
  await post(`/runs/${better}/end`, { status: 'FINISHED', endedAt: AT });
  await analyse(parent.id);
  const child = await lab.experiment('second idea');
  await api.adapters.prisma.experimentParent.create({ data: { experimentId: child.id, parentId: parent.id } });
  const run = await begin(child.key, { params: { lr: '0.3', wd: '0.01' } });
  expect(await changesOf(run, 'PARENT')).toMatchObject({ count: 2, run: { id: parent.base }, experiment: { key: parent.key } });

  const { variantId } = await api.adapters.prisma.run.findUniqueOrThrow({ where: { id: better } });
  const verdict = api.adapters.ports.ids.next('verdict');
  await api.adapters.prisma.verdict.create({ data: { id: verdict, experimentId: parent.id, outcome: 'SUPPORTED', metric: 'val_acc', baselineRuns: 3, treatmentRuns: 3, method: 't', explanation: 'e', treatmentId: variantId, comparisons: [], inputsDigest: 'd', inputsVersion: 1, softwareVersion: 's' } });
  await api.adapters.prisma.experiment.update({ where: { id: parent.id }, data: { verdictId: verdict } });
  const arrived = await changesOf(run, 'PARENT');
  expect(arrived).toMatchObject({ run: { id: better }, warning: null });
  expect(names(arrived)).toEqual([['CONFIG', 'wd', null, '0.01']]);
});

test('a parent one may not see is not named, and strangers see nothing of the run', async () => {
  const elsewhere = await withBaseline('secret idea');
  await api.ok('mutation { createProject(input: { slug: "open-lab", name: "Open" }) { project { id } } }', {}, lab.ada);
  const experiment = await lab.experiment('in the open', { project: 'open-lab', hypothesis: await lab.propose({ project: 'open-lab' }) });
  await api.adapters.prisma.experimentParent.create({ data: { experimentId: experiment.id, parentId: elsewhere.id } });
  const run = await begin(experiment.key, { params: { lr: '0.2' } });
  expect(await changesOf(run, 'PARENT')).toMatchObject({ experiment: { key: elsewhere.key } });
  expect(await changesOf(run, 'PARENT', lab.eve)).toBeNull();
  expect(await api.ok(CHANGED, { id: elsewhere.base }, lab.eve)).toEqual({ run: null });
});

test('each run of a list is compared', async () => {
  const { key } = await withBaseline('many');
  for (let at = 0; at < 5; at += 1) await begin(key, { params: { lr: `0.${at + 2}` } });
  const { experiment } = await api.ok<{ experiment: { runs: { nodes: { changed: Changes | null }[] } } }>('query($key: String!) { experiment(key: $key) { runs(first: 10) { nodes { changed { count changed { name } } } } } }', { key }, lab.ada);
  expect(experiment.runs.nodes.map(({ changed }) => changed?.count ?? 0).toSorted((a, b) => a - b)).toEqual([0, 1, 1, 1, 1, 1]);
});

describe('before a run starts', () => {
  type Answer = z.output<typeof restRoutes.checkDuplicates.answer>;
  async function ask(body: Record<string, unknown>, as: As = lab.ada): Promise<Answer> {
    const response = await api.fetch('/api/v1/duplicate-check', { as, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ project: lab.slug, ...body }) });
    expect(response.status, await response.clone().text()).toBe(200);
    return restRoutes.checkDuplicates.answer.parse(await response.json());
  }
  const SET = 'mutation($input: SetChangesPolicyInput!) { setChangesPolicy(input: $input) { project { changesPolicy duplicatePolicy } } }';

  test('one question tells what would change too much, against what, and what the project wants to come of it', async () => {
    const { id, key, base } = await withBaseline('asked before');
    expect(await ask({ experiment: key, params: { lr: '0.3', aug: 'mixup', seed: '7' } })).toMatchObject({
      changesPolicy: 'WARN', changes: [{ against: 'BASELINE', experiment: key, run: base, url: expect.stringContaining(`/r/${base}`), count: 2, changed: [{ kind: 'CONFIG', name: 'aug' }, { kind: 'CONFIG', name: 'lr', from: '0.1', to: '0.3' }], sentence: expect.stringMatching(new RegExp(`^Against the baseline of ${key}, 2 variables changed \\(aug, lr\\)`)) }],
    });
    expect(await ask({ experiment: key, params: { lr: '0.3' } })).toMatchObject({ changes: [{ count: 1, sentence: null }] });
    await api.adapters.prisma.experiment.update({ where: { id }, data: { design: 'ABLATION' } });
    expect(await ask({ experiment: key, params: { lr: '0.3', aug: 'mixup' } })).toMatchObject({ changes: [{ count: 2, sentence: null }] });
  });

  test('a project may want such runs stopped, apart from what was done before', async () => {
    const { key } = await withBaseline('stopped');
    expect(await api.ok(SET, { input: { project: lab.slug, policy: 'STOP' } }, lab.ada)).toEqual({ setChangesPolicy: { project: { changesPolicy: 'STOP', duplicatePolicy: 'WARN' } } });
    expect(await ask({ experiment: key, params: { lr: '0.3' } })).toMatchObject({ policy: 'WARN', changesPolicy: 'STOP' });
    expect(await api.refusal(SET, { input: { project: lab.slug, policy: 'WARN' } }, lab.vera)).toBe('access/role-too-weak');
    await api.ok(SET, { input: { project: lab.slug, policy: 'WARN' } }, lab.ada);
  });

  test('an experiment that is named by its hypothesis is found; one that is not there yet has nothing to compare with', async () => {
    const { id, key } = await withBaseline('by its hypothesis');
    const { hypothesisId } = await api.adapters.prisma.experiment.update({ where: { id }, data: { madeForRuns: true } });
    await api.adapters.prisma.hypothesis.update({ where: { id: hypothesisId ?? '' }, data: { statement: 'Blue raises accuracy' } });
    const params = { lr: '0.3', aug: 'mixup' };
    expect(await ask({ hypothesis: 'blue raises  accuracy', params })).toMatchObject({ changes: [{ experiment: key, count: 2 }] });
    expect(await ask({ hypothesis: hypothesisId, params })).toMatchObject({ changes: [{ experiment: key }] });
    expect(await ask({ hypothesis: 'Nobody said this', params })).toMatchObject({ changes: [], changesPolicy: 'WARN' });
    expect(await ask({ experiment: 'ZZZ-9', params })).toMatchObject({ changes: [] });
  });

  test('the parent is told after the baseline, and nothing of what one may not see', async () => {
    const parent = await withBaseline('told parent');
    await api.ok('mutation { createProject(input: { slug: "next-lab", name: "Next" }) { project { id } } }', {}, lab.ada);
    const child = await lab.experiment('told child', { project: 'next-lab', hypothesis: await lab.propose({ project: 'next-lab' }) });
    await api.adapters.prisma.experimentParent.create({ data: { experimentId: child.id, parentId: parent.id } });
    const asked = { project: 'next-lab', experiment: child.key, params: { lr: '0.3', wd: '1' } };
    expect(await ask(asked)).toMatchObject({ changes: [{ against: 'PARENT', experiment: parent.key, run: parent.base, count: 2 }] });
    expect(await ask(asked, lab.eve)).toMatchObject({ changes: [] });
    expect(await ask({ ...asked, experiment: parent.key }, lab.eve)).toMatchObject({ changes: [] });
  });
});
