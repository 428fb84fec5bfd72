import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type Api, type As } from '../support/api.ts';
import { openLab, type Lab } from '../support/lab.ts';

let api: Api;
let lab: Lab;
let key: string;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  lab = await openLab(api);
  ({ key } = await lab.experiment('reading'));
}, 120_000);
afterAll(() => api.stop());

async function post(path: string, body: unknown): Promise<void> {
  const response = await api.fetch(`/api/v1${path}`, { as: lab.ada, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

let last = 0;
/** A run that says what it read. */
async function read(datasets: readonly Record<string, unknown>[], startedAt = '2026-11-30T06:00:00Z', experiment = key): Promise<string> {
  const id = (last += 1).toString(16).padStart(32, 'd');
  await post('/runs', { id, experiment, name: `run ${last}`, startedAt, params: {} });
  await post(`/runs/${id}/datasets`, { datasets });
  return id;
}

const columns = (types: Readonly<Record<string, string>>) => Object.entries(types).map(([name, type]) => ({ name, type }));
const sketch = (min: number, max: number) => ({ count: 9, missing: 1, min, max, mean: (min + max) / 2, quantiles: [min, min, (min + max) / 2, max, max] });
const profile = (of: Record<string, unknown>): string => JSON.stringify({ num_rows: 10, sketch: of });

interface Listed { readonly name: string; readonly versionCount: number; readonly runCount: number; readonly roles: string[]; readonly firstUsedAt: string | null; readonly lastUsedAt: string | null; readonly latest: { readonly id: string; readonly digest: string; readonly columnCount: number | null } }
interface Page { readonly totalCount: number; readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }; readonly nodes: Listed[] }
const LIST = 'query($slug: String!, $first: Int, $after: String) { project(slug: $slug) { datasets(first: $first, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { name versionCount runCount roles firstUsedAt lastUsedAt latest { id digest columnCount } } } } }';
const listed = async (variables: Record<string, unknown> = {}, as: As = lab.ada): Promise<Page | undefined> => (await api.ok<{ project: { datasets: Page } | null }>(LIST, { slug: lab.slug, ...variables }, as)).project?.datasets;
const named = async (name: string): Promise<Listed | undefined> => (await listed())?.nodes.find((each) => each.name === name);

const ONE = 'query($version: ID!) { dataset(version: $version) { name project { slug } versions { totalCount nodes { id digest runCount rows roles runs { totalCount nodes { id } } } } } }';
interface One { readonly name: string; readonly project: { readonly slug: string }; readonly versions: { readonly totalCount: number; readonly nodes: { readonly id: string; readonly digest: string; readonly runCount: number; readonly rows: number | null; readonly roles: string[]; readonly runs: { readonly totalCount: number; readonly nodes: { readonly id: string }[] } }[] } }
const one = async (version: string, as: As = lab.ada): Promise<One | null> => (await api.ok<{ dataset: One | null }>(ONE, { version }, as)).dataset;

const DIFFERENCE = 'query($of: ID!, $from: ID!, $to: ID!) { dataset(version: $of) { difference(from: $from, to: $to) { content rows bytes columnCount from { digest } to { digest } columns { name change from { type sketch { mean } } to { type sketch { mean min quantiles } } } } } }';

describe('the datasets of a project', () => {
  let [first, second]: [string, string] = ['', ''];
  beforeAll(async () => {
    first = await read([{ name: 'digits', digest: 'd1', role: 'train', rows: 10, bytes: 100, columns: columns({ id: 'integer', age: 'integer', city: 'text' }), profile: profile({ age: sketch(0, 10) }) }], '2026-11-01T06:00:00Z');
    second = await read([{ name: 'digits', digest: 'd2', role: 'train', rows: 8, bytes: 140, columns: columns({ id: 'integer', age: 'number', height: 'number' }), profile: profile({ age: sketch(5, 15), id: { count: 'many' } }) }, { name: 'a/b test', digest: 't1', role: 'test' }], '2026-11-20T06:00:00Z');
    await read([{ name: 'digits', digest: 'd1', role: 'validation', rows: 10 }], '2026-11-10T06:00:00Z');
  });

  test('stand by name with their versions, their runs and when they were used, a page at a time', async () => {
    expect(await named('digits')).toMatchObject({ versionCount: 2, runCount: 3, roles: ['train', 'validation'], firstUsedAt: '2026-11-01T06:00:00.000Z', lastUsedAt: '2026-11-20T06:00:00.000Z', latest: { digest: 'd2', columnCount: 3 } });
    expect(await named('a/b test')).toMatchObject({ versionCount: 1, runCount: 1, roles: ['test'], latest: { digest: 't1', columnCount: null } });
    const page = await listed({ first: 1 });
    expect([page?.totalCount, page?.pageInfo.hasNextPage, page?.nodes.map(({ name }) => name)]).toEqual([2, true, ['a/b test']]);
    expect((await listed({ first: 1, after: page?.pageInfo.endCursor }))?.nodes.map(({ name }) => name)).toEqual(['digits']);
    expect(await api.refusal(LIST, { slug: lab.slug, after: 'nonsense' }, lab.ada)).toBe('page/cursor');
  });

  test('are found by any version, with the runs that read each', async () => {
    const id = (await named('digits'))?.latest.id ?? '';
    const dataset = await one(id);
    expect(dataset).toMatchObject({ name: 'digits', project: { slug: lab.slug } });
    expect(dataset?.versions.nodes.map(({ digest, runCount, roles, runs }) => [digest, runCount, roles, runs.totalCount])).toEqual([['d2', 1, ['train'], 1], ['d1', 2, ['train', 'validation'], 2]]);
    expect(dataset?.versions.nodes[0]?.runs.nodes).toEqual([{ id: second }]);
    expect(await one(dataset?.versions.nodes[1]?.id ?? '')).toEqual(dataset);
  });

  test('say what changed between two versions', async () => {
    const [d2, d1] = (await one((await named('digits'))?.latest.id ?? ''))?.versions.nodes.map(({ id }) => id) ?? [];
    const { dataset } = await api.ok<{ dataset: { difference: Record<string, unknown> } }>(DIFFERENCE, { of: d2, from: d1, to: d2 }, lab.ada);
    expect(dataset.difference).toMatchObject({
      content: 'OTHER', rows: -2, bytes: 40, columnCount: 4, from: { digest: 'd1' }, to: { digest: 'd2' },
      columns: [
        { name: 'height', change: 'ADDED', from: null, to: { type: 'number', sketch: null } }, { name: 'city', change: 'REMOVED', to: null },
        { name: 'age', change: 'RETYPED', from: { type: 'integer', sketch: { mean: 5 } }, to: { type: 'number', sketch: { mean: 10, min: 5, quantiles: [5, 5, 10, 15, 15] } } }, { name: 'id', change: 'SAME', to: { sketch: null } },
      ],
    });
    const other = (await named('a/b test'))?.latest.id;
    expect(await api.refusal(DIFFERENCE, { of: d2, from: other, to: d2 }, lab.ada)).toBe('dataset/unknown');
  });

  test('count no run that was deleted, and keep the version', async () => {
    await read([{ name: 'gone', digest: 'g1', role: 'train' }]).then((run) => api.adapters.prisma.run.update({ where: { id: run }, data: { deletedAt: new Date() } }));
    expect(await named('gone')).toMatchObject({ versionCount: 1, runCount: 0, roles: [], firstUsedAt: null });
    expect((await one((await named('gone'))?.latest.id ?? ''))?.versions.nodes[0]?.runs).toMatchObject({ totalCount: 0, nodes: [] });
  });

  test('learn how their numbers lie from a later client, and keep what was said before', async () => {
    const given = { name: 'older', digest: 'o1', columns: columns({ x: 'number' }) };
    await read([{ ...given, rows: 10 }]);
    await read([{ ...given, profile: profile({ x: sketch(0, 2) }) }]);
    await read([{ ...given, profile: profile({ x: sketch(5, 7) }) }]);
    const stored = await api.adapters.prisma.dataset.findFirstOrThrow({ where: { name: 'older' } });
    expect(JSON.parse(stored.profile ?? '')).toEqual({ num_rows: 10, sketch: { x: sketch(0, 2) } });
  });

  test('are not there for who may not see the project, not even through a run that was moved', async () => {
    const id = (await named('digits'))?.latest.id ?? '';
    expect((await listed({}, lab.vera))?.totalCount).toBeGreaterThan(1);
    expect(await one(id, lab.vera)).not.toBeNull();
    expect(await listed({}, lab.eve)).toBeUndefined();
    expect(await one(id, lab.eve)).toBeNull();
    expect(await one('dat_none')).toBeNull();

    const elsewhere = await openLab(api);
    const there = await elsewhere.experiment('elsewhere');
    await api.adapters.prisma.run.update({ where: { id: first }, data: { experimentId: there.id } });
    const SEEN = 'query($id: ID!) { run(id: $id) { datasets { name digest runCount roles lastUsedAt runs { totalCount nodes { id } } } } }';
    const { run } = await api.ok<{ run: { datasets: unknown[] } }>(SEEN, { id: first }, elsewhere.ada);
    expect(run.datasets).toEqual([{ name: 'digits', digest: 'd1', runCount: 0, roles: [], lastUsedAt: null, runs: { totalCount: 0, nodes: [] } }]);
    expect(await named('digits')).toMatchObject({ runCount: 2 });
    await api.adapters.prisma.run.update({ where: { id: first }, data: { experimentId: (await api.adapters.prisma.run.findUniqueOrThrow({ where: { id: second } })).experimentId } });
  });
});
