import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, lemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

/** The demo as `LEMMA_DEMO=1 npm start` loads it; one data folder through all tests. */
let dataFolder: string;
let stack: Stack;
beforeAll(() => { dataFolder = mkdtempSync(join(tmpdir(), 'lemma-demo-')); });
afterAll(async () => {
  await stack?.stop();
  rmSync(dataFolder, { recursive: true, force: true });
});

const startWithDemo = () => startStack({ dataFolder, env: { LEMMA_DEMO: '1' } });

interface Loaded {
  readonly viewer: { readonly demo: { readonly state: string; readonly done: number; readonly total: number } };
  readonly project: { readonly runCount: number; readonly hypothesisCount: number; readonly experiments: { readonly nodes: readonly { readonly key: string; readonly verdict: object | null; readonly runs: { readonly nodes: readonly { readonly id: string; readonly name: string; readonly status: string }[] } }[] } } | null;
}
const loaded = () => lemmaClient(stack.url).graphql<Loaded>('{ viewer { demo { state done total } } project(slug: "digits") { runCount hypothesisCount experiments(first: 10) { nodes { key verdict { outcome } runs(first: 100) { nodes { id name status } } } } } }');

test('LEMMA_DEMO=1 loads the demo at the first start; killed in the middle, it goes on, and in the end nothing is doubled or half done', async () => {
  stack = await startWithDemo();
  const before = await eventually(loaded, ({ viewer: { demo } }) => demo.done >= 3);
  expect(before.viewer.demo).toMatchObject({ state: 'RUNNING', total: 44 });
  await stack.kill('workers');
  const { viewer: { demo }, project } = await eventually(loaded, (now) => now.viewer.demo.state !== 'RUNNING', 240_000);
  expect(demo).toEqual({ state: 'READY', done: 44, total: 44 });
  expect(project).toMatchObject({ runCount: 44, hypothesisCount: 3 });
  const experiments = project?.experiments.nodes ?? [];
  expect(experiments.map(({ verdict }) => verdict !== null)).toEqual([true, true, true]);
  const runs = experiments.flatMap(({ key, runs: { nodes } }) => nodes.map(({ name, status }) => ({ name: `${key}: ${name}`, status })));
  expect(new Set(runs.map(({ name }) => name)).size).toBe(44);
  expect(runs.filter(({ status }) => status !== 'FINISHED')).toEqual([]);
});

test('the second start with LEMMA_DEMO=1 loads nothing again', async () => {
  const before = await loaded();
  await stack.stop();
  stack = await startWithDemo();
  await stack.whenReady();
  // The server asks before it serves; a demo that was asked for would be running now.
  expect(await loaded()).toEqual(before);
  await stack.restart('workers');
  await stack.whenReady();
  expect(await loaded()).toEqual(before);
});
