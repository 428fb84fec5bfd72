import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProcessName } from '../../scripts/launch/lemma.ts';
import { eventually, lemmaClient, untilAnswered, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let client: LemmaClient;
beforeAll(async () => {
  stack = await startStack();
  client = lemmaClient(stack.url);
  await client.graphql('mutation { createProject(input: { slug: "faults", name: "Faults" }) { project { slug } } }');
});
afterAll(() => stack.stop());

interface Planned { readonly key: string; readonly mlflowId: string }

async function planExperiment(name: string): Promise<Planned> {
  const { proposeHypothesis } = await client.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>(
    'mutation($statement: String!) { proposeHypothesis(input: { project: "faults", statement: $statement, metric: "val_acc", direction: INCREASE, minEffect: 0.01 }) { hypothesis { id } } }',
    { statement: `Mixing pictures raises accuracy (${name})` },
  );
  const { createExperiment } = await client.graphql<{ createExperiment: { experiment: { key: string } } }>(
    'mutation($name: String!, $hypothesis: ID!) { createExperiment(input: { project: "faults", name: $name, hypothesis: $hypothesis }) { experiment { key } } }',
    { name, hypothesis: proposeHypothesis.hypothesis.id },
  );
  const { experiment } = await client.trackGet<{ experiment: { experiment_id: string } }>('experiments/get-by-name', { experiment_name: `faults/${name}` });
  return { key: createExperiment.experiment.key, mlflowId: experiment.experiment_id };
}

/** One finished training, told batch by batch; each request is sent again until it is answered. */
async function train(mlflowId: string, aug: string, seed: number): Promise<void> {
  const run_name = `${aug}-${seed}`;
  const { run } = await untilAnswered(() => client.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: mlflowId, run_name, start_time: 1_700_000_000_000 }));
  const run_id = run.info.run_id;
  const value = (aug === 'mix' ? 0.9 : 0.8) + seed / 1000;
  await untilAnswered(() => client.track('runs/log-batch', { run_id, params: [{ key: 'aug', value: aug }, { key: 'seed', value: String(seed) }], metrics: [{ key: 'val_acc', value, timestamp: 1_700_000_000_000, step: 1 }] }));
  await untilAnswered(() => client.track('runs/update', { run_id, status: 'FINISHED', end_time: 1_700_000_100_000 }));
}

interface Standing {
  readonly experiment: {
    readonly variants: readonly { readonly id: string; readonly role: string; readonly params: readonly { readonly key: string; readonly value: string }[]; readonly runs: readonly unknown[] }[];
    readonly verdict: { readonly outcome: string; readonly baselineRuns: number; readonly treatmentRuns: number } | null;
  };
}

const standing = ({ key }: Planned): Promise<Standing> =>
  client.graphql<Standing>('query($key: String!) { experiment(key: $key) { variants { id role params { key value } runs { id } } verdict { outcome baselineRuns treatmentRuns } } }', { key });

const SEEDS = [1, 2, 3, 4];
/** A process that is killed at every start would never serve, and each end in a row is waited for longer. */
const MOST_STRIKES = 3;

/** Two experiments are trained while `disturb` strikes again and again; in the end each verdict counts every run once. */
async function concludeThrough(name: string, disturb: () => Promise<void>): Promise<void> {
  const planned = [await planExperiment(`${name}-a`), await planExperiment(`${name}-b`)];
  let over = false;
  const trouble = (async () => {
    for (let strikes = 0; strikes < MOST_STRIKES && (!over || strikes === 0); strikes += 1) {
      await disturb();
      await stack.whenReady();
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  })();
  for (const seed of SEEDS) for (const { mlflowId } of planned) for (const aug of ['none', 'mix']) await train(mlflowId, aug, seed);
  over = true;
  await trouble;
  await stack.whenReady();
  for (const one of planned) {
    const { experiment } = await eventually(() => standing(one), (answer) => answer.experiment.variants.length === 2 && answer.experiment.variants.every((variant) => variant.runs.length === SEEDS.length));
    const baseline = experiment.variants.find((variant) => variant.params.some((param) => param.key === 'aug' && param.value === 'none'));
    await client.graphql('mutation($experiment: String!, $variant: ID!) { chooseBaseline(input: { experiment: $experiment, variant: $variant }) { experiment { key } } }', { experiment: one.key, variant: baseline?.id });
    const { experiment: judged } = await eventually(() => standing(one), (answer) => answer.experiment.verdict?.outcome === 'SUPPORTED');
    expect(judged.verdict).toEqual({ outcome: 'SUPPORTED', baselineRuns: SEEDS.length, treatmentRuns: SEEDS.length });
  }
}

test.each<ProcessName>(['workers', 'nats-server', 'Postgres', 'server'])('verdicts come out right although %s is killed again and again', async (name) => {
  await concludeThrough(`killed-${name.toLowerCase()}`, () => stack.kill(name));
});
