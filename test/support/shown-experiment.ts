import { setExperiment, trainOnce } from './digits-training.ts';
import { eventually, type LemmaClient } from './lemma-client.ts';

/** Addresses of one finished story: an experiment of real trainings with a verdict, a discussion and a share link. */
export interface ShownExperiment {
  readonly key: string;
  readonly hypothesis: string;
  readonly runs: readonly string[];
  /** A share page that opens, and one that asks for a password. */
  readonly shared: string;
  readonly locked: string;
}

interface State { readonly experiment: { readonly id: string; readonly verdictPending: boolean; readonly verdict: { readonly outcome: string } | null; readonly variants: readonly { readonly id: string; readonly runCount: number; readonly params: readonly { readonly key: string; readonly value: string }[] }[]; readonly runs: { readonly nodes: readonly { readonly id: string }[] } } }
const STATE = 'query($key: String!) { experiment(key: $key) { id verdictPending verdict { outcome } variants { id runCount params { key value } } runs(first: 20) { nodes { id } } } }';

/** Plans, trains, compares, discusses and shares, all in the project "digits". */
export async function showExperiment(client: LemmaClient): Promise<ShownExperiment> {
  await client.graphql('mutation { createProject(input: { slug: "digits", name: "Digits", description: "How small may a network be?" }) { project { slug } } }');
  const { proposeHypothesis: { hypothesis } } = await client.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }', {
    input: { project: 'digits', statement: 'A bolder learning rate will increase test_acc by at least 0.05', change: 'a bolder learning rate', metric: 'test_acc', direction: 'INCREASE', minEffect: 0.05, because: 'few epochs of timid steps stop short', guardrails: ['test_nll'] },
  });
  const { createExperiment: { experiment: { key } } } = await client.graphql<{ createExperiment: { experiment: { key: string } } }>('mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { key } } }', { input: { project: 'digits', name: 'Learning rate', description: 'Six epochs each.', hypothesis: hypothesis.id } });
  const experiment = await setExperiment(client, 'digits/Without a hypothesis').then(async (loose) => {
    await trainOnce(client, { experiment: loose, name: 'loose', seed: 1, change: { epochs: 1 } });
    return (await client.trackGet<{ experiment: { experiment_id: string } }>('experiments/get-by-name', { experiment_name: 'digits/Learning rate' })).experiment.experiment_id;
  });
  for (const learning_rate of [0.01, 0.1]) for (const seed of [1, 2]) await trainOnce(client, { experiment, name: `rate ${learning_rate}, seed ${seed}`, seed, change: { learning_rate } });
  const state = () => client.graphql<State>(STATE, { key });
  const folded = await eventually(state, (now) => now.experiment.variants.length === 2 && now.experiment.variants.every(({ runCount }) => runCount === 2));
  const baseline = folded.experiment.variants.find(({ params }) => params.some((param) => param.key === 'learning_rate' && param.value === '0.01'));
  await client.graphql('mutation($key: String!, $v: ID!) { chooseBaseline(input: { experiment: $key, variant: $v }) { experiment { id } } }', { key, v: baseline?.id });
  const { experiment: { id, runs } } = await eventually(state, (now) => now.experiment.verdict !== null && !now.experiment.verdictPending);
  await client.graphql('mutation($id: ID!) { startThread(input: { subject: $id, anchor: { kind: "verdict" }, body: "Is **two** a side enough?" }) { thread { id } } }', { id });
  const share = (password: string | null) => client.graphql<{ createShareLink: { url: string } }>('mutation($id: ID!, $password: String) { createShareLink(input: { subject: $id, password: $password }) { url } }', { id, password });
  return { key, hypothesis: hypothesis.id, runs: runs.nodes.map((run) => run.id), shared: new URL((await share(null)).createShareLink.url).pathname, locked: new URL((await share('open sesame')).createShareLink.url).pathname };
}
