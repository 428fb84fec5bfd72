import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axe } from '../support/axe.ts';
import { expectGone, expectSeen, openBrowser, type Desk, type RealBrowser } from '../support/browser.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let browser: RealBrowser;
let desk: Desk;
beforeAll(async () => {
  [stack, browser] = await Promise.all([startStack({ pages: true }), openBrowser()]);
  desk = await browser.newDesk(stack.url);
  await desk.page.emulateMedia({ reducedMotion: 'reduce' });
});
afterAll(async () => {
  await browser.close();
  await stack.stop();
});

const DIFF = `diff --git a/train.py b/train.py
--- a/train.py
+++ b/train.py
@@ -1,3 +1,3 @@
 import numpy
-momentum = 0.9
+momentum = 0.95
 train(momentum)
`;
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const COMMIT = 'c0ffee0c0ffee0c0ffee0c0ffee0c0ffee0c0ffe';
const AT = '2026-11-30T06:00:00Z';

async function post(path: string, body: unknown): Promise<{ readonly artifacts: string }> {
  const response = await fetch(`${stack.url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return await response.json() as { readonly artifacts: string };
}

async function captured(id: string): Promise<void> {
  const { artifacts } = await post('/runs', { id, project: 'sandbox', hypothesis: 'More momentum helps', startedAt: AT, name: 'captured', params: { seed: '1' } });
  await post(`/runs/${id}/capture`, {
    version: 1, command: ['python', 'train.py', '--note', 'it is <b>bold</b>'], workingFolder: 'src', machine: 'node-1', modelType: 'SVC',
    code: {
      repository: 'git@github.com:acme/vision.git', commit: COMMIT, branch: null, dirty: true, onRemote: false, script: 'train.py', diff: { path: 'lemma/code/changes.diff', sha256: sha256(DIFF), bytes: DIFF.length, masked: 1 },
      untracked: [{ path: 'new.py', bytes: 12, sha256: sha256('new') }], leftOut: [{ path: 'data/big\u202Egpj.bin', bytes: 5_000_000_000, why: 'larger than 1 MB' }], submodules: [{ path: 'vendor/x', commit: 'abcdef1', dirty: true }],
      files: [{ path: 'train.py', sha256: sha256('x'), meaning: sha256('y'), functions: {} }],
    },
    python: { version: '3.11.2', implementation: 'CPython' }, packages: Array.from({ length: 120 }, (_, at) => ({ name: `package-${at}`, version: `1.${at}`, hash: sha256(String(at)) })),
    hardware: { cpu: 'AMD EPYC', cores: 16, memoryBytes: 128_000_000_000, gpus: [{ name: 'NVIDIA H200', memoryBytes: 150_000_000_000 }], cuda: '12.4', driver: '550.54', os: 'Linux 6.1' },
    container: { image: 'acme/train:1', digest: `sha256:${sha256('c')}` }, variables: { OMP_NUM_THREADS: '1' }, seeds: { numpy: '7' }, defaults: { momentum: '0.9' },
  });
  await fetch(`${stack.url}${new URL(artifacts).pathname}/lemma/code/changes.diff`, { method: 'PUT', body: DIFF });
  await post(`/runs/${id}/end`, { status: 'FAILED', endedAt: AT, exitCode: 1, traceback: 'Traceback (most recent call last):\n  File "train.py", line 3\nValueError: <script>alert(1)</script>' });
}

test('what was captured of a run is read on its page: how it ended, its command, its code with the changes, and what it ran on', async () => {
  const { page, complaints } = desk;
  const id = 'ab'.repeat(16);
  await captured(id);
  await page.goto(`/r/${id}`);
  await expectSeen(page.getByText('Exit code 1'));
  await page.getByRole('link', { name: 'how it ended' }).click();
  await expectSeen(page.getByRole('region', { name: 'Traceback' }).getByText('ValueError: <script>alert(1)</script>'));
  await expectSeen(page.getByText("python train.py --note 'it is <b>bold</b>'"));
  await expectSeen(page.getByText('This commit is on no remote branch.'));
  expect(await page.getByRole('link', { name: COMMIT }).getAttribute('href')).toBe(`https://github.com/acme/vision/commit/${COMMIT}`);
  await expectSeen(page.getByText('none: a detached head'));
  await expectSeen(page.getByText('1 secret masked'));
  await expectSeen(page.getByText('momentum = 0.95'));
  await expectGone(page.getByText('This is not the file that was captured'));
  await expectSeen(page.getByText('larger than 1 MB'));
  await expectSeen(page.getByText('data/big\\u202egpj.bin'));
  await expectSeen(page.getByText('NVIDIA H200, 150 GB'));

  await page.getByRole('searchbox', { name: 'Filter packages' }).fill('package-119');
  await expectSeen(page.getByText('1.119'));
  await expectGone(page.getByText('package-0', { exact: true }));
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await axe(page), `at ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  expect(complaints).toEqual([]);
});

test('a run that nobody captured says in one line how to, and how far it can be done again', async () => {
  const { page } = desk;
  const id = 'cd'.repeat(16);
  await post('/runs', { id, project: 'sandbox', hypothesis: 'More momentum helps', startedAt: AT });
  await page.goto(`/r/${id}`);
  await expectSeen(page.getByText('lemma exec --experiment SBX-'));
  await page.getByRole('link', { name: 'Capture', exact: true }).click();
  await expectSeen(page.getByText('Grade E of A to E: its code is not known.'));
  await expectSeen(page.getByRole('list', { name: 'Why the grade is not higher' }).getByText('The command line is not recorded.'));
  expect(await axe(page)).toEqual([]);
});

async function ask<Data>(query: string, variables: Record<string, unknown>): Promise<Data> {
  const response = await fetch(`${stack.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  return (await response.json() as { data: Data }).data;
}

/** Makes the run's variant the baseline, once the analysis has found it. */
async function chooseBaseline(run: string): Promise<void> {
  await expect.poll(async () => {
    const { run: { variant, experiment } } = await ask<{ run: { variant: { id: string } | null; experiment: { key: string } } }>('query($run: ID!) { run(id: $run) { variant { id } experiment { key } } }', { run });
    if (variant === null) return null;
    return (await ask<{ chooseBaseline: { experiment: { baseline: { id: string } } } }>('mutation($input: ChooseBaselineInput!) { chooseBaseline(input: $input) { experiment { baseline { id } } } }', { input: { experiment: experiment.key, variant: variant.id } })).chooseBaseline.experiment.baseline.id;
  }, { timeout: 30_000 }).not.toBeNull();
}

test('a run that still trains says what it changed against the baseline, with a warning where that is too much', async () => {
  const { page } = desk;
  const [base, run] = ['ba', 'ce'].map((letters) => letters.repeat(16)) as [string, string];
  const begin = async (id: string, lr: string, fit: string): Promise<void> => {
    await post('/runs', { id, project: 'sandbox', hypothesis: 'Larger steps help', startedAt: AT, name: `lr ${lr}`, params: { seed: '1', lr } });
    await post(`/runs/${id}/capture`, {
      version: 1, python: { version: '3.11.2', implementation: 'CPython' }, packages: [], hardware: { cpu: 'AMD EPYC', cores: 16, memoryBytes: 1, gpus: [], cuda: null, driver: null, os: 'Linux' },
      code: { repository: 'git@github.com:acme/vision.git', commit: COMMIT, branch: 'main', dirty: false, onRemote: true, script: 'train.py', files: [{ path: 'train.py', sha256: sha256(fit), meaning: sha256(fit), functions: { 'Trainer.fit': sha256(fit) } }] },
    });
  };
  await begin(base, '0.1', 'before');
  await post(`/runs/${base}/end`, { status: 'FINISHED', endedAt: AT });
  await chooseBaseline(base);
  await begin(run, '0.3', 'after');

  await page.goto(`/r/${run}`);
  const part = page.getByRole('region', { name: 'Changed variables' });
  await expectSeen(part.getByText('2 things changed against the baseline'));
  await expectSeen(part.getByText('train.py: Trainer.fit'));
  await expectSeen(part.getByText('2 variables changed (train.py: Trainer.fit, lr)'));
  await expectSeen(part.getByText('Not recorded by both, so not compared: data.'));
  expect(await part.getByRole('link', { name: 'lr', exact: true }).getAttribute('href')).toBe('/p/sandbox/tried?about=lr');
  expect(await part.getByRole('link', { name: 'the baseline' }).getAttribute('href')).toBe(`/r/${base}`);
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await axe(page), `at ${width}`).toEqual([]);
  }
  await page.setViewportSize({ width: 1440, height: 900 });

  await page.goto(`/r/${base}`);
  await expectSeen(page.getByRole('heading', { name: 'lr 0.1' }));
  await expectGone(page.getByRole('region', { name: 'Changed variables' }));
});

test('a run of an experiment that has a parent is put against what the parent arrived at, too', async () => {
  const { page, complaints } = desk;
  const { run: { experiment } } = await ask<{ run: { experiment: { key: string; hypothesis: { id: string } } } }>('query($id: ID!) { run(id: $id) { experiment { key hypothesis { id } } } }', { id: 'ba'.repeat(16) });
  const { createExperiment } = await ask<{ createExperiment: { experiment: { key: string } } }>('mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { key } } }', { input: { project: 'sandbox', name: 'Next', hypothesis: experiment.hypothesis.id, parents: [experiment.key] } });
  const [base, run] = ['bb', 'bc'].map((letters) => letters.repeat(16)) as [string, string];
  await post('/runs', { id: base, experiment: createExperiment.experiment.key, startedAt: AT, name: 'next base', params: { seed: '1', lr: '0.2' } });
  await post(`/runs/${base}/end`, { status: 'FINISHED', endedAt: AT });
  await chooseBaseline(base);
  await post('/runs', { id: run, experiment: createExperiment.experiment.key, startedAt: AT, name: 'next', params: { seed: '1', lr: '0.2', wd: '0.01' } });

  await page.goto(`/r/${run}`);
  const part = page.getByRole('region', { name: 'Changed variables' });
  await expectSeen(part.getByText('1 thing changed against the baseline'));
  await part.getByRole('button', { name: 'Parent' }).click();
  await expectSeen(part.getByText(`2 things changed against the parent ${experiment.key}`));
  await expectSeen(part.getByText('2 variables changed (lr, wd)'));
  await part.getByRole('button', { name: 'Baseline' }).click();
  await expectSeen(part.getByText('1 thing changed against the baseline'));
  expect(complaints).toEqual([]);
});
