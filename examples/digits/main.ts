import { setTimeout as pause } from 'node:timers/promises';
import { loadDigits, type Digits } from './dataset.ts';
import { PLANS, type Plan } from './hypotheses.ts';
import { LemmaClient } from './lemma-client.ts';
import { DEFAULTS, train, type Config } from './train.ts';

const PROJECT = 'digits';
const client = new LemmaClient(process.env['LEMMA_URL'] ?? 'http://127.0.0.1:3000', process.env['LEMMA_TOKEN']);
const digits = loadDigits();
const total = PLANS.reduce((sum, plan) => sum + (plan.treatments.length + 1) * plan.seeds.length, 0);
let done = 0;

async function prepareProject(): Promise<void> {
  const { project } = await client.graphql<{ project: unknown }>('query($slug: String!) { project(slug: $slug) { id } }', { slug: PROJECT });
  if (project) return;
  await client.graphql('mutation($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }', {
    input: { slug: PROJECT, name: 'Digits', key: 'DIG', description: 'A small network on the UCI handwritten digits: 600 images to train, 1,197 to test.' },
  });
}

async function prepareExperiment(plan: Plan): Promise<{ key: string; mlflowExperimentId: string }> {
  const { project } = await client.graphql<{ project: { experiments: { nodes: { key: string; name: string; mlflowExperimentId: string }[] } } }>(
    'query($slug: String!) { project(slug: $slug) { experiments(first: 100) { nodes { key name mlflowExperimentId } } } }', { slug: PROJECT });
  const known = project.experiments.nodes.find(({ name }) => name === plan.experiment);
  if (known) return known;
  const { proposeHypothesis } = await client.graphql<{ proposeHypothesis: { hypothesis: { id: string } } }>(
    'mutation($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }', { input: { project: PROJECT, ...plan.hypothesis } });
  const { createExperiment } = await client.graphql<{ createExperiment: { experiment: { key: string; mlflowExperimentId: string } } }>(
    'mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { key mlflowExperimentId } } }',
    { input: { project: PROJECT, name: plan.experiment, description: plan.description, design: plan.design, hypothesis: proposeHypothesis.hypothesis.id } });
  return createExperiment.experiment;
}

/** Names of runs that are finished; a run that an earlier attempt left unfinished is deleted, not continued. */
async function finishedRuns(experimentId: string): Promise<ReadonlySet<string>> {
  const { runs = [] } = await client.mlflow<{ runs?: { info: { run_id: string; run_name: string; status: string } }[] }>('runs/search', { experiment_ids: [experimentId], max_results: 1000 });
  for (const { info } of runs) if (info.status !== 'FINISHED') await client.mlflow('runs/delete', { run_id: info.run_id });
  return new Set(runs.filter(({ info }) => info.status === 'FINISHED').map(({ info }) => info.run_name));
}

interface Training { readonly digits: Digits; readonly experimentId: string; readonly name: string; readonly config: Config; readonly seed: number }

async function trainOnce({ digits: data, experimentId, name, config, seed }: Training): Promise<void> {
  const { run } = await client.mlflow<{ run: { info: { run_id: string } } }>('runs/create', {
    experiment_id: experimentId, run_name: name, start_time: Date.now(),
    tags: [{ key: 'mlflow.source.name', value: 'examples/digits/main.ts' }, { key: 'mlflow.user', value: 'demo' }],
  });
  const runId = run.info.run_id;
  await client.mlflow('runs/log-batch', { run_id: runId, params: Object.entries({ ...config, seed }).map(([key, value]) => ({ key, value: String(value) })) });
  await client.mlflow('runs/log-inputs', { run_id: runId, datasets: (['train', 'test'] as const).map((role) => ({
    tags: [{ key: 'mlflow.data.context', value: role }],
    dataset: { name: `uci-digits-${role}`, digest: data[role].digest.slice(0, 12), source_type: 'local', source: JSON.stringify({ uri: 'examples/digits/digits.csv.gz' }), profile: JSON.stringify({ num_rows: data[role].count }) },
  })) });
  for (const { epoch, ...values } of train(data, config, seed)) {
    await client.mlflow('runs/log-batch', { run_id: runId, metrics: Object.entries(values).map(([key, value]) => ({ key, value, step: epoch, timestamp: Date.now() })) });
  }
  await client.mlflow('runs/update', { run_id: runId, status: 'FINISHED', end_time: Date.now() });
}

const labelOf = (treatment: Partial<Config>): string => Object.entries(treatment).map(([key, value]) => `${key.replaceAll('_', ' ')} ${value}`).join(', ') || 'baseline';

interface VariantView { readonly id: string; readonly role: string; readonly params: readonly { readonly key: string; readonly value: string }[]; readonly runCount: number }

/** Lemma folds the runs into variants by itself; the one whose config is the default's becomes the baseline. */
async function chooseBaseline(key: string): Promise<void> {
  const isBaseline = ({ params }: VariantView): boolean => params.every(({ key: name, value }) => !(name in DEFAULTS) || String(DEFAULTS[name as keyof Config]) === value);
  const variant = await eventually(async () => {
    const { experiment } = await client.graphql<{ experiment: { verdictPending: boolean; variants: VariantView[] } }>(
      'query($key: String!) { experiment(key: $key) { verdictPending variants { id role runCount params { key value } } } }', { key });
    return experiment.verdictPending ? undefined : experiment.variants.find(isBaseline);
  });
  if (variant.role === 'BASELINE') return;
  await client.graphql('mutation($input: ChooseBaselineInput!) { chooseBaseline(input: $input) { experiment { key } } }', { input: { experiment: key, variant: variant.id } });
}

async function tellVerdict(key: string): Promise<void> {
  const verdict = await eventually(async () => {
    const { experiment } = await client.graphql<{ experiment: { verdictPending: boolean; verdict: { outcome: string; explanation: string } | null } }>(
      'query($key: String!) { experiment(key: $key) { verdictPending verdict { outcome explanation } } }', { key });
    return experiment.verdictPending ? undefined : (experiment.verdict ?? undefined);
  });
  say(`${key} ${verdict.outcome.toLowerCase()}: ${verdict.explanation}`);
}

async function eventually<Value>(look: () => Promise<Value | undefined>): Promise<Value> {
  for (let tries = 0; tries < 240; tries += 1) {
    const seen = await look();
    if (seen !== undefined) return seen;
    await pause(250);
  }
  throw new Error('Lemma did not analyse the experiment within a minute. Are the workers running?');
}

/** One line of JSON a training, so that whoever started this can show progress. */
function report(message: string): void {
  done += 1;
  say(JSON.stringify({ done, total, message }));
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Baseline and treatments of one seed train beside each other, so that nothing that drifts can favour a side: one computes while the other is logged. */
async function runPlan(plan: Plan, experimentId: string): Promise<void> {
  const finished = await finishedRuns(experimentId);
  for (const seed of plan.seeds) {
    await Promise.all([{}, ...plan.treatments].map(async (treatment) => {
      const name = `${labelOf(treatment)}, seed ${seed}`;
      if (!finished.has(name)) await trainOnce({ digits, experimentId, name, config: { ...DEFAULTS, ...treatment }, seed });
      report(`${plan.experiment}: ${name}`);
    }));
  }
}

await prepareProject();
const experiments: { plan: Plan; key: string; mlflowExperimentId: string }[] = [];
// Every hypothesis is on record before the first run of any.
for (const plan of PLANS) experiments.push({ plan, ...(await prepareExperiment(plan)) });
for (const { plan, key, mlflowExperimentId } of experiments) {
  await runPlan(plan, mlflowExperimentId);
  await chooseBaseline(key);
}
for (const { key } of experiments) await tellVerdict(key);
