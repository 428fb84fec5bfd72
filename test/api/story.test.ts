import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SharedResultPage } from '../../contracts/share-page.ts';
import { analyseExperiment } from '../../operations/analysis/analyse-experiment.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';

let api: Api;
beforeAll(async () => { api = await startApi(); });
afterAll(() => api.stop());

interface Mlflow { readonly experiment_id: string; readonly run: { readonly info: { readonly run_id: string } } }
/** What an unmodified MLflow client sends: without credentials, as the local owner. */
async function mlflow(path: string, body: object): Promise<Mlflow> {
  const response = await api.fetch(`/api/2.0/mlflow/${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const answer = await response.json() as Mlflow;
  expect(response.status, `${path}: ${JSON.stringify(answer)}`).toBe(200);
  return answer;
}

async function train(experiment: string, aug: string, seed: number, accuracy: number): Promise<string> {
  const { run: { info: { run_id } } } = await mlflow('runs/create', { experiment_id: experiment, start_time: Date.now() });
  await mlflow('runs/log-batch', { run_id, params: [{ key: 'aug', value: aug }, { key: 'seed', value: String(seed) }], metrics: [0, 1, 2].map((step) => ({ key: 'val_acc', value: accuracy * (step + 1) / 3, step, timestamp: step })), tags: [] });
  await mlflow('runs/update', { run_id, status: 'FINISHED', end_time: Date.now() });
  return run_id;
}

const EXPERIMENT = 'query($key: String!) { experiment(key: $key) { id exploratory approval staleReason evidenceDigest verdict { id outcome effect ciLow ciHigh explanation } changedVariables { name from to } variants { id label runCount } viewerCan { requestReview share } } }';
interface Experiment { readonly id: string; readonly evidenceDigest: string; readonly verdict: { readonly id: string }; readonly variants: readonly { readonly id: string; readonly label: string; readonly runCount: number }[] }
const read = async (key: string) => (await api.ok<{ experiment: Experiment }>(EXPERIMENT, { key })).experiment;

test('from a run of an unmodified client to an approved, shared verdict that goes stale by itself', async () => {
  // Somebody points a script at Lemma: the experiment is there, exploratory, and not yet fit for review.
  const { experiment_id } = await mlflow('experiments/create', { name: 'vision/cutmix' });
  for (const [seed, accuracy] of [0.900, 0.904, 0.902].entries()) await train(experiment_id, 'none', seed, accuracy);
  for (const [seed, accuracy] of [0.950, 0.955, 0.951].entries()) await train(experiment_id, 'cutmix', seed, accuracy);
  const { search } = await api.ok<{ search: { nodes: { key: string }[] } }>('{ search(text: "cutmix") { nodes { ... on Experiment { key } } } }');
  const key = search.nodes.find((node) => node.key)?.key ?? '';
  const { id } = await read(key);
  expect(await read(key)).toMatchObject({ exploratory: true, approval: 'NONE', viewerCan: { requestReview: false, share: false } });
  expect(await api.refusal('mutation($id: ID!) { createShareLink(input: { subject: $id }) { url } }', { id })).toBe('experiment/exploratory');

  // The hypothesis is written, and attached.
  const { proposeHypothesis } = await api.ok<{ proposeHypothesis: { hypothesis: { id: string } } }>('mutation($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }', { input: { project: 'vision', statement: 'Patchwork images teach robustness', change: 'CutMix', metric: 'val_acc', direction: 'INCREASE', minEffect: 0.01, because: 'patches hide the obvious' } });
  await api.ok('mutation($key: String!, $h: ID!) { setHypothesis(input: { experiment: $key, hypothesis: $h }) { experiment { id } } }', { key, h: proposeHypothesis.hypothesis.id });

  // Runs that differ only in seed fold into variants; one is the baseline; the verdict knows about noise.
  await analyseExperiment(api.adapters.ports, id, 'test');
  const { variants } = await read(key);
  expect(variants.map(({ runCount }) => runCount)).toEqual([3, 3]);
  const VARIANT_PARAMS = 'query($key: String!) { experiment(key: $key) { variants { id params { key value } } } }';
  const { experiment: { variants: withParams } } = await api.ok<{ experiment: { variants: { id: string; params: { key: string; value: string }[] }[] } }>(VARIANT_PARAMS, { key });
  const baseline = withParams.find(({ params }) => params.some(({ value }) => value === 'none'));
  await api.ok('mutation($key: String!, $v: ID!) { chooseBaseline(input: { experiment: $key, variant: $v }) { experiment { id } } }', { key, v: baseline?.id });
  await analyseExperiment(api.adapters.ports, id, 'test');
  const judged = await read(key);
  expect(judged).toMatchObject({ exploratory: false, verdict: { outcome: 'SUPPORTED' }, changedVariables: [{ name: 'aug', from: 'none', to: 'cutmix' }] });

  // A second person joins, is asked, talks about the verdict and approves it.
  const grace: TestPerson = await api.signUp('Grace');
  await api.ok('mutation($email: String!) { addMember(input: { project: "vision", email: $email, role: REVIEWER }) { member { id } } }', { email: grace.email });
  await api.ok('mutation($key: String!, $email: String!) { requestReview(input: { experiment: $key, reviewers: [$email] }) { experiment { id } } }', { key, email: grace.email });
  await api.ok('mutation($v: ID!) { startThread(input: { subject: $v, body: "Does heteroscedasticity matter here?" }) { thread { id } } }', { v: judged.verdict.id }, grace);
  expect(await api.refusal('mutation($key: String!) { submitReview(input: { experiment: $key, decision: APPROVE }) { review { id } } }', { key })).toBe('review/own-work');
  const { submitReview } = await api.ok<{ submitReview: object }>('mutation($key: String!, $d: String) { submitReview(input: { experiment: $key, decision: APPROVE, evidenceDigest: $d }) { experiment { approval } review { evidenceDigest } } }', { key, d: judged.evidenceDigest }, grace);
  expect(submitReview).toEqual({ experiment: { approval: 'APPROVED' }, review: { evidenceDigest: judged.evidenceDigest } });

  // A stakeholder without an account reads it.
  const { createShareLink } = await api.ok<{ createShareLink: { url: string; shareLink: { id: string } } }>('mutation($id: ID!) { createShareLink(input: { subject: $id }) { url shareLink { id } } }', { id });
  const address = `/api/v1/share/${createShareLink.url.slice(-43)}`;
  const page = await (await api.fetch(address)).json() as SharedResultPage;
  expect(page.experiments[0]).toMatchObject({ key, verdict: { outcome: 'SUPPORTED' }, approval: { state: 'APPROVED', by: 'Grace' }, variants: [{ role: 'BASELINE', runs: 3 }, { role: 'TREATMENT', runs: 3 }] });

  // Another run ends: everyone watching sees the approval turn stale.
  const watching = api.subscribe<{ experimentUpdated: { approval: string } }>('subscription($key: String!) { experimentUpdated(key: $key) { approval } }', { key }, grace);
  expect((await watching.next()).value).toEqual({ experimentUpdated: { approval: 'APPROVED' } });
  await train(experiment_id, 'cutmix', 3, 0.7);
  await analyseExperiment(api.adapters.ports, id, 'test');
  for await (const { experimentUpdated } of watching) if (experimentUpdated.approval === 'STALE') break;
  expect(await read(key)).toMatchObject({ approval: 'STALE', staleReason: expect.stringContaining('Grace') as string });

  // The link is revoked, and gone.
  await api.ok('mutation($id: ID!) { revokeShareLink(input: { shareLink: $id }) { shareLink { id } } }', { id: createShareLink.shareLink.id });
  expect((await api.fetch(address)).status).toBe(404);

  // It is found again by a word of the hypothesis, a param's name and a comment.
  for (const text of ['patchwork', 'aug', 'heteroscedasticity']) {
    const { search: found } = await api.ok<{ search: { nodes: { id?: string }[] } }>('query($text: String!) { search(text: $text) { nodes { ... on Node { id } } } }', { text });
    expect(found.nodes.map((node) => node.id), text).toContain(id);
  }
}, 90_000);
