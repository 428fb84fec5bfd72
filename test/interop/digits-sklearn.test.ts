import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { env } from 'node:process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { recomputed } from '../support/recomputed.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow } from './mlflow-server.ts';

const SCRIPT = fileURLToPath(new URL('../../examples/digits-sklearn/train.py', import.meta.url));

let lemma: Stack;
let client: LemmaClient;

/** As examples/digits-sklearn/README.md says: nothing but the address. */
const train = (...options: readonly string[]) => promisify(execFile)(pythonWithMlflow(), [SCRIPT, ...options], { env: { ...env, MLFLOW_TRACKING_URI: lemma.url, MLFLOW_DISABLE_TELEMETRY: 'true', GIT_PYTHON_REFRESH: 'quiet' }, timeout: 280_000 });

beforeAll(async () => {
  lemma = await startStack();
  client = lemmaClient(lemma.url);
  await train();
});
afterAll(() => lemma?.stop());

interface Variant { readonly id: string; readonly role: string; readonly runCount: number; readonly params: readonly { readonly key: string; readonly value: string }[]; readonly runs: readonly { readonly seed: string; readonly status: string; readonly metrics: readonly { readonly key: string; readonly count: number }[] }[] }
interface Verdict { readonly outcome: string; readonly effect: number; readonly ciLow: number; readonly ciHigh: number; readonly pValue: number; readonly baselineRuns: number; readonly treatmentRuns: number }
interface Experiment { readonly key: string; readonly name: string; readonly exploratory: boolean; readonly verdictPending: boolean; readonly hypothesis: object | null; readonly variants: readonly Variant[]; readonly verdict: Verdict | null }

async function experimentCalled(name: string): Promise<Experiment> {
  const { project } = await client.graphql<{ project: { experiments: { nodes: readonly Experiment[] } } }>(`{ project(slug: "digits-sklearn") { experiments(first: 10) { nodes {
    key name exploratory verdictPending hypothesis { change because metric direction minEffect }
    variants { id role runCount params { key value } runs { seed status metrics { key count } } }
    verdict { outcome effect ciLow ciHigh pValue baselineRuns treatmentRuns } } } } }`);
  const found = project.experiments.nodes.find((experiment) => experiment.name === name);
  if (!found) throw new Error(`no experiment called ${name}`);
  return found;
}

test('the ten trainings of an ordinary script are recorded and folded into two variants of five seeds', async () => {
  const { exploratory, variants, hypothesis } = await eventually(() => experimentCalled('standardised pixels'), (now) => !now.verdictPending);
  expect(exploratory).toBe(false);
  expect(hypothesis).toEqual({ change: 'standardising every pixel', because: 'rarely inked border pixels then count as much as the others', metric: 'test_acc', direction: 'INCREASE', minEffect: 0.005 });
  const standardised = variants.map(({ params }) => params.find(({ key }) => key === 'standardise')?.value);
  expect(standardised).toEqual(expect.arrayContaining(['False', 'True']));
  expect(standardised.length).toBe(2);
  for (const { runCount, runs } of variants) {
    expect(runCount).toBe(5);
    expect(runs.map(({ seed }) => Number(seed)).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    for (const { status, metrics } of runs) {
      expect(status).toBe('FINISHED');
      expect(Object.fromEntries(metrics.map(({ key, count }) => [key, count]))).toEqual({ train_loss: 30, test_acc: 30, test_nll: 30 });
    }
  }
});

test('once the baseline is chosen they are compared, and the verdict is what the logged values say', async () => {
  const { key, variants } = await experimentCalled('standardised pixels');
  const plain = variants.find(({ params }) => params.some((param) => param.key === 'standardise' && param.value === 'False'));
  await client.graphql('mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { key } } }', { key, variant: plain?.id });
  const { verdict } = await eventually(() => experimentCalled('standardised pixels'), (now) => now.verdict !== null && !now.verdictPending);
  const [found, ...others] = await recomputed(client, key);
  expect(others).toEqual([]);
  expect(['SUPPORTED', 'REFUTED', 'EQUIVALENT', 'INCONCLUSIVE']).toContain(verdict?.outcome);
  const near = (value: number | undefined): unknown => expect.closeTo(value ?? Number.NaN, 10);
  expect(verdict).toMatchObject({ baselineRuns: 5, treatmentRuns: 5, effect: near(found?.effect), ciLow: near(found?.low), ciHigh: near(found?.high), pValue: near(found?.p) });
});

test('without the hypothesis in its tags the same script makes an exploratory experiment', async () => {
  await train('--no-hypothesis', '--experiment', 'digits-sklearn/just looking', '--seeds', '2', '--epochs', '2');
  const { exploratory, hypothesis, variants, verdict } = await eventually(() => experimentCalled('just looking'), (now) => now.variants.length === 2);
  expect({ exploratory, hypothesis, verdict }).toEqual({ exploratory: true, hypothesis: null, verdict: null });
  expect(variants.map(({ runCount }) => runCount)).toEqual([2, 2]);
});
