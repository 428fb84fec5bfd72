import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow } from './mlflow-server.ts';

const SCRIPT = fileURLToPath(new URL('every_call.py', import.meta.url));
const SECTIONS = ['experiments', 'logging', 'awkward values', 'searching', 'artifacts', 'datasets', 'training', 'registry', 'hypothesis in tags'];

let lemma: Stack;
let said: { readonly run: string; readonly trained: string };
let passed: readonly string[] = [];

/** The unmodified package makes every call once; what it read back was compared inside. */
beforeAll(async () => {
  lemma = await startStack({ env: { LEMMA_PAGES: '0' } });
  const { stdout } = await promisify(execFile)(pythonWithMlflow(), [SCRIPT], {
    env: { ...env, MLFLOW_TRACKING_URI: lemma.url, MLFLOW_DISABLE_TELEMETRY: 'true', GIT_PYTHON_REFRESH: 'quiet' }, maxBuffer: 16 * 1024 * 1024, timeout: 280_000,
  });
  passed = stdout.split('\n').flatMap((line) => /^ok (.*) [\d.]+ s$/.exec(line)?.[1] ?? []);
  said = JSON.parse(stdout.trim().split('\n').at(-1) ?? '{}') as typeof said;
});

afterAll(() => lemma?.stop());

test.each(SECTIONS)('the unmodified mlflow package: %s', (section) => {
  expect(passed).toContain(section);
});

async function ask<Data>(query: string, variables: object): Promise<Data> {
  const response = await fetch(`${lemma.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  const { data, errors } = await response.json() as { data: Data; errors?: unknown };
  expect(errors).toBeUndefined();
  return data;
}

test('what MLflow logged means the same in Lemma: seed, code, data, metrics', async () => {
  const { run } = await ask<{ run: Record<string, unknown> }>('query($id: ID!) { run(id: $id) { name status seed codeVersion { commit } datasets { name } metrics { key last count } experiment { name project { slug } } } }', { id: said.run });
  expect(run).toMatchObject({ name: 'parent', status: 'FINISHED', seed: '7', experiment: { name: 'cutmix', project: { slug: 'vision' } } });
  expect(run['datasets']).toEqual(expect.arrayContaining([{ name: 'toy' }, { name: 'zeros' }]));
  expect(run['metrics']).toEqual(expect.arrayContaining([{ key: 'loss', last: 0.2, count: 5 }]));
});

test('an autologged training has a seed and the software it used', async () => {
  const { run } = await ask<{ run: { seed: string; environment: unknown } }>('query($id: ID!) { run(id: $id) { seed environment { items { key value } } } }', { id: said.trained });
  expect(run.seed).toBe('3');
  expect(run.environment).toEqual({ items: expect.arrayContaining([{ key: 'python', value: expect.stringMatching(/^3\./) as string }, { key: expect.stringContaining('scikit-learn') as string, value: expect.any(String) as string }]) as unknown });
});

test('tags fill the hypothesis, and the experiment is no longer exploratory', async () => {
  const { project } = await ask<{ project: { hypotheses: { nodes: readonly object[] } } }>('query { project(slug: "vision") { hypotheses(first: 10) { nodes { statement because change metric direction minEffect experiments(first: 5) { nodes { name } } } } } }', {});
  expect(project.hypotheses.nodes).toContainEqual({
    statement: 'CutMix raises validation accuracy', because: 'it regularizes', change: 'use CutMix', metric: 'val_acc', direction: 'INCREASE', minEffect: 0.01, experiments: { nodes: [{ name: 'planned' }] },
  });
});
