import { tableFromIPC } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
