import { Dictionary, Float64, Int32, Int64, Table, tableToIPC, TimestampMillisecond, Utf8, vectorFromArray, RecordBatchStreamWriter, makeVector } from 'apache-arrow';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packedFrame } from '../../bench/drive/packed-frame.ts';
import { startApi, type Api } from '../support/api.ts';
import { curveOf, openUpload, type StreamAnswer } from '../support/metric-streams.ts';
import { mlflow, trackedExperiment } from '../support/tracked-run.ts';

const PACKED = 'application/vnd.lemma.columns';
const ARROW = 'application/vnd.apache.arrow.stream';
const NDJSON = 'application/x-ndjson';

let api: Api;
let experiment: string;
beforeAll(async () => {
  api = await startApi();
  experiment = await trackedExperiment(api, null, 'fast/door');
});
afterAll(() => api.stop());

const newRun = async (): Promise<string> => (await mlflow<{ run: { info: { run_id: string } } }>(api, null, ['POST', 'runs/create'], { experiment_id: experiment, start_time: 1 })).run.info.run_id;

async function send(run: string, type: string, body: Uint8Array | string, query = ''): Promise<StreamAnswer> {
  const answer = await api.fetch(`/api/v1/runs/${run}/metrics${query}`, { method: 'POST', headers: { 'content-type': type }, body: typeof body === 'string' ? body : new Uint8Array(body) });
  return { status: answer.status, body: await answer.json() as StreamAnswer['body'] };
}

async function stored(run: string): Promise<Record<string, readonly string[]>> {
  const series = (await api.adapters.ports.metrics.series({ runIds: [run] })).get(run) ?? [];
  return Object.fromEntries(series.map(({ key, steps, timestamps, values }) => [key, [...values].map((value, at) => `${steps[at]}/${timestamps[at]}/${Object.is(value, -0) ? '-0' : value}`)]));
}
const count = async (run: string, key: string): Promise<number> => (await api.adapters.ports.metrics.summaries([run], [key])).get(run)?.[0]?.count ?? 0;
const acknowledged = async (run: string, stream: string): Promise<unknown> => (await api.fetch(`/api/v1/runs/${run}/metrics/streams/${stream}`)).json();
const joined = (...pieces: readonly Uint8Array[]): Uint8Array => Buffer.concat(pieces);

const EVERY_VALUE = [0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE, 1 / 3];
const WANTED = { 'val/acc': EVERY_VALUE.map((value, at) => `${at}/${1000 + at}/${Object.is(value, -0) ? '-0' : value}`), loss: ['-9223372036854775808/9223372036854775807/0.5'] };

/** The same points in every form. */
const points = [...EVERY_VALUE.map((value, at) => ({ key: 'val/acc', value, step: BigInt(at), timestamp: BigInt(1000 + at) })), { key: 'loss', value: 0.5, step: -(2n ** 63n), timestamp: 2n ** 63n - 1n }];
const column = <Name extends 'step' | 'timestamp'>(name: Name) => vectorFromArray(points.map((point) => point[name]), new Int64());
const arrowTable = (key: Utf8 | Dictionary<Utf8, Int32>): Table => new Table({ key: vectorFromArray(points.map((point) => point.key), key), step: column('step'), timestamp: column('timestamp'), value: makeVector(Float64Array.from(points, ({ value }) => value)) });
const spoken = (value: number): string => (Number.isFinite(value) ? (Object.is(value, -0) ? '-0' : JSON.stringify(value)) : `"${value}"`);
const FORMS: readonly (readonly [string, string, Uint8Array | string])[] = [
  ['packed columns', PACKED, packedFrame([...Map.groupBy(points, ({ key }) => key)].map(([key, own]) => ({
    key, steps: BigInt64Array.from(own, ({ step }) => step), timestamps: BigInt64Array.from(own, ({ timestamp }) => timestamp), values: Float64Array.from(own, ({ value }) => value),
  })))],
  ['an Arrow stream', ARROW, tableToIPC(arrowTable(new Utf8()), 'stream')],
  ['an Arrow stream with a dictionary', ARROW, tableToIPC(arrowTable(new Dictionary(new Utf8(), new Int32())), 'stream')],
  ['NDJSON', NDJSON, points.map(({ key, value, step, timestamp }) => `{"key":${JSON.stringify(key)},"value":${spoken(value)},"step":"${step}","timestamp":"${timestamp}"}`).join('\n')],
];

describe.each(FORMS)('%s', (_name, type, body) => {
  it('keeps every value, step and timestamp exactly, and changes nothing when it comes again', async () => {
    const run = await newRun();
    const first = await send(run, type, body);
    expect(first).toMatchObject({ status: 200, body: { stream: null, points: 8, added: 8 } });
    expect(await stored(run)).toEqual(WANTED);
    expect(await send(run, type, body)).toMatchObject({ status: 200, body: { points: 8, added: 0 } });
    expect(await stored(run)).toEqual(WANTED);
  });

  it('is acknowledged under its numbers', async () => {
    const run = await newRun();
    const numbers = type === NDJSON ? points.length : 1;
    expect(await send(run, type, body, '?stream=worker-0&first=1')).toMatchObject({ body: { stream: 'worker-0', acknowledged: numbers } });
    expect(await acknowledged(run, 'worker-0')).toEqual({ stream: 'worker-0', acknowledged: numbers });
    expect(await send(run, type, body, `?stream=worker-0&first=${numbers + 2}`)).toMatchObject({ status: 409, body: { error: { reason: 'stream/gap', acknowledged: numbers + 1 } } });
    expect(await acknowledged(run, 'worker-0')).toEqual({ stream: 'worker-0', acknowledged: numbers });
  });

  it('is read in whatever pieces it comes', async () => {
    const run = await newRun();
    const upload = openUpload(api, `/api/v1/runs/${run}/metrics`, { 'content-type': type });
    for (const byte of Buffer.from(body)) await upload.write(Uint8Array.of(byte));
    expect(await upload.end()).toMatchObject({ status: 200, body: { points: 8, added: 8 } });
    expect(await stored(run)).toEqual(WANTED);
  });
});
