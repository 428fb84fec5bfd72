import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { logBatch, trackedExperiment, trackedRun } from '../support/tracked-run.ts';

let api: Api;
let owner: TestPerson;
let member: TestPerson;
let outsider: TestPerson;
let experiment: string;
const ids: Record<string, string> = {};
const run = (name: string): string => ids[name] ?? '';

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  owner = await api.signUp('Olga Owner');
  member = await api.signUp('Mia Member');
  outsider = await api.signUp('Otto Outsider');
  await api.ok('mutation { createProject(input: { slug: "vision", name: "Vision", key: "VIS" }) { project { id } } }', {}, owner);
  await api.ok('mutation { createProject(input: { slug: "secret", name: "Secret", key: "SEC", restricted: true }) { project { id } } }', {}, owner);
  for (const project of ['vision', 'secret']) await api.ok('mutation($project: String!, $email: String!) { addMember(input: { project: $project, email: $email, role: MEMBER }) { member { id } } }', { project, email: member.email }, owner);
  experiment = await trackedExperiment(api, member, 'vision/cutmix');
  ids['a'] = await trackedRun(api, member, {
    experiment, name: 'run a', status: 'FINISHED', params: { lr: '0.1', seed: '7' },
    metrics: [{ key: 'acc', value: 0.5, step: 0 }, { key: 'acc', value: 0.9, step: 1 }, { key: 'loss', value: 'NaN', step: 1 }],
    tags: { 'mlflow.note.content': '# About', 'mlflow.source.git.commit': 'abc123', 'mlflow.user': 'mia', team: 'red' },
  });
  ids['b'] = await trackedRun(api, member, { experiment, name: 'run b', status: 'FAILED', params: { lr: '0.2', seed: '7' }, metrics: [{ key: 'acc', value: 0.8, step: 4 }] });
  ids['child'] = await trackedRun(api, member, { experiment, name: 'child', tags: { 'mlflow.parentRunId': run('a') } });
  ids['hidden'] = await trackedRun(api, member, { experiment: await trackedExperiment(api, member, 'secret/plan'), name: 'hidden', metrics: [{ key: 'acc', value: 1 }], params: { lr: '0.1' } });
});
afterAll(() => api.stop());

describe('a run', () => {
  it('tells all that was logged', async () => {
    const { run: found } = await api.ok(`query($id: ID!) { run(id: $id) { __typename id name status seed userName note parentRunId durationMs startedAt excluded { reason }
      params { key value } tags(keys: ["team"]) { key value } metrics { key last lastText min max count lastStep } codeVersion { commit dirty } environment { id }
      datasets { name } artifacts { path } loggedModels { id } children { name } experiment { key name mlflowExperimentId } threads(first: 1) { totalCount } viewerCan { edit comment }
      series(keys: ["acc", "loss"]) { key steps timestamps values count } } }`, { id: run('a') }, member);
    expect(found).toEqual({
      __typename: 'Run', id: run('a'), name: 'run a', status: 'FINISHED', seed: '7', userName: 'mia', note: '# About', parentRunId: null, durationMs: 3_000, startedAt: '1970-01-01T00:00:01.000Z', excluded: null,
      params: [{ key: 'lr', value: '0.1' }, { key: 'seed', value: '7' }], tags: [{ key: 'team', value: 'red' }],
      metrics: [{ key: 'acc', last: 0.9, lastText: '0.9', min: 0.5, max: 0.9, count: 2, lastStep: 1 }, { key: 'loss', last: null, lastText: 'NaN', min: null, max: null, count: 1, lastStep: 1 }],
      codeVersion: { commit: 'abc123', dirty: false }, environment: null, datasets: [], artifacts: [], loggedModels: [], children: [{ name: 'child' }],
      experiment: { key: 'VIS-1', name: 'cutmix', mlflowExperimentId: experiment }, threads: { totalCount: 0 }, viewerCan: { edit: true, comment: true },
      series: [{ key: 'acc', steps: [0, 1], timestamps: [1_000, 1_001], values: [0.5, 0.9], count: 2 }, { key: 'loss', steps: [1], timestamps: [1_001], values: [null], count: 1 }],
    });
  });

  it('is unknown to those who may not see it, whatever they ask', async () => {
    expect(await api.ok('query($id: ID!) { run(id: $id) { id } }', { id: run('hidden') }, outsider)).toEqual({ run: null });
    expect(await api.ok('query($id: ID!) { run(id: $id) { id } }', { id: 'f'.repeat(32) }, outsider)).toEqual({ run: null });
    expect(await api.refusal('query($ids: [ID!]!) { compare(runs: $ids) { runs { id } } }', { ids: [run('a'), run('hidden')] }, outsider)).toBe('run/unknown');
    for (const mutation of ['excludeRun(input: { run: $id, reason: "x" })', 'includeRun(input: { run: $id })', 'updateRun(input: { run: $id, name: "x" })', 'moveRun(input: { run: $id, experiment: "VIS-1" })']) {
      expect(await api.refusal(`mutation($id: ID!) { ${mutation} { run { id } } }`, { id: run('hidden') }, outsider)).toBe('run/unknown');
    }
  });

  it('is not to be changed by those who may only look', async () => {
    const { run: found } = await api.ok<{ run: unknown }>('query($id: ID!) { run(id: $id) { viewerCan { edit comment } } }', { id: run('a') }, outsider);
    expect(found).toEqual({ viewerCan: { edit: false, comment: true } });
    for (const mutation of ['excludeRun(input: { run: $id, reason: "x" })', 'updateRun(input: { run: $id, deleted: true })', 'moveRun(input: { run: $id, experiment: "VIS-1" })']) {
      expect(await api.refusal(`mutation($id: ID!) { ${mutation} { run { id } } }`, { id: run('a') }, outsider)).toBe('access/role-too-weak');
    }
  });

  it('refuses lists and series beyond their bounds', async () => {
    const refusal = (field: string) => api.refusal(`query($id: ID!) { run(id: $id) { ${field} } }`, { id: run('a') }, member);
    expect(await refusal('params(first: 5001) { key }')).toBe('page/size');
    expect(await refusal('metrics(first: -1) { key }')).toBe('page/size');
    expect(await refusal('series(maxPoints: 4) { key }')).toBe('series/max-points');
    expect(await refusal('series(maxPoints: 100000000) { key }')).toMatch(/series\/max-points|query\/too-costly/);
  });
});

describe('searching runs', () => {
  const search = async (args: string, as = member): Promise<string> => {
    const { runs } = await api.ok<{ runs: { nodes: { name: string }[]; totalCount: number } }>(`{ runs(${args}) { nodes { name } totalCount } }`, {}, as);
    expect(runs.totalCount).toBe(runs.nodes.length);
    return runs.nodes.map(({ name }) => name).join(', ');
  };

  it('finds by a filter, in an order, in one project or all', async () => {
    expect(await search('filter: "metrics.acc > 0.6 AND params.seed = \'7\'", orderBy: "metrics.acc DESC"')).toBe('run a, run b');
    expect(await search('filter: "metrics.acc > 0.6", orderBy: "metrics.acc ASC"')).toBe('run b, run a, hidden');
    expect(await search('project: "vision", filter: "status = \'FAILED\' OR tags.team = \'red\'", orderBy: "run_name"')).toBe('run a, run b');
    expect(await search('project: "secret", filter: "params.lr = 0.1"')).toBe('hidden');
    const { project } = await api.ok<{ project: unknown }>('{ project(slug: "vision") { runs(first: 1, filter: "metrics.acc > 0", orderBy: "metrics.acc") { nodes { name } totalCount pageInfo { hasNextPage } } } }', {}, member);
    expect(project).toEqual({ runs: { nodes: [{ name: 'run b' }], totalCount: 2, pageInfo: { hasNextPage: true } } });
  });

  it('does not find, count or page over what the viewer may not see', async () => {
    expect(await search('filter: "metrics.acc > 0.6", orderBy: "metrics.acc"', outsider)).toBe('run b, run a');
    expect(await search('project: "secret"', outsider)).toBe('');
  });

  it('pages with cursors, also of no size at all', async () => {
    const page = (args: string) => api.ok<{ runs: { nodes: { name: string }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean; hasPreviousPage: boolean } } }>(`{ runs(project: "vision", orderBy: "run_name", ${args}) { nodes { name } pageInfo { endCursor hasNextPage hasPreviousPage } } }`, {}, member);
    const first = await page('first: 2');
    expect(first.runs).toMatchObject({ nodes: [{ name: 'child' }, { name: 'run a' }], pageInfo: { hasNextPage: true, hasPreviousPage: false } });
    expect((await page(`first: 2, after: "${first.runs.pageInfo.endCursor}"`)).runs).toMatchObject({ nodes: [{ name: 'run b' }], pageInfo: { hasNextPage: false, hasPreviousPage: true } });
    expect((await page('first: 0')).runs.nodes).toEqual([]);
  });

  it('says what is wrong with a filter, an order, a cursor or a page', async () => {
    const answer = await api.gql('{ runs(filter: "metrics.acc >") { totalCount } }', {}, member);
    expect(answer.errors[0]).toMatchObject({ message: 'At position 14: expected a number, found the end.', extensions: { code: 'BAD_USER_INPUT', reason: 'search/bad-filter' } });
    expect(await api.refusal('{ runs(orderBy: "metrics.acc UP") { totalCount } }', {}, member)).toBe('search/bad-filter');
    expect(await api.refusal('{ runs(after: "zzz") { totalCount } }', {}, member)).toBe('search/bad-cursor');
    expect(await api.refusal('{ runs(first: 201) { totalCount } }', {}, member)).toBe('page/size');
  });
});

describe('comparing runs', () => {
  it('puts code, config and metrics side by side', async () => {
    const { compare } = await api.ok<{ compare: Record<string, unknown> }>('query($ids: [ID!]!) { compare(runs: $ids) { runs { name } code { name values differs } data { name } config { name values differs } environment { name } metrics { name values differs } } }', { ids: [run('a'), run('b')] }, member);
    expect(compare).toMatchObject({
      runs: [{ name: 'run a' }, { name: 'run b' }], data: [], environment: [],
      config: [{ name: 'lr', values: ['0.1', '0.2'], differs: true }, { name: 'seed', values: ['7', '7'], differs: false }],
      metrics: [{ name: 'acc', values: [0.9, 0.8], differs: true }, { name: 'loss', values: [null, null], differs: true }],
    });
    expect(compare['code']).toContainEqual({ name: 'commit', values: ['abc123', null], differs: true });
  });

  it('needs at least one run and at most a hundred', async () => {
    expect(await api.refusal('{ compare(runs: []) { runs { id } } }', {}, member)).toBe('compare/how-many');
    expect(await api.refusal('query($ids: [ID!]!) { compare(runs: $ids) { runs { id } } }', { ids: Array.from({ length: 101 }, (_, at) => String(at)) }, member)).toBe('compare/how-many');
  });
});

describe('changing a run', () => {
  const inputsVersion = async (key: string): Promise<number> => (await api.adapters.prisma.experiment.findFirstOrThrow({ where: { number: Number(key.split('-')[1]), project: { key: key.split('-')[0] ?? '' } } })).inputsVersion;
  const actions = async (): Promise<string[]> => (await api.adapters.prisma.auditEvent.findMany({ where: { subjectId: run('b') }, orderBy: [{ at: 'asc' }, { id: 'asc' }] })).map(({ action }) => action);

  it('excludes it with a reason that everyone reads, and includes it again; each asks for the analysis once', async () => {
    const before = await inputsVersion('VIS-1');
    const exclude = (reason: string) => api.ok('mutation($id: ID!, $reason: String!) { excludeRun(input: { run: $id, reason: $reason }) { run { excluded { reason by { name } } } } }', { id: run('b'), reason }, member);
    expect(await exclude(' GPU failed ')).toEqual({ excludeRun: { run: { excluded: { reason: 'GPU failed', by: { name: 'Mia Member' } } } } });
    await exclude('GPU failed');
    expect(await inputsVersion('VIS-1')).toBe(before + 1);
    expect(await api.refusal('mutation($id: ID!) { excludeRun(input: { run: $id, reason: "  " }) { run { id } } }', { id: run('b') }, member)).toBe('run/reason-empty');
    const include = () => api.ok('mutation($id: ID!) { includeRun(input: { run: $id }) { run { excluded { reason } } } }', { id: run('b') }, member);
    expect(await include()).toEqual({ includeRun: { run: { excluded: null } } });
    await include();
    expect(await inputsVersion('VIS-1')).toBe(before + 2);
    expect(await actions()).toEqual(['run.excluded', 'run.included']);
  });

  it('renames, describes, archives and deletes it, and brings it back', async () => {
    const update = (input: string) => api.ok<{ updateRun: { run: unknown } }>(`mutation($id: ID!) { updateRun(input: { run: $id, ${input} }) { run { name note archivedAt deletedAt } } }`, { id: run('b') }, member);
    expect((await update('name: " The zebra run ", note: "*striped*"')).updateRun.run).toEqual({ name: 'The zebra run', note: '*striped*', archivedAt: null, deletedAt: null });
    const { search } = await api.ok<{ search: { nodes: unknown[] } }>('{ search(text: "zebra striped") { nodes { __typename ... on Run { id } } } }', {}, member);
    expect(search.nodes).toContainEqual({ __typename: 'Run', id: run('b') });
    expect((await update('note: null, name: "run b"')).updateRun.run).toMatchObject({ name: 'run b', note: null });
    expect((await update('archived: true')).updateRun.run).toMatchObject({ archivedAt: expect.any(String) });
    expect((await update('archived: false, deleted: true')).updateRun.run).toMatchObject({ archivedAt: null, deletedAt: expect.any(String) });
    expect(await api.ok('{ runs(project: "vision", filter: "run_name = \'run b\'") { totalCount } }', {}, member)).toEqual({ runs: { totalCount: 0 } });
    expect((await update('deleted: false')).updateRun.run).toMatchObject({ deletedAt: null });
    expect(await api.refusal('mutation($id: ID!) { updateRun(input: { run: $id, name: " " }) { run { id } } }', { id: run('b') }, member)).toBe('run/name-empty');
  });

  it('moves it with its children to another experiment, and asks for the analysis of both', async () => {
    await trackedExperiment(api, member, 'vision/elsewhere');
    const [here, there] = [await inputsVersion('VIS-1'), await inputsVersion('VIS-2')];
    const move = (key: string) => api.ok('mutation($id: ID!, $key: String!) { moveRun(input: { run: $id, experiment: $key }) { run { variant { id } experiment { key } children { experiment { key } } } } }', { id: run('a'), key }, member);
    expect(await move('VIS-2')).toEqual({ moveRun: { run: { variant: null, experiment: { key: 'VIS-2' }, children: [{ experiment: { key: 'VIS-2' } }] } } });
    expect([await inputsVersion('VIS-1'), await inputsVersion('VIS-2')]).toEqual([here + 1, there + 1]);
    await move('VIS-2');
    expect(await inputsVersion('VIS-2')).toBe(there + 1);
    expect(await api.refusal('mutation($id: ID!) { moveRun(input: { run: $id, experiment: "VIS-99" }) { run { id } } }', { id: run('a') }, member)).toBe('experiment/unknown');
    await move('VIS-1');
  });

  it('hides a run that was moved to a project its reader may not see', async () => {
    const move = (key: string) => api.ok('mutation($id: ID!, $key: String!) { moveRun(input: { run: $id, experiment: $key }) { run { id } } }', { id: run('b'), key }, member);
    await move('SEC-1');
    expect(await api.ok('query($id: ID!) { run(id: $id) { id } }', { id: run('b') }, outsider)).toEqual({ run: null });
    await move('VIS-1');
    expect(await api.ok('query($id: ID!) { run(id: $id) { id } }', { id: run('b') }, outsider)).toEqual({ run: { id: run('b') } });
  });
});

describe('following a run', () => {
  it('hears of its changes', async () => {
    const events = api.subscribe<{ runUpdated: { status: string; name: string } }>('subscription($id: ID!) { runUpdated(id: $id) { status name } }', { id: run('child') }, member);
    expect((await events.next()).value).toEqual({ runUpdated: { status: 'RUNNING', name: 'child' } });
    await api.ok('mutation($id: ID!) { updateRun(input: { run: $id, name: "renamed" }) { run { id } } }', { id: run('child') }, member);
    for await (const { runUpdated } of events) if (runUpdated.name === 'renamed') break;
  });

  it('ends for who is taken out of its project', async () => {
    const events = api.subscribe<{ runUpdated: { id: string } }>('subscription($id: ID!) { runUpdated(id: $id) { id } }', { id: run('hidden') }, member);
    expect((await events.next()).value).toEqual({ runUpdated: { id: run('hidden') } });
    await api.ok('mutation($email: String!) { removeMember(input: { project: "secret", email: $email }) { project { id } } }', { email: member.email }, owner);
    expect(await events.next()).toMatchObject({ done: true });
    await api.ok('mutation($email: String!) { addMember(input: { project: "secret", email: $email, role: MEMBER }) { member { id } } }', { email: member.email }, owner);
  });

  it('is refused to those who may not see it', async () => {
    const follow = (query: string) => api.subscribe(query, { id: run('hidden') }, outsider).next();
    await expect(follow('subscription($id: ID!) { runUpdated(id: $id) { id } }')).rejects.toThrow('run/unknown');
    await expect(follow('subscription($id: ID!) { metricsLogged(run: $id) { cursor } }')).rejects.toThrow('run/unknown');
  });

  it('hears only of the metrics asked for', async () => {
    const id = await trackedRun(api, member, { experiment });
    const events = api.subscribe<{ metricsLogged: { series: { key: string }[] } }>('subscription($id: ID!) { metricsLogged(run: $id, keys: ["b"]) { series { key } } }', { id }, member);
    const first = events.next();
    await logBatch(api, member, id, { metrics: [{ key: 'a', value: 1 }, { key: 'b', value: 2 }] });
    expect((await first).value).toEqual({ metricsLogged: { series: [{ key: 'b' }] } });
    await events.return?.();
  });
});
