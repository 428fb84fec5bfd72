import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCurves } from '../../operations/metrics/read-curves.ts';
import type { StretchesRequest } from '../../operations/ports/metric-store.ts';
import { InMemoryMetricStore } from '../fakes/in-memory-metric-store.ts';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { trackedExperiment, trackedRun } from '../support/tracked-run.ts';

let api: Api;
let owner: TestPerson;
let outsider: TestPerson;
let as: { readonly authorization: string };
const ids: Record<string, string> = {};
const run = (name: string): string => ids[name] ?? '';

beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  owner = await api.signUp('Olga Owner');
  outsider = await api.signUp('Otto Outsider');
  as = { authorization: `Bearer ${await api.token(owner)}` };
  await api.ok('mutation { createProject(input: { slug: "secret", name: "Secret", key: "SEC", restricted: true }) { project { id } } }', {}, owner);
  const experiment = await trackedExperiment(api, owner, 'secret/plan');
  for (const name of ['a', 'b']) ids[name] = await trackedRun(api, owner, { experiment, name, status: 'FINISHED' });
  const { metrics } = api.adapters.ports;
  await metrics.append(run('a'), Array.from({ length: 5_000 }, (_, at) => ({ key: 'loss', step: BigInt(at), timestamp: 1_000n + BigInt(at), value: at === 2_345 ? 99 : at === 17 ? Number.NaN : Math.sin(at / 50) })));
  await metrics.append(run('b'), [{ key: 'loss', step: 2n ** 53n + 1n, timestamp: 5n, value: -0 }, { key: 'ünïcode', step: 3n, timestamp: 900n, value: Infinity }]);
});
afterAll(() => api.stop());

const get = (query: string, caller: { readonly authorization: string } | null = as): Promise<Response> => api.fetch(`/api/v1/metrics?${query}`, { as: caller });
const reason = async (response: Response): Promise<string> => (await response.json() as { error: { reason: string } }).error.reason;

async function rows(response: Response) {
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/vnd.apache.arrow.stream']);
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  expect(table.schema.fields.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual(['run: Dictionary<Int32, Utf8>', 'key: Dictionary<Int32, Utf8>', 'step: Int64', 'timestamp: Timestamp<MILLISECOND, UTC>', 'value: Float64']);
  return table.toArray().map((row) => row.toJSON() as { run: string; key: string; step: bigint; timestamp: number; value: number });
}

describe('metrics as Arrow', () => {
  it('hold every point exactly, by run and key', async () => {
    const found = await rows(await get(`run=${run('b')}&run=${run('a')}`));
    expect(found).toHaveLength(5_002);
    const own = found.filter((row) => row.run === run('b'));
    expect(own).toEqual([{ run: run('b'), key: 'loss', step: 2n ** 53n + 1n, timestamp: 5, value: -0 }, { run: run('b'), key: 'ünïcode', step: 3n, timestamp: 900, value: Infinity }]);
    expect(found.find((row) => row.run === run('a') && row.step === 17n)?.value).toBeNaN();
  });

  it('are thinned to a budget over a range of steps, moments, or time since the first point of the run, asked in the address or in a body', async () => {
    const few = await rows(await get(`run=${run('a')}&key=loss&maxPoints=100`));
    expect(few.length).toBeLessThanOrEqual(100);
    expect(few.map(({ value }) => value)).toContain(99);
    expect((await rows(await get(`run=${run('a')}&key=loss&from=10&to=12`))).map(({ step }) => step)).toEqual([10n, 11n, 12n]);
    const asked = await api.fetch('/api/v1/metrics', { as, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ runs: [run('a'), run('b')], keys: ['loss'], axis: 'relative', to: 2 }) });
    expect(new Set((await rows(asked)).map(({ step }) => step))).toEqual(new Set([0n, 1n, 2n, 2n ** 53n + 1n]));
    expect(await rows(await get(`run=${run('a')}&key=nothing`))).toEqual([]);
  });

  it('are refused whole: to those who may not see a run, and beyond what may be asked', async () => {
    const other = { authorization: `Bearer ${await api.token(outsider)}` };
    expect(await reason(await get(`run=${run('a')}`, other))).toBe('run/unknown');
    expect(await reason(await get(`run=${run('a')}&run=${'f'.repeat(32)}`))).toBe('run/unknown');
    expect(await reason(await get(`run=${run('a')}`, null))).toBe('access/sign-in-needed');
    expect(await reason(await get('key=loss'))).toBe('rest/query');
    expect(await reason(await get(`run=${run('a')}&maxPoints=4`))).toBe('rest/query');
    expect(((await (await get(`key=loss&from=abc`)).json()) as { error: { message: string } }).error.message).toContain('run: give it once or up to 10,000 times, each with a value; from: give a number, like 100 or 1.5e3');
    expect(await reason(await get(`run=${run('a')}&from=2&to=1`))).toBe('metric/bad-range');
    expect(await reason(await get(Array.from({ length: 101 }, (_, at) => `run=${at}`).join('&')))).toBe('series/too-many');
  });
});

describe('series in GraphQL', () => {
  const series = (ask: string) => api.ok<{ run: { metricsStart: number; series: { steps: number[]; values: (number | null)[]; count: number }[] } }>(`query($id: ID!) { run(id: $id) { metricsStart series(keys: ["loss"], ${ask}) { steps values count } } }`, { id: run('a') }, owner);

  it('show finer detail of a smaller range, over each axis', async () => {
    const whole = await series('maxPoints: 50');
    expect(whole.run.metricsStart).toBe(1_000);
    expect(whole.run.series[0]?.steps.length).toBeLessThanOrEqual(50);
    expect((await series('maxPoints: 50, from: 2340, to: 2350.5')).run.series).toMatchObject([{ steps: Array.from({ length: 11 }, (_, at) => 2_340 + at), count: 5_000 }]);
    expect((await series('axis: TIME, to: 1001')).run.series[0]?.steps).toEqual([0, 1]);
    expect((await series('axis: RELATIVE, from: 4998')).run.series[0]?.steps).toEqual([4_998, 4_999]);
  });

  it('know their best steps', async () => {
    const { run: found } = await api.ok('query($id: ID!) { run(id: $id) { metrics { key firstStep minStep maxStep } } }', { id: run('a') }, owner) as { run: { metrics: unknown } };
    expect(found.metrics).toEqual([{ key: 'loss', firstStep: 0, minStep: expect.any(Number), maxStep: 2_345 }]);
    const rest = await (await api.fetch(`/api/v1/runs/${run('a')}`, { as })).json() as { metrics: Record<string, unknown> };
    expect(rest.metrics['loss']).toMatchObject({ firstStep: 0, maxStep: 2_345 });
  });

  it('refuse a range that ends before it begins', async () => {
    expect(await api.refusal('query($id: ID!) { run(id: $id) { series(from: 2, to: 1) { key } } }', { id: run('a') }, owner)).toBe('metric/bad-range');
  });
});

describe('curves over runs', () => {
  let experiment: string;
  const named: Record<string, string> = {};
  beforeAll(async () => {
    experiment = await trackedExperiment(api, owner, 'secret/curves');
    for (const [name, lr, status] of [['a1', '0.1', 'FINISHED'], ['a2', '0.1', 'FINISHED'], ['a3', '0.1', 'FAILED'], ['b1', '0.2', 'FINISHED']] as const) named[name] = await trackedRun(api, owner, { experiment, name, status, params: { lr, seed: name } });
    const { metrics } = api.adapters.ports;
    for (const [name, level, last] of [['a1', 1, 4], ['a2', 3, 2], ['a3', 100, 4], ['b1', 7, 4]] as const) {
      await metrics.append(named[name] ?? '', Array.from({ length: last + 1 }, (_, at) => ({ key: 'acc', step: BigInt(at), timestamp: BigInt(level * 1_000 + at * 10), value: level + at })));
    }
    const { prisma } = api.adapters;
    const row = await prisma.experiment.findUniqueOrThrow({ where: { mlflowId: Number(experiment) } });
    for (const [id, runs] of [['var_a', ['a1', 'a2', 'a3']], ['var_b', ['b1']]] as const) {
      await prisma.variant.create({ data: { id, experimentId: row.id, fingerprint: id, label: id, role: 'TREATMENT', params: [], changed: [] } });
      await prisma.run.updateMany({ where: { id: { in: runs.map((name) => named[name] ?? '') } }, data: { variantId: id } });
    }
    named['key'] = `SEC-${row.number}`;
  });

  const variants = async (ask: string): Promise<readonly unknown[]> => {
    const { experiment: found } = await api.ok<{ experiment: { variants: { id: string; curve: unknown }[] } }>(`query($key: String!) { experiment(key: $key) { variants { id curve(key: "acc"${ask}) { xs n mean median min max sd se ciLow ciHigh } } } }`, { key: named['key'] }, owner);
    return found.variants.filter(({ id }) => id.startsWith('var_')).toSorted((a, b) => (a.id < b.id ? -1 : 1)).map(({ curve }) => curve);
  };

  it('are of the counted runs of a variant: mean, median, ends, deviation, error and interval with n', async () => {
    const [a, b] = await variants('');
    expect(a).toMatchObject({ xs: [0, 1, 2, 3, 4], n: [2, 2, 2, 1, 1], mean: [2, 3, 4, 4, 5], median: [2, 3, 4, 4, 5], min: [1, 2, 3, 4, 5], max: [3, 4, 5, 4, 5] });
    expect((a as { sd: number[] }).sd.map((sd) => sd && Number(sd.toFixed(6)))).toEqual([1.414214, 1.414214, 1.414214, null, null]);
    expect((a as { se: number[] }).se[0]).toBeCloseTo(1, 9);
    expect((a as { ciLow: number[] }).ciLow[0]).toBeCloseTo(2 - 12.706_204_736, 6);
    expect(b).toMatchObject({ n: [1, 1, 1, 1, 1], mean: [7, 8, 9, 10, 11], ciLow: [null, null, null, null, null] });
  });

  it('are read over a range and an axis', async () => {
    expect(await variants(', from: 1, to: 2')).toMatchObject([{ xs: [1, 2], n: [2, 2] }, { xs: [1, 2] }]);
    expect(await variants(', axis: RELATIVE')).toMatchObject([{ xs: [0, 10, 20, 30, 40], n: [2, 2, 2, 1, 1] }, { xs: [0, 10, 20, 30, 40] }]);
    expect(await variants(', maxPoints: 2')).toMatchObject([{ xs: [expect.closeTo(1.727, 3), 4] }, { xs: [expect.closeTo(1.727, 3), 4] }]);
    expect(await variants(', from: 100')).toEqual([null, null]);
  });

  it('can be asked for several metrics at once, which are read together', async () => {
    await api.adapters.ports.metrics.append(named['b1'] ?? '', [0, 5].map((at) => ({ key: 'loss', step: BigInt(at), timestamp: BigInt(7_000 + at * 10), value: at })));
    const ask = 'query($key: String!, $keys: [String!]!) { experiment(key: $key) { variants { id curves(keys: $keys) { key curve { xs n mean } } } } }';
    const { experiment: found } = await api.ok<{ experiment: { variants: { id: string; curves: unknown }[] } }>(ask, { key: named['key'], keys: ['loss', 'acc', 'nothing'] }, owner);
    expect(new Map(found.variants.map(({ id, curves }) => [id, curves]))).toMatchObject(new Map([
      ['var_a', [{ key: 'acc', curve: { xs: [0, 1, 2, 3, 4], n: [2, 2, 2, 1, 1], mean: [2, 3, 4, 4, 5] } }]],
      ['var_b', [{ key: 'loss', curve: { xs: [0, 5], n: [1, 1], mean: [0, 5] } }, { key: 'acc', curve: { mean: [7, 8, 9, 10, 11] } }]],
    ]));
    expect(await api.refusal(ask, { key: named['key'], keys: Array.from({ length: 51 }, (_, at) => `m${at}`) }, owner)).toBe('curve/how-many');
  });

  it('take one read for all metrics and groups that are logged equally often', async () => {
    const asked: (readonly string[] | undefined)[] = [];
    const store = new (class extends InMemoryMetricStore {
      override stretches(request: StretchesRequest) { asked.push(request.keys); return super.stretches(request); }
    })();
    for (const run of ['r1', 'r2']) await store.append(run, Array.from({ length: 5_000 }, (_, at) => ['a', 'b', ...(at < 50 ? ['short'] : [])].map((key) => ({ key, step: BigInt(at), timestamp: BigInt(at), value: at }))).flat());
    const curves = await readCurves(store, new Map([['one', ['r1']], ['both', ['r1', 'r2']]]), ['a', 'b', 'short', 'nothing'], { axis: 'step', range: null, maxPoints: 300 });
    expect(asked).toEqual([['a', 'b'], ['short']]);
    expect([...curves].map(([group, own]) => [group, [...own.keys()], own.get('short')?.xs.length])).toEqual([['one', ['a', 'b', 'short'], 50], ['both', ['a', 'b', 'short'], 50]]);
  });

  it('can be asked for any runs, of those who may see all of them', async () => {
    const ask = 'query($runs: [ID!]!) { metricCurve(runs: $runs, key: "acc") { xs n mean } }';
    const runs = [named['a1'], named['a3'], named['b1']];
    expect(await api.ok(ask, { runs }, owner)).toEqual({ metricCurve: { xs: [0, 1, 2, 3, 4], n: [3, 3, 3, 3, 3], mean: [36, 37, 38, 39, 40] } });
    expect(await api.refusal(ask, { runs }, outsider)).toBe('run/unknown');
    expect(await api.refusal(ask, { runs: [] }, owner)).toBe('curve/how-many');
    expect(await api.refusal('query($runs: [ID!]!) { metricCurve(runs: $runs, key: "acc", maxPoints: 1) { xs } }', { runs }, owner)).toBe('series/max-points');
  });
});
