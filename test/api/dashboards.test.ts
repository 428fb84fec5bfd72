import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';

let api: Api;
let olga: TestPerson;
let vera: TestPerson;
let outi: TestPerson;

interface Shown { readonly id: string; readonly name: string; readonly version: number; readonly panels: readonly Record<string, unknown>[] }
const FIELDS = 'dashboard { id name version panels { id kind metric direction width height } }';
const panel = (more: Record<string, unknown> = {}) => ({ id: 'p', kind: 'SPEND', width: 2, height: 1, ...more });
const SAVE = `mutation($input: SaveDashboardInput!) { saveDashboard(input: $input) { ${FIELDS} } }`;
const CHANGE = `mutation($input: ChangeDashboardInput!) { changeDashboard(input: $input) { ${FIELDS} } }`;
const save = async (name: string, panels: unknown[], as: As = olga) => (await api.ok<{ saveDashboard: { dashboard: Shown } }>(SAVE, { input: { project: 'lab', name, panels } }, as)).saveDashboard.dashboard;
const DASHBOARDS = '{ project(slug: "lab") { dashboards { id name version panels { id width } changedBy { name } } } }';

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  [olga, vera, outi] = [await api.signUp('Olga'), await api.signUp('Vera'), await api.signUp('Outi')];
  for (const slug of ['lab', 'other']) await api.ok('mutation($slug: String!) { createProject(input: { slug: $slug, name: $slug, restricted: true }) { project { id } } }', { slug }, olga);
  await api.ok('mutation($email: String!) { addMember(input: { project: "lab", email: $email, role: VIEWER }) { member { id } } }', { email: vera.email }, olga);
  for (const [project, metric] of [['lab', 'acc'], ['other', 'secret_metric']]) await api.ok('mutation($input: ProposeHypothesisInput!) { proposeHypothesis(input: $input) { hypothesis { id } } }', { input: { project, statement: 'Mixing helps', metric, direction: 'INCREASE' } }, olga);
}, 120_000);
afterAll(() => api.stop());

describe('a dashboard', () => {
  test('is arranged by members, read by viewers, and unknown to others', async () => {
    const { id, ...saved } = await save('Board', [panel({ id: 'best', kind: 'BEST', metric: 'acc', direction: 'INCREASE' }), panel()]);
    expect(saved).toEqual({ name: 'Board', version: 1, panels: [{ id: 'best', kind: 'BEST', metric: 'acc', direction: 'INCREASE', width: 2, height: 1 }, { id: 'p', kind: 'SPEND', metric: null, direction: null, width: 2, height: 1 }] });
    expect(await api.ok(DASHBOARDS, {}, vera)).toMatchObject({ project: { dashboards: [{ name: 'Board', changedBy: { name: 'Olga' } }] } });
    expect(await api.ok(DASHBOARDS, {}, outi)).toEqual({ project: null });
    expect(await api.refusal(CHANGE, { input: { dashboard: id, version: 1, name: 'Mine' } }, vera)).toBe('access/role-too-weak');
    expect(await api.refusal(CHANGE, { input: { dashboard: id, version: 1, name: 'Mine' } }, outi)).toBe('dashboard/unknown');
  });

  test('says who changed it when two do at once, and keeps the first', async () => {
    const { id } = await save('Two', [panel({ id: 'a' }), panel({ id: 'b' })]);
    const change = (width: number) => api.gql(CHANGE, { input: { dashboard: id, version: 1, panels: [panel({ id: 'a', width })] } }, olga);
    const answers = await Promise.all([1, 2, 3, 4].map(change));
    const refused = answers.flatMap(({ errors }) => errors);
    expect(refused.map(({ extensions }) => extensions.reason)).toEqual(['dashboard/changed-meanwhile', 'dashboard/changed-meanwhile', 'dashboard/changed-meanwhile']);
    expect(refused[0]?.message).toMatch(/^Olga changed this dashboard while you did/);
    expect(await api.ok('{ project(slug: "lab") { dashboards { name version } } }', {}, vera)).toMatchObject({ project: { dashboards: expect.arrayContaining([{ name: 'Two', version: 2 }]) as unknown } });
  });

  test('is announced to who watches the project', async () => {
    const watching = api.subscribe('subscription { projectUpdated(slug: "lab") { id dashboards { name } } }', {}, vera);
    await watching.next();
    const heard = watching.next();
    await save('Heard', []);
    expect((await heard).value).toMatchObject({ projectUpdated: { dashboards: expect.arrayContaining([{ name: 'Heard' }]) as unknown } });
    await watching.return?.(undefined);
  });

  test.each<[string, unknown[], string]>([
    ['a panel there is not', [panel({ kind: 'MONEY' })], 'query/variables'],
    ['a size that is no number', [panel({ width: 'NaN' })], 'query/variables'],
    ['half a column', [panel({ width: 1.5 })], 'query/variables'],
    ['no columns', [panel({ width: 0 })], 'dashboard/panel-size'],
    ['a thousand rows', [panel({ height: 1000 })], 'dashboard/panel-size'],
    ['a panel too many', Array.from({ length: 25 }, (_, n) => panel({ id: `p${n}` })), 'dashboard/too-many-panels'],
    ['two panels of one id', [panel(), panel()], 'dashboard/panel'],
    ['markup for an id', [panel({ id: '<script>' })], 'dashboard/panel'],
    ['another project’s metric', [panel({ kind: 'BEST', metric: 'secret_metric', direction: 'INCREASE' })], 'dashboard/metric'],
  ])('with %s is refused', async (_, panels, reason) => {
    expect(await api.refusal(SAVE, { input: { project: 'lab', name: 'Hostile', panels } }, olga)).toBe(reason);
  });

  test('with a million panels is refused before it is read', async () => {
    const body = `{"query":${JSON.stringify(SAVE)},"variables":{"input":{"project":"lab","name":"Huge","panels":[${Array.from({ length: 1_000_000 }, () => '{"id":"p","kind":"SPEND","width":1,"height":1}').join(',')}]}}}`;
    const response = await api.fetch('/graphql', { method: 'POST', headers: { 'content-type': 'application/json' }, body, as: olga });
    expect(response.status).toBe(413);
    expect(await api.adapters.prisma.dashboard.count({ where: { name: 'Huge' } })).toBe(0);
  });

  test('of a name that is taken is refused, and one can be deleted', async () => {
    const { id } = await save('Once', []);
    expect(await api.refusal(SAVE, { input: { project: 'lab', name: 'Once', panels: [] } }, olga)).toBe('dashboard/name-taken');
    await api.ok('mutation($id: ID!) { deleteDashboard(input: { dashboard: $id }) { project { id } } }', { id }, olga);
    expect(await api.adapters.prisma.dashboard.count({ where: { id } })).toBe(0);
  });
});

describe('what panels show', () => {
  test('the funnel’s numbers are those of the lists behind them, and the best needs verdicts', async () => {
    const { prisma, ports } = api.adapters;
    const projectId = (await prisma.project.findUniqueOrThrow({ where: { slug: 'lab' } })).id;
    const hypothesisId = (await prisma.hypothesis.findFirstOrThrow({ where: { projectId } })).id;
    const now = Date.now();
    const result = async (name: string, values: readonly number[], daysAgo: number) => {
      const { key } = (await api.ok<{ createExperiment: { experiment: { key: string } } }>('mutation($input: CreateExperimentInput!) { createExperiment(input: $input) { experiment { key } } }', { input: { project: 'lab', name, hypothesis: hypothesisId } }, olga)).createExperiment.experiment;
      const experimentId = (await prisma.experiment.findFirstOrThrow({ where: { projectId, name } })).id;
      const [treatmentId, verdictId] = [ports.ids.next('variant'), ports.ids.next('verdict')];
      const at = new Date(now - daysAgo * 86_400_000);
      await prisma.variant.create({ data: { id: treatmentId, experimentId, fingerprint: name, label: name, params: [] } });
      for (const value of values) {
        const id = ports.ids.run();
        await prisma.run.create({ data: { id, experimentId, variantId: treatmentId, name: 'run', status: 'FINISHED', startedAt: new Date(at.getTime() - 7_200_000), endedAt: at } });
        await prisma.metricSeries.create({ data: { runId: id, key: 'acc', count: 1, lastValue: value, minValue: value, maxValue: value } });
      }
      await prisma.verdict.create({ data: { id: verdictId, experimentId, outcome: 'SUPPORTED', metric: 'acc', baselineRuns: 2, treatmentRuns: values.length, method: 'welch', explanation: 'x', comparisons: [], inputsDigest: name, inputsVersion: 1, softwareVersion: 'test', treatmentId, computedAt: at } });
      await prisma.experiment.update({ where: { id: experimentId }, data: { verdictId } });
      return key;
    };
    await result('first', [0.9, 0.91, 0.92], 20);
    // What it was compared with, as its runs stand: one is left out.
    await prisma.variant.create({ data: { id: 'before', experimentId: (await prisma.experiment.findFirstOrThrow({ where: { projectId, name: 'first' } })).id, fingerprint: 'before', label: 'before', role: 'BASELINE', params: [] } });
    for (const [value, excludedAt] of [[0.8, null], [0.81, null], [0.1, new Date()]] as const) {
      const id = ports.ids.run();
      const { experimentId } = await prisma.variant.findUniqueOrThrow({ where: { id: 'before' } });
      await prisma.run.create({ data: { id, experimentId, variantId: 'before', name: 'run', status: 'FINISHED', startedAt: new Date(now - 30 * 86_400_000), endedAt: new Date(now - 30 * 86_400_000), excludedAt } });
      await prisma.metricSeries.create({ data: { runId: id, key: 'acc', count: 1, lastValue: value, minValue: value, maxValue: value } });
    }
    await result('within the noise', [0.9, 0.93, 0.92], 15);
    await result('one lucky run', [0.99], 10);
    await result('better', [0.96, 0.961, 0.962], 0);
    interface Answer { readonly project: { readonly bestResult: { readonly milestones: readonly { readonly experiment: { readonly name: string }; readonly standing: string; readonly n: number; readonly low: number; readonly mean: number; readonly high: number }[] }; readonly funnel: readonly { readonly stage: string; readonly count: number }[]; readonly weeks: readonly { readonly runs: number; readonly runHours: number; readonly supported: number }[]; readonly claims: unknown } }
    const { project } = await api.ok<Answer>('{ project(slug: "lab") { claims { metric direction count } bestResult(metric: "acc", direction: INCREASE) { milestones { experiment { name } standing approved n mean low high words } } funnel { stage count } weeks(last: 4) { from runs runHours supported } } }', {}, vera);
    expect(project.bestResult.milestones.map(({ experiment, standing, n }) => [experiment.name, standing, n])).toEqual([['first', 'BASELINE', 2], ['first', 'NEW_BEST', 3], ['within the noise', 'WITHIN_NOISE', 3], ['better', 'NEW_BEST', 3]]);
    expect(project.bestResult.milestones.every(({ low, mean, high }) => low < mean && mean < high)).toBe(true);
    expect(project.funnel).toEqual([{ stage: 'STATED', count: 1 }, { stage: 'TESTED', count: 1 }, { stage: 'DECIDED', count: 1 }, { stage: 'APPROVED', count: 0 }]);
    expect(project.claims).toEqual([{ metric: 'acc', direction: 'INCREASE', count: 1 }]);
    expect(project.weeks).toHaveLength(4);
    expect(project.weeks.reduce((sum, { runs }) => sum + runs, 0)).toBe(10);
    expect(project.weeks.reduce((sum, { runHours }) => sum + runHours, 0)).toBeCloseTo(20);
    expect(project.weeks.reduce((sum, { supported }) => sum + supported, 0)).toBe(4);
    for (const { stage, count } of project.funnel) expect(await api.ok('query($stage: FunnelStage!) { project(slug: "lab") { hypothesesAtStage(stage: $stage) { totalCount } } }', { stage }, vera)).toEqual({ project: { hypothesesAtStage: { totalCount: count } } });
    expect(await api.refusal('{ project(slug: "lab") { weeks(last: 500) { from } } }', {}, vera)).toBe('dashboard/weeks');
  });
});
