import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import reference from '../../domain/statistics/reference/values.json' with { type: 'json' };
import { startAnalysisWorker, type AnalysisWorker } from '../support/analysis-worker.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { logBatch, trackedRun, type Logged } from '../support/tracked-run.ts';

let api: Api;
let worker: AnalysisWorker;
let ada: TestPerson;
let grace: TestPerson;

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  worker = await startAnalysisWorker(api);
  ada = await api.signUp('Ada');
  grace = await api.signUp('Grace');
  await api.ok('mutation { createProject(input: { slug: "vision", name: "Vision", key: "VIS" }) { project { id } } }', {}, ada);
  await api.ok('mutation($email: String!) { addMember(input: { project: "vision", email: $email, role: REVIEWER }) { member { id } } }', { email: grace.email }, ada);
});
afterAll(async () => {
  await worker.stop();
  await api.stop();
});

const known = referenceComparison();
function referenceComparison(): (typeof reference.comparisons)[number] {
  const [found] = reference.comparisons.filter((each) => each.paired && each.treatment[0] === 0.9617);
  if (!found) throw new Error('the reference values lack this comparison');
  return found;
}

const FIELDS = `key verdictPending evidenceDigest approval staleReason attributionWarning
  changedVariables { kind name from to }
  variants { id label role params { key value } changed { kind name from to } runs { id seed status } estimate { metric n mean ciLow ciHigh values } comparison { outcome effect } }
  verdict { outcome metric effect ciLow ciHigh pValue correctedP baselineRuns treatmentRuns runsNeeded method explanation treatment { label } guardrails { metric status } leftOut { run { id } reason } }
  hypothesis { status }`;

interface Variant { readonly id: string; readonly label: string; readonly role: string; readonly runs: readonly { readonly id: string; readonly seed: string | null }[]; readonly estimate: { readonly n: number; readonly mean: number; readonly ciLow: number | null; readonly ciHigh: number | null } | null }
interface Seen {
  readonly key: string; readonly verdictPending: boolean; readonly evidenceDigest: string; readonly approval: string; readonly staleReason: string | null; readonly attributionWarning: string | null;
  readonly changedVariables: readonly unknown[]; readonly variants: readonly Variant[];
  readonly verdict: { readonly outcome: string; readonly effect: number | null; readonly explanation: string; readonly runsNeeded: number | null; readonly pValue: number | null; readonly leftOut: readonly { readonly run: { readonly id: string }; readonly reason: string }[] } | null;
  readonly hypothesis: { readonly status: string } | null;
}

const read = async (key: string): Promise<Seen> => (await api.ok<{ experiment: Seen }>(`query($key: String!) { experiment(key: $key) { ${FIELDS} } }`, { key }, ada)).experiment;

/** The experiment once the analysis has caught up and `holds`. */
async function settled(key: string, holds: (seen: Seen) => boolean = () => true): Promise<Seen> {
  return vi.waitFor(async () => {
    const seen = await read(key);
    if (seen.verdictPending || !holds(seen)) throw new Error(`not yet: ${JSON.stringify(seen)}`);
    return seen;
  }, { timeout: 15_000, interval: 50 });
}

interface Made { readonly key: string; readonly mlflowId: string }

async function planned(name: string, more: Record<string, unknown> = {}): Promise<Made> {
  const { proposeHypothesis: { hypothesis } } = await api.ok<{ proposeHypothesis: { hypothesis: { id: string } } }>(
    'mutation($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }',
    { input: { project: 'vision', statement: 'mixup raises test accuracy', metric: 'test_acc', direction: 'INCREASE', minEffect: 0.005, ...more } }, ada);
  const { createExperiment: { experiment } } = await api.ok<{ createExperiment: { experiment: { key: string; mlflowExperimentId: string } } }>(
    'mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { key mlflowExperimentId } } }', { input: { project: 'vision', name, hypothesis: hypothesis.id } }, ada);
  return { key: experiment.key, mlflowId: experiment.mlflowExperimentId };
}

interface Training { readonly aug: string; readonly seed: number; readonly value: number | string; readonly status?: NonNullable<Logged['status']> }

const train = (made: Made, { aug, seed, value, status = 'FINISHED' }: Training): Promise<string> => trackedRun(api, ada, {
  experiment: made.mlflowId, params: { aug, lr: '0.1', seed: String(seed) }, metrics: [{ key: 'test_acc', value: 0.1, step: 0 }, { key: 'test_acc', value, step: 5 }], status,
});

const chooseBaseline = (key: string, variant: string) => api.ok('mutation($input: ChooseBaselineInput!) { chooseBaseline(input: $input) { experiment { key } } }', { input: { experiment: key, variant } }, ada);
const labelled = (seen: Seen, text: string): Variant => {
  const found = seen.variants.find(({ label }) => label.includes(text));
  if (!found) throw new Error(`no variant is labelled ${text}`);
  return found;
};

async function wholeStory(name: string): Promise<Made & { readonly seen: Seen }> {
  const made = await planned(name);
  for (const [seed, value] of known.baseline.entries()) await train(made, { aug: 'none', seed, value });
  for (const [seed, value] of known.treatment.entries()) await train(made, { aug: 'mixup', seed, value });
  const before = await settled(made.key, ({ variants }) => variants.length === 2);
  await chooseBaseline(made.key, labelled(before, 'none').id);
  return { ...made, seen: await settled(made.key, ({ verdict }) => verdict !== null) };
}

describe('from runs to a verdict', () => {
  test("seeds fold into variants, and the verdict has SciPy's figures", async () => {
    const { seen } = await wholeStory('mixup');
    expect(seen.variants).toHaveLength(2);
    expect(labelled(seen, 'mixup')).toMatchObject({ role: 'TREATMENT', params: [{ key: 'aug', value: 'mixup' }, { key: 'lr', value: '0.1' }], changed: [{ kind: 'CONFIG', name: 'aug', from: 'none', to: 'mixup' }], comparison: { outcome: 'SUPPORTED' } });
    expect(labelled(seen, 'mixup').runs.map(({ seed }) => Number(seed)).toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    expect(labelled(seen, 'none')).toMatchObject({ role: 'BASELINE', comparison: null, estimate: { metric: 'test_acc', n: 5, mean: expect.closeTo(0.95376, 10) } });
    expect(seen).toMatchObject({ attributionWarning: null, hypothesis: { status: 'SUPPORTED' }, changedVariables: [{ kind: 'CONFIG', name: 'aug', from: 'none', to: 'mixup' }] });
    expect(seen.verdict).toMatchObject({
      outcome: 'SUPPORTED', metric: 'test_acc', baselineRuns: 5, treatmentRuns: 5, runsNeeded: null, method: 'Paired t test by seed', leftOut: [],
      effect: expect.closeTo(known.difference, 10), pValue: expect.closeTo(known.p, 10), ciLow: expect.closeTo(known.ci95[0] ?? 0, 10), ciHigh: expect.closeTo(known.ci95[1] ?? 0, 10),
      explanation: 'aug=mixup raised test_acc by 0.00846, very likely between 0.00759 and 0.00933; the bar was 0.005.',
    });
  });

  test('a hypothesis is being tested from its first experiment on, and a run that goes on makes no variant', async () => {
    const made = await planned('begun');
    await train(made, { aug: 'none', seed: 1, value: 0.9, status: 'RUNNING' });
    const seen = await settled(made.key);
    expect(seen).toMatchObject({ hypothesis: { status: 'TESTING' }, variants: [], verdict: null });
  });

  test('one run a side proves nothing, and it says how many more', async () => {
    const made = await planned('one each');
    await train(made, { aug: 'none', seed: 1, value: 0.9 });
    await train(made, { aug: 'mixup', seed: 1, value: 0.99 });
    const before = await settled(made.key, ({ variants }) => variants.length === 2);
    expect(before.verdict).toBeNull();
    await chooseBaseline(made.key, labelled(before, 'none').id);
    const { verdict, hypothesis } = await settled(made.key, (seen) => seen.verdict !== null);
    expect(verdict).toMatchObject({ outcome: 'INCONCLUSIVE', pValue: null, runsNeeded: 2, explanation: expect.stringMatching(/^One run against one run says nothing about the change\./) });
    expect(hypothesis?.status).toBe('TESTING');
  });

  test('failed runs and NaN are shown and not counted; an excluded run leaves the statistics and comes back', async () => {
    const made = await planned('bad runs');
    for (const [seed, value] of [0.9, 0.91, 0.92].entries()) await train(made, { aug: 'none', seed, value });
    for (const [seed, value] of [0.93, 0.94, 0.95].entries()) await train(made, { aug: 'mixup', seed, value });
    await train(made, { aug: 'mixup', seed: 7, value: 'NaN' });
    const failed = await train(made, { aug: 'mixup', seed: 8, value: 0.1, status: 'FAILED' });
    const before = await settled(made.key, ({ variants }) => variants.some(({ runs }) => runs.length === 5));
    await chooseBaseline(made.key, labelled(before, 'none').id);
    const first = await settled(made.key, (seen) => seen.verdict !== null);
    expect(first.verdict).toMatchObject({ baselineRuns: 3, treatmentRuns: 3, explanation: expect.stringContaining('Not counted: 1 run logged a last value that is not a usable number.') });
    expect(first.verdict?.leftOut.map(({ run }) => run.id)).toContain(failed);

    const [run] = labelled(before, 'none').runs;
    await api.ok('mutation($input: ExcludeRunInput!) { excludeRun(input: $input) { run { id } } }', { input: { run: run?.id, reason: 'wrong data' } }, ada);
    await settled(made.key, ({ verdict, evidenceDigest }) => evidenceDigest !== first.evidenceDigest && verdict !== null);
    expect((await read(made.key)).verdict).toMatchObject({ baselineRuns: 2 });
    await api.ok('mutation($input: IncludeRunInput!) { includeRun(input: $input) { run { id } } }', { input: { run: run?.id } }, ada);
    expect((await settled(made.key, ({ evidenceDigest }) => evidenceDigest === first.evidenceDigest)).verdict).toMatchObject({ baselineRuns: 3 });
  });

  test('the run around a search, which measured nothing, changed nothing', async () => {
    const made = await planned('nested');
    for (const [seed, value] of [0.9, 0.91].entries()) await train(made, { aug: 'none', seed, value });
    for (const [seed, value] of [0.93, 0.94].entries()) await train(made, { aug: 'mixup', seed, value });
    const parent = api.adapters.ports.ids.run();
    const { id } = await api.adapters.prisma.experiment.findFirstOrThrow({ where: { runs: { some: {} }, name: 'nested' } });
    await api.adapters.prisma.run.create({ data: { id: parent, experimentId: id, name: 'search', status: 'FINISHED', startedAt: new Date(0), endedAt: new Date(1) } });
    await api.adapters.ports.store.transaction((tx) => tx.outbox.analyse(id));
    const before = await settled(made.key, ({ variants }) => variants.length === 3);
    await chooseBaseline(made.key, labelled(before, 'none').id);
    expect((await settled(made.key, (seen) => seen.verdict !== null)).changedVariables).toEqual([{ kind: 'CONFIG', name: 'aug', from: 'none', to: 'mixup' }]);
  });

  test('the bar is part of the claim: raising it changes the verdict', async () => {
    const { key } = await wholeStory('bar');
    const { experiment: { hypothesis } } = await api.ok<{ experiment: { hypothesis: { id: string } } }>('query($key: String!) { experiment(key: $key) { hypothesis { id } } }', { key }, ada);
    await api.ok('mutation($input: UpdateHypothesisInput!) { updateHypothesis(input: $input) { hypothesis { id } } }', { input: { hypothesis: hypothesis.id, minEffect: 0.02 } }, ada);
    expect((await settled(key, ({ verdict }) => verdict?.outcome !== 'SUPPORTED')).verdict?.outcome).toBe('EQUIVALENT');
  });

  test('an approval turns stale by itself when another run ends, and those who watch hear of it', async () => {
    const made = await wholeStory('approved');
    await api.ok('mutation($input: RequestReviewInput!) { requestReview(input: $input) { experiment { key } } }', { input: { experiment: made.key, reviewers: [grace.email] } }, ada);
    await api.ok('mutation($input: SubmitReviewInput!) { submitReview(input: $input) { review { id } } }', { input: { experiment: made.key, decision: 'APPROVE', body: 'Convincing.' } }, grace);
    expect((await read(made.key)).approval).toBe('APPROVED');
    const watching = api.subscribe<{ experimentUpdated: { approval: string } }>('subscription($key: String!) { experimentUpdated(key: $key) { approval } }', { key: made.key }, grace);
    expect((await watching.next()).value).toEqual({ experimentUpdated: { approval: 'APPROVED' } });
    await train(made, { aug: 'mixup', seed: 9, value: 0.961 });
    let heard = '';
    while (heard !== 'STALE') heard = String((await watching.next()).value?.experimentUpdated.approval);
    await watching.return?.();
    const seen = await settled(made.key);
    expect(seen.approval).toBe('STALE');
    expect(seen.staleReason).toContain('Grace');
  });

  test('logging after the end changes the evidence', async () => {
    const { key, seen } = await wholeStory('late');
    await logBatch(api, ada, String(labelled(seen, 'none').runs[0]?.id), { metrics: [{ key: 'test_acc', value: 0.9, step: 6 }] });
    const after = await settled(key, ({ evidenceDigest }) => evidenceDigest !== seen.evidenceDigest);
    expect(after.verdict?.effect).not.toBe(seen.verdict?.effect);
  });

  test('a worker killed in the middle of its work costs nothing: the next one finishes it', async () => {
    const made = await planned('killed');
    for (const [seed, value] of [0.9, 0.91, 0.92].entries()) await train(made, { aug: 'none', seed, value });
    const before = await settled(made.key, ({ variants }) => variants.length === 1);
    await chooseBaseline(made.key, labelled(before, 'none').id);
    const ending = Promise.all([0.93, 0.94, 0.955].map((value, seed) => train(made, { aug: 'mixup', seed, value })));
    await worker.kill();
    await ending;
    worker = await startAnalysisWorker(api);
    const { verdict } = await settled(made.key, ({ verdict: found }) => found !== null);
    expect(verdict).toMatchObject({ baselineRuns: 3, treatmentRuns: 3 });
  });
});
