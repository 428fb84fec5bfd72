import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Api } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
/** A second project of Ada's, of which Grace and Vera know nothing. */
const OTHER = 'elsewhere';
beforeAll(async () => {
  api = await startApi();
  lab = await openLab(api);
  await api.ok('mutation { createProject(input: { slug: "elsewhere", name: "Elsewhere", restricted: true }) { project { id } } }', {}, lab.ada);
});
afterAll(() => api.stop());

const CREATE = 'mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { key name exploratory design owner { email } hypothesis { id status } parents { key } mlflowExperimentId } } }';
const UPDATE = 'mutation($input: UpdateExperimentInput!) { updateExperiment(input: $input) { experiment { key name description design parents { key } children { key } archivedAt } } }';
const SET = 'mutation($key: String!, $hypothesis: ID!) { setHypothesis(input: { experiment: $key, hypothesis: $hypothesis }) { experiment { exploratory hypothesis { id status } } } }';
const MOVE = 'mutation($key: String!, $project: String!) { moveExperiment(input: { experiment: $key, project: $project }) { experiment { id key hypothesis { id project { slug } } } } }';
const BASELINE = 'mutation($key: String!, $variant: ID!) { chooseBaseline(input: { experiment: $key, variant: $variant }) { experiment { baseline { id } verdictPending variants { id role } } } }';

const VARIANTS = 'query($key: String!) { experiment(key: $key) { variants { id label role runCount } } }';
const variantsOf = async (key: string) => (await api.ok<{ experiment: { variants: { id: string; label: string; role: string; runCount: number }[] } }>(VARIANTS, { key }, lab.ada)).experiment.variants;

describe('planning', () => {
  test('an experiment tests a hypothesis from its first moment, and has a key people can say', async () => {
    const hypothesis = await lab.propose();
    const { createExperiment: { experiment } } = await api.ok<{ createExperiment: { experiment: Record<string, unknown> } }>(CREATE, { input: { project: lab.slug, name: 'cutmix on small images', hypothesis, design: 'ABLATION' } }, lab.ada);
    expect(experiment).toMatchObject({ name: 'cutmix on small images', exploratory: false, design: 'ABLATION', owner: { email: lab.ada.email }, hypothesis: { id: hypothesis, status: 'TESTING' } });
    expect(experiment['key']).toMatch(/^[A-Z][A-Z0-9]+-\d+$/);
    expect(experiment['mlflowExperimentId']).toMatch(/^[1-9]\d*$/);
  });

  test('without a hypothesis there is no experiment, and one of another project will not do', async () => {
    expect(await api.refusal(CREATE, { input: { project: lab.slug, name: 'no hypothesis', hypothesis: 'hyp_none' } }, lab.ada)).toBe('hypothesis/unknown');
    expect((await api.gql(CREATE, { input: { project: lab.slug, name: 'no hypothesis' } }, lab.ada)).errors[0]?.extensions.code).toBe('BAD_USER_INPUT');
    const elsewhere = await lab.propose({ project: OTHER });
    expect(await api.refusal(CREATE, { input: { project: lab.slug, name: 'borrowed', hypothesis: elsewhere } }, lab.ada)).toBe('experiment/hypothesis-elsewhere');
    expect(await api.refusal(CREATE, { input: { project: lab.slug, name: 'borrowed', hypothesis: elsewhere } }, lab.vera)).toBe('access/role-too-weak');
    expect(await api.refusal(CREATE, { input: { project: lab.slug, name: 'borrowed', hypothesis: elsewhere } }, lab.grace)).toBe('hypothesis/unknown');
  });

  test('names are unique in a project and may hold anything', async () => {
    const hypothesis = await lab.propose();
    const name = `'; DROP TABLE experiments; -- <img src=x onerror=alert(1)>`;
    expect(await api.ok(CREATE, { input: { project: lab.slug, name, hypothesis } }, lab.ada)).toMatchObject({ createExperiment: { experiment: { name } } });
    expect(await api.refusal(CREATE, { input: { project: lab.slug, name, hypothesis } }, lab.ada)).toBe('experiment/name-taken');
    expect(await api.refusal(CREATE, { input: { project: lab.slug, name: ' ', hypothesis } }, lab.ada)).toBe('experiment/name-empty');
    expect(await api.refusal(CREATE, { input: { project: lab.slug, name: 'x'.repeat(501), hypothesis } }, lab.ada)).toBe('experiment/name-too-long');
  });

  test('twenty people who plan at once get twenty numbers', async () => {
    const hypothesis = await lab.propose();
    const keys = await Promise.all(Array.from({ length: 20 }, async (_, index) => (await lab.experiment(`at once ${index}`, { hypothesis })).key));
    expect(new Set(keys).size).toBe(20);
  });
});

describe('a former name', () => {
  const MLFLOW = '/api/2.0/mlflow/experiments';
  const find = async (name: string, as = lab.ada) => {
    const response = await api.fetch(`${MLFLOW}/get-by-name?experiment_name=${encodeURIComponent(name)}`, { as });
    return response.status === 200 ? (await response.json() as { experiment: { name: string; experiment_id: string } }).experiment : response.status;
  };
  const rename = (key: string, name: string) => api.ok(UPDATE, { input: { experiment: key, name } }, lab.ada);

  test('leads a script that still says it on to the experiment, until somebody takes the name', async () => {
    const first = await lab.experiment('width');
    const original = await find(`${lab.slug}/width`);
    await rename(first.key, 'width of the net');
    expect(await find(`${lab.slug}/width`)).toMatchObject({ name: `${lab.slug}/width of the net`, experiment_id: (original as { experiment_id: string }).experiment_id });
    await lab.experiment('width');
    expect(await find(`${lab.slug}/width`)).toMatchObject({ name: `${lab.slug}/width` });
    expect(await find(`${lab.slug}/never so called`)).toBe(404);
  });

  test('leads into the project it was moved to, but nobody who may not see it there', async () => {
    const { key } = await lab.experiment('mover');
    await api.ok(MOVE, { key, project: OTHER }, lab.ada);
    expect(await find(`${lab.slug}/mover`)).toMatchObject({ name: `${OTHER}/mover` });
    expect(await find(`${lab.slug}/mover`, lab.grace)).toBe(404);
  });
});

describe('deleting', () => {
  test('takes an experiment from the lists and from search, with its runs; by its key and from its relatives it is still read, and restored it is as it was', async () => {
    const parent = await lab.experiment('deletable zebra');
    const child = await lab.experiment('child', { parents: [parent.key] });
    await lab.runs(parent.id, 'aug=none', [0.9, 0.91]);
    const listed = async (archived: boolean) => (await api.ok<{ project: { experiments: { nodes: { key: string }[] } } }>('query($slug: String!, $archived: Boolean) { project(slug: $slug) { experiments(first: 100, archived: $archived) { nodes { key } } } }', { slug: lab.slug, archived }, lab.ada)).project.experiments.nodes.map(({ key }) => key);
    const found = async () => (await api.ok<{ search: { totalCount: number } }>('{ search(text: "zebra", first: 5) { totalCount } }', {}, lab.ada)).search.totalCount;
    const read = () => api.ok('query($key: String!) { experiment(key: $key) { deletedAt runCount } }', { key: parent.key }, lab.ada);
    const DELETE = 'mutation($key: String!, $deleted: Boolean!) { updateExperiment(input: { experiment: $key, deleted: $deleted }) { experiment { deletedAt } } }';
    expect(await found()).toBe(1);

    expect(await api.ok(DELETE, { key: parent.key, deleted: true }, lab.ada)).toEqual({ updateExperiment: { experiment: { deletedAt: expect.any(String) } } });
    expect(await read()).toEqual({ experiment: { deletedAt: expect.any(String), runCount: 0 } });
    expect([(await listed(false)).includes(parent.key), (await listed(true)).includes(parent.key), await found()]).toEqual([false, true, 0]);
    expect(await api.ok('query($key: String!) { experiment(key: $key) { parents { key } } }', { key: child.key }, lab.ada)).toEqual({ experiment: { parents: [{ key: parent.key }] } });
    expect(await api.refusal(UPDATE, { input: { experiment: parent.key, name: 'other' } }, lab.ada)).toBe('experiment/deleted');
    expect(await api.refusal(DELETE, { key: parent.key, deleted: false }, lab.vera)).toBe('access/role-too-weak');

    expect(await api.ok(DELETE, { key: parent.key, deleted: false }, lab.ada)).toEqual({ updateExperiment: { experiment: { deletedAt: null } } });
    expect(await read()).toEqual({ experiment: { deletedAt: null, runCount: 2 } });
    expect([(await listed(false)).includes(parent.key), await found()]).toEqual([true, 1]);
  });
});

describe('reading', () => {
  test('by its key, in any case; never by those who may not see it', async () => {
    const { key, id } = await lab.experiment('to be read');
    const READ = 'query($key: String!, $id: ID!) { experiment(key: $key) { id } node(id: $id) { __typename id } }';
    expect(await api.ok(READ, { key: key.toLowerCase(), id }, lab.vera)).toEqual({ experiment: { id }, node: { __typename: 'Experiment', id } });
    expect(await api.ok(READ, { key, id }, lab.eve)).toEqual({ experiment: null, node: null });
    for (const nonsense of ['', 'VIS', '42', `${key}x`, "VIS-1' OR 1=1", 'VIS-99999999999999999999']) expect(await api.ok(READ, { key: nonsense, id: nonsense }, lab.ada)).toEqual({ experiment: null, node: null });
  });

  test('what is new is empty, not wrong', async () => {
    const { key } = await lab.experiment('quite new');
    const { experiment } = await api.ok<{ experiment: object }>(`query($key: String!) { experiment(key: $key) { verdict { id } verdictPending changedVariables { name } attributionWarning evidence { digest countedRuns excludedRuns failedRuns code data metrics }
      approval staleReason reviews { id } shareLinks { id } runs { totalCount pageInfo { hasNextPage } } runCount activeRunCount metricKeys baseline { id } variants { id } threads { totalCount }
      viewerCan { edit comment requestReview approve share approveRefusal } } }`, { key }, lab.grace);
    expect(experiment).toMatchObject({
      verdict: null, verdictPending: true, changedVariables: [], attributionWarning: null, approval: 'NONE', staleReason: null, reviews: [], shareLinks: [], runCount: 0, baseline: null, variants: [], metricKeys: [],
      evidence: { countedRuns: 0, excludedRuns: 0, failedRuns: 0, metrics: ['val_acc', 'latency_ms'] }, runs: { totalCount: 0, pageInfo: { hasNextPage: false } }, threads: { totalCount: 0 },
      viewerCan: { edit: true, comment: true, requestReview: true, approve: false, share: true, approveRefusal: 'There is nothing to approve yet: no finished run counts in this experiment.' },
    });
  });

  test('lists are pages, and pages lead to the next', async () => {
    const { key, id } = await lab.experiment('seven runs');
    await lab.runs(id, 'aug=none', [1, 2, 3, 4, 5, 6, 7]);
    const PAGE = 'query($key: String!, $first: Int, $after: String) { experiment(key: $key) { runs(first: $first, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }';
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page: { experiment: { runs: { totalCount: number; nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } } } = await api.ok(PAGE, { key, first: 3, after }, lab.ada);
      expect(page.experiment.runs.totalCount).toBe(7);
      seen.push(...page.experiment.runs.nodes.map((run) => run.id));
      after = page.experiment.runs.pageInfo.hasNextPage ? page.experiment.runs.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
    expect(await api.refusal(PAGE, { key, first: 100_000 }, lab.ada)).toBe('page/size');
    expect(await api.refusal(PAGE, { key, first: -1 }, lab.ada)).toBe('page/size');
    expect(await api.refusal(PAGE, { key, after: 'not a cursor' }, lab.ada)).toBe('page/cursor');
  });

  test("a variant's estimate is of its counted runs", async () => {
    const { key, id } = await lab.experiment('estimates');
    const [, , failed] = await lab.runs(id, 'aug=none', [0.9, 0.92, 0.1]);
    await lab.runs(id, 'aug=cutmix', [0.95]);
    await api.adapters.prisma.run.update({ where: { id: String(failed) }, data: { status: 'FAILED' } });
    const READ = 'query($key: String!) { experiment(key: $key) { metricKeys evidence { countedRuns failedRuns } variants { label runCount params { key value } estimate { metric n mean sd ciLow ciHigh values } other: estimate(metric: "loss") { n } } } }';
    const { experiment } = await api.ok<{ experiment: { variants: { label: string; estimate: { n: number; ciLow: number | null; values: number[] } }[] } }>(READ, { key }, lab.vera);
    expect(experiment).toMatchObject({ metricKeys: ['val_acc'], evidence: { countedRuns: 3, failedRuns: 1 } });
    const [none, cutmix] = ['aug=none', 'aug=cutmix'].map((label) => experiment.variants.find((variant) => variant.label === label));
    // Mean ± t(0.975, 1) · s / √n = 0.91 ± 12.7062 · 0.014142 / √2
    expect(none).toMatchObject({ runCount: 3, params: [{ key: 'aug', value: 'aug=none' }], estimate: { metric: 'val_acc', n: 2, values: [0.9, 0.92] }, other: null });
    expect(none?.estimate.ciLow).toBeCloseTo(0.91 - 0.127062, 5);
    expect(cutmix?.estimate).toEqual({ metric: 'val_acc', n: 1, mean: 0.95, sd: null, ciLow: null, ciHigh: null, values: [0.95] });
  });
});

describe('changing', () => {
  test('renames, describes, redesigns and archives; what is not named stays', async () => {
    const { key } = await lab.experiment('before');
    expect(await api.ok(UPDATE, { input: { experiment: key, name: 'after', description: '**why**', design: 'SWEEP' } }, lab.ada)).toMatchObject({ updateExperiment: { experiment: { name: 'after', description: '**why**', design: 'SWEEP', archivedAt: null } } });
    expect(await api.ok(UPDATE, { input: { experiment: key, archived: true } }, lab.ada)).toMatchObject({ updateExperiment: { experiment: { name: 'after', description: '**why**', archivedAt: expect.any(String) as string } } });
    expect(await api.ok(UPDATE, { input: { experiment: key, archived: false, description: null } }, lab.ada)).toMatchObject({ updateExperiment: { experiment: { name: 'after', description: null, archivedAt: null } } });
    await lab.experiment('taken');
    expect(await api.refusal(UPDATE, { input: { experiment: key, name: 'taken' } }, lab.ada)).toBe('experiment/name-taken');
    expect(await api.refusal(UPDATE, { input: { experiment: key, name: 'x' } }, lab.vera)).toBe('access/role-too-weak');
    expect(await api.refusal(UPDATE, { input: { experiment: key, name: 'x' } }, lab.eve)).toBe('experiment/unknown');
    expect(await api.refusal(UPDATE, { input: { experiment: 'NOPE-1', name: 'x' } }, lab.ada)).toBe('experiment/unknown');
  });

  test('two who change it at once: what the other wrote is not overwritten, and who is told may put both together', async () => {
    const { key } = await lab.experiment('written by two');
    const UPDATE = 'mutation($input: UpdateExperimentInput!) { updateExperiment(input: $input) { experiment { name description } } }';
    const saw = { name: 'written by two', description: null };
    await api.ok(UPDATE, { input: { experiment: key, description: 'Words of Ada.', saw } }, lab.ada);
    expect(await api.refusal(UPDATE, { input: { experiment: key, name: 'written by two', description: 'Words of Ben.', saw } }, lab.ada)).toBe('experiment/changed-underneath');
    const renamed = await api.ok(UPDATE, { input: { experiment: key, name: 'written by both', description: null, saw } }, lab.ada);
    expect(renamed).toEqual({ updateExperiment: { experiment: { name: 'written by both', description: 'Words of Ada.' } } });
  });

  test('lineage is said by keys, and never goes in a circle', async () => {
    const [a, b, c] = [await lab.experiment('a'), await lab.experiment('b'), await lab.experiment('c')];
    await api.ok(UPDATE, { input: { experiment: b.key, parents: [a.key] } }, lab.ada);
    expect(await api.ok(UPDATE, { input: { experiment: c.key, parents: [b.key, a.key] } }, lab.ada)).toMatchObject({ updateExperiment: { experiment: { parents: [{ key: a.key }, { key: b.key }] } } });
    expect(await api.refusal(UPDATE, { input: { experiment: a.key, parents: [c.key] } }, lab.ada)).toBe('experiment/lineage-cycle');
    expect(await api.refusal(UPDATE, { input: { experiment: a.key, parents: [a.key] } }, lab.ada)).toBe('experiment/lineage-cycle');
    expect(await api.refusal(UPDATE, { input: { experiment: a.key, parents: ['NOPE-1'] } }, lab.ada)).toBe('experiment/unknown-parent');
    expect(await api.ok(UPDATE, { input: { experiment: c.key, parents: [] } }, lab.ada)).toMatchObject({ updateExperiment: { experiment: { parents: [] } } });
    expect(await api.ok('query($key: String!) { experiment(key: $key) { children { key } } }', { key: a.key }, lab.ada)).toEqual({ experiment: { children: [{ key: b.key }] } });
  });

  test('two who close a circle from both ends at once do not both succeed', async () => {
    const [a, b] = [await lab.experiment('left'), await lab.experiment('right')];
    const answers = await Promise.all([api.gql(UPDATE, { input: { experiment: a.key, parents: [b.key] } }, lab.ada), api.gql(UPDATE, { input: { experiment: b.key, parents: [a.key] } }, lab.ada)]);
    expect(answers.map(({ errors }) => errors[0]?.extensions.reason ?? 'ok').toSorted()).toEqual(['experiment/lineage-cycle', 'ok']);
  });

  test('the hypothesis ends "exploratory"', async () => {
    const { id, key } = await lab.experiment('was exploratory');
    await api.adapters.prisma.experiment.update({ where: { id }, data: { hypothesisId: null } });
    const hypothesis = await lab.propose();
    expect(await api.ok('query($slug: String!) { project(slug: $slug) { experiments(exploratory: true) { nodes { key } } } }', { slug: lab.slug }, lab.ada)).toEqual({ project: { experiments: { nodes: [{ key }] } } });
    expect(await api.refusal(SET, { key, hypothesis }, lab.vera)).toBe('access/role-too-weak');
    expect(await api.ok(SET, { key, hypothesis }, lab.grace)).toEqual({ setHypothesis: { experiment: { exploratory: false, hypothesis: { id: hypothesis, status: 'TESTING' } } } });
    expect(await api.refusal(SET, { key, hypothesis: await lab.propose({ project: OTHER }) }, lab.ada)).toBe('experiment/hypothesis-elsewhere');
    expect(await api.refusal(SET, { key, hypothesis: await lab.propose({ project: OTHER }) }, lab.grace)).toBe('hypothesis/unknown');
  });

  test('the baseline is one of its own variants, and shows at once', async () => {
    const [one, other] = [await lab.experiment('with a baseline'), await lab.experiment('with others')];
    await lab.runs(one.id, 'aug=none', [1]);
    await lab.runs(one.id, 'aug=cutmix', [1]);
    await lab.runs(other.id, 'aug=none', [1]);
    const [variant] = await variantsOf(one.key);
    const [foreign] = await variantsOf(other.key);
    const { chooseBaseline } = await api.ok<{ chooseBaseline: { experiment: { variants: { id: string; role: string }[] } } }>(BASELINE, { key: one.key, variant: variant?.id }, lab.ada);
    expect(chooseBaseline.experiment).toMatchObject({ baseline: { id: variant?.id }, verdictPending: true });
    expect(chooseBaseline.experiment.variants.filter(({ role }) => role === 'BASELINE')).toEqual([{ id: variant?.id, role: 'BASELINE' }]);
    expect(await api.refusal(BASELINE, { key: one.key, variant: foreign?.id }, lab.ada)).toBe('variant/unknown');
    expect(await api.refusal(BASELINE, { key: one.key, variant: 'var_none' }, lab.ada)).toBe('variant/unknown');
    expect(await api.refusal(BASELINE, { key: one.key, variant: variant?.id }, lab.vera)).toBe('access/role-too-weak');
  });
});

describe('moving', () => {
  test('gets the next number there, and takes along its runs, threads and hypothesis', async () => {
    const { key, id, hypothesis } = await lab.experiment('moves away');
    const [run] = await lab.runs(id, 'aug=none', [1]);
    const { startThread } = await api.ok<{ startThread: { thread: { id: string } } }>('mutation($id: ID!) { startThread(input: { subject: $id, body: "wanderlust" }) { thread { id } } }', { id: run }, lab.grace);
    const { moveExperiment } = await api.ok<{ moveExperiment: { experiment: { key: string } } }>(MOVE, { key, project: OTHER }, lab.ada);
    expect(moveExperiment.experiment).toMatchObject({ id, hypothesis: { id: hypothesis, project: { slug: OTHER } } });
    expect(moveExperiment.experiment.key).not.toBe(key);
    const READ = 'query($old: String!, $new: String!, $thread: ID!, $run: ID!, $hypothesis: ID!) { old: experiment(key: $old) { id } new: experiment(key: $new) { id } thread(id: $thread) { id } node(id: $run) { id } hypothesis(id: $hypothesis) { id } search(text: "wanderlust") { totalCount } }';
    const variables = { old: key, new: moveExperiment.experiment.key, thread: startThread.thread.id, run, hypothesis };
    expect(await api.ok(READ, variables, lab.ada)).toMatchObject({ old: null, new: { id }, thread: { id: startThread.thread.id }, node: { id: run }, hypothesis: { id: hypothesis } });
    expect(await api.ok(READ, variables, lab.grace)).toEqual({ old: null, new: null, thread: null, node: null, hypothesis: null, search: { totalCount: 0 } });
  });

  test('a hypothesis that something else tests too is copied, not taken', async () => {
    const hypothesis = await lab.propose();
    const [stays, goes] = [await lab.experiment('stays here', { hypothesis }), await lab.experiment('goes there', { hypothesis })];
    const { moveExperiment } = await api.ok<{ moveExperiment: { experiment: { hypothesis: { id: string; project: { slug: string } } } } }>(MOVE, { key: goes.key, project: OTHER }, lab.ada);
    expect(moveExperiment.experiment.hypothesis.project.slug).toBe(OTHER);
    expect(moveExperiment.experiment.hypothesis.id).not.toBe(hypothesis);
    expect(await api.ok('query($key: String!) { experiment(key: $key) { hypothesis { id } } }', { key: stays.key }, lab.grace)).toEqual({ experiment: { hypothesis: { id: hypothesis } } });
  });

  test('needs the right in both projects', async () => {
    const { key } = await lab.experiment('stays');
    expect(await api.refusal(MOVE, { key, project: 'no-such' }, lab.ada)).toBe('project/unknown');
    expect(await api.refusal(MOVE, { key, project: OTHER }, lab.grace)).toBe('access/role-too-weak');
    expect(await api.refusal(MOVE, { key, project: OTHER }, lab.eve)).toBe('experiment/unknown');
    await api.ok('mutation($input: CreateProjectInput!) { createProject(input: $input) { project { id } } }', { input: { slug: 'of-grace', name: 'Of Grace', restricted: true } }, lab.grace);
    expect(await api.refusal(MOVE, { key, project: 'of-grace' }, lab.ada)).toBe('project/unknown');
  });
});

test('every change is on the record, with who did it', async () => {
  const { id } = await lab.experiment('on the record');
  const events = await api.adapters.prisma.auditEvent.findMany({ where: { subjectId: id }, orderBy: { at: 'asc' } });
  expect(events.map(({ action }) => action)).toEqual(['experiment.created']);
  expect(events[0]?.actorId).not.toBeNull();
});
