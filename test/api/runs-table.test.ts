import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api, type TestPerson } from '../support/api.ts';

// What the runs table asks: groups, names of columns, saved views, and all of it as CSV.

let api: Api;
let olga: TestPerson;
let vera: TestPerson;
let outsider: TestPerson;
const runIds: string[] = [];

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  olga = await api.signUp('Olga');
  vera = await api.signUp('Vera');
  outsider = await api.signUp('Outi');
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", restricted: true }) { project { id } } }', {}, olga);
  await api.ok('mutation($email: String!) { addMember(input: { project: "lab", email: $email, role: VIEWER }) { member { role } } }', { email: vera.email }, olga);
  const { prisma, ports } = api.adapters;
  const project = await prisma.project.findUniqueOrThrow({ where: { slug: 'lab' } });
  await prisma.experiment.create({ data: { id: 'exp_lab', projectId: project.id, number: 1, name: 'first' } });
  for (let at = 0; at < 6; at += 1) {
    const id = ports.ids.run();
    runIds.push(id);
    await prisma.run.create({ data: {
      id, experimentId: 'exp_lab', name: at === 0 ? '=HYPERLINK("http://evil")' : `run ${at}`, status: at === 5 ? 'FAILED' : 'FINISHED', startedAt: new Date(at * 1000), endedAt: new Date(at * 1000 + 500),
      params: { create: [{ key: 'optimizer', value: at % 2 === 0 ? 'adam' : 'sgd' }, ...(at === 3 ? [{ key: 'it\'s `odd`', value: 'a,"b"\nc' }] : [])] },
      tags: { create: [{ key: 'team', value: 'red' }] },
    } });
    await ports.metrics.append(id, [{ key: 'acc', value: at / 10, step: 0n, timestamp: 0n }]);
  }
}, 120_000);
afterAll(() => api.stop());

const csv = (query: string, as: TestPerson | null) => api.fetch(`/api/v1/projects/lab/runs.csv${query}`, { as });

describe('groups', () => {
  it('say how many runs they have, their mean with its interval and n, and how to find their runs', async () => {
    const { runGroups } = await api.ok<{ runGroups: { totalCount: number; groups: { value: string; runs: number; filter: string; estimate: { n: number; mean: number; ciLow: number } | null }[] } }>(
      '{ runGroups(project: "lab", by: "params.optimizer", metric: "acc") { totalCount groups { value runs filter estimate { n mean ciLow ciHigh } } } }', {}, vera);
    expect(runGroups.totalCount).toBe(2);
    expect(runGroups.groups).toMatchObject([{ value: 'adam', runs: 3, estimate: { n: 3 } }, { value: 'sgd', runs: 3, estimate: { n: 2 } }]);
    expect(runGroups.groups[0]?.estimate?.mean).toBeCloseTo(0.2);
    for (const { filter, runs } of runGroups.groups) expect((await api.ok<{ runs: { totalCount: number } }>('query($filter: String) { runs(project: "lab", filter: $filter) { totalCount } }', { filter }, vera)).runs.totalCount).toBe(runs);
  });

  it('of a field with an odd name and of runs without it can be found again', async () => {
    const { runGroups } = await api.ok<{ runGroups: { groups: { value: string | null; runs: number; filter: string }[] } }>('query($by: String!) { runGroups(project: "lab", by: $by) { groups { value runs filter } } }', { by: 'params.`it\'s ``odd```' }, vera);
    expect(runGroups.groups.map(({ value, runs }) => [value, runs])).toEqual([['a,"b"\nc', 1], [null, 5]]);
    for (const { filter, runs } of runGroups.groups) expect((await api.ok<{ runs: { totalCount: number } }>('query($filter: String) { runs(project: "lab", filter: $filter) { totalCount } }', { filter }, vera)).runs.totalCount).toBe(runs);
  });

  it('are of one field that can be read', async () => {
    expect(await api.refusal('{ runGroups(project: "lab", by: "params.a, params.b") { totalCount } }', {}, vera)).toBe('search/group');
    expect(await api.refusal('{ runGroups(project: "lab", by: "what") { totalCount } }', {}, vera)).toBe('search/bad-filter');
  });

  it('of a project one may not see are none', async () => {
    expect(await api.ok('{ runGroups(project: "lab", by: "status") { totalCount groups { value } } }', {}, outsider)).toEqual({ runGroups: { totalCount: 0, groups: [] } });
  });
});

it('a far place of the list is reached at once, and is where paging comes by', async () => {
  const page = (args: string) => api.ok<{ runs: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean } } }>(`{ runs(project: "lab", orderBy: "metrics.acc DESC", ${args}) { nodes { id } pageInfo { hasNextPage hasPreviousPage } } }`, {}, vera);
  const all = (await page('first: 10')).runs.nodes.map(({ id }) => id);
  expect(all).toEqual(runIds.toReversed());
  expect((await page('first: 2, skip: 4')).runs).toEqual({ nodes: all.slice(4).map((id) => ({ id })), pageInfo: { hasNextPage: false, hasPreviousPage: true } });
});

it('names of columns are searched over all runs of the project, what begins with the text first', async () => {
  const keys = async (args: string, as = vera) => (await api.ok<{ project: { runKeys: { kind: string; key: string }[] } | null }>(`{ project(slug: "lab") { runKeys(${args}) { kind key } } }`, {}, as)).project?.runKeys.map(({ kind, key }) => `${kind} ${key}`);
  expect(await keys('text: "T"')).toEqual(['TAG team', 'PARAM it\'s `odd`', 'PARAM optimizer'].toSorted((a, b) => Number(b.includes('team')) - Number(a.includes('team')) || Number(b.includes('it')) - Number(a.includes('it'))));
  expect(await keys('text: "", kind: METRIC')).toEqual(['METRIC acc']);
  expect(await keys('text: "", first: 2')).toHaveLength(2);
  expect(await keys('text: ""', outsider)).toBeUndefined();
});

describe('a saved view', () => {
  it('is seen by all who see the project, changed by its members, and told of in the activity', async () => {
    const { saveView } = await api.ok<{ saveView: { savedView: { id: string } } }>('mutation { saveView(input: { project: "lab", name: " Best first ", state: "sort=-m%3Aacc" }) { savedView { id } } }', {}, olga);
    const { id } = saveView.savedView;
    const views = async () => (await api.ok<{ project: { savedViews: unknown[] } }>('{ project(slug: "lab") { savedViews { name state createdBy { name } } } }', {}, vera)).project.savedViews;
    expect(await views()).toEqual([{ name: 'Best first', state: 'sort=-m%3Aacc', createdBy: { name: 'Olga' } }]);
    expect(await api.refusal('mutation { saveView(input: { project: "lab", name: "Best first", state: "" }) { savedView { id } } }', {}, olga)).toBe('saved-view/name-taken');
    expect(await api.refusal('mutation { saveView(input: { project: "lab", name: " ", state: "" }) { savedView { id } } }', {}, olga)).toBe('saved-view/name');
    expect(await api.refusal('mutation { saveView(input: { project: "lab", name: "x", state: "?a#b" }) { savedView { id } } }', {}, olga)).toBe('saved-view/state');
    await api.ok('mutation($id: ID!) { updateView(input: { savedView: $id, state: "sort=name" }) { savedView { id } } }', { id }, olga);
    expect(await views()).toMatchObject([{ name: 'Best first', state: 'sort=name' }]);
    await api.ok('mutation($id: ID!) { deleteView(input: { savedView: $id }) { savedView { name } } }', { id }, olga);
    expect(await views()).toEqual([]);
    const { project } = await api.ok<{ project: { activity: { action: string }[] } }>('{ project(slug: "lab") { activity(first: 3) { action } } }', {}, vera);
    expect(project.activity.map(({ action }) => action)).toEqual(['saved-view.deleted', 'saved-view.updated', 'saved-view.saved']);
  });
});

describe('runs as CSV', () => {
  it('hold every run that matches, in the order asked for, with the columns asked for', async () => {
    const answer = await csv(`?filter=${encodeURIComponent('metrics.acc > 0.15')}&orderBy=${encodeURIComponent('metrics.acc DESC')}&columns=${encodeURIComponent('metrics.acc, params.optimizer, params.`it\'s ``odd```')}`, vera);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    const text = await answer.text();
    expect(text.split('\r\n')[0]).toBe('run_id,name,experiment,status,seed,start_time,end_time,excluded,metrics.acc,params.optimizer,params.it\'s `odd`');
    expect(text).toContain(`${runIds[3]},run 3,LAB-1,FINISHED,,1970-01-01T00:00:03.000Z,1970-01-01T00:00:03.500Z,,0.3,sgd,"a,""b""\nc"\r\n`);
    expect(text.split('\r\n').slice(1, -1).map((line) => line.split(',')[1])).toEqual(['run 5', 'run 4', 'run 3', 'run 2']);
  });

  it('carry no formula out', async () => {
    expect(await (await csv('', vera)).text()).toContain('"\'=HYPERLINK(""http://evil"")"');
  });

  it('are for who may see the project, and refuse what they cannot read before the first line', async () => {
    expect([(await csv('', null)).status, (await csv('', outsider)).status]).toEqual([401, 404]);
    const refused = await csv('?filter=what', vera);
    expect([refused.status, (await refused.json() as { error: { reason: string } }).error.reason]).toEqual([400, 'search/bad-filter']);
    expect((await csv('?columns=metrics.', vera)).status).toBe(400);
  });
});
