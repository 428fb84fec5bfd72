import { Dictionary, Int32, Int64, makeVector, Table, tableToIPC, TimestampMicrosecond, Utf8, vectorFromArray, type Vector } from 'apache-arrow';
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
    expect(await send(run, type, body, `?stream=worker-0&first=${numbers + 2}`)).toMatchObject({ status: 409, body: { error: { reason: 'stream/gap', acknowledged: numbers } } });
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

const frame = (from: number, to: number, key = 'loss'): Uint8Array => packedFrame([curveOf(key, from, to)]);
const packed = { 'content-type': PACKED };

describe('a stream', () => {
  it('may take other types of Arrow columns: small steps, float32, timestamps of any unit', async () => {
    const run = await newRun();
    const table = new Table({ timestamp: vectorFromArray([1_700_000_000_123], new TimestampMicrosecond()), value: makeVector(Float32Array.of(0.5)), key: vectorFromArray(['loss'], new Utf8()), step: makeVector(Int32Array.of(7)) });
    expect(await send(run, ARROW, tableToIPC(table, 'stream'))).toMatchObject({ status: 200 });
    expect(await stored(run)).toEqual({ loss: ['7/1700000000123/0.5'] });
  });

  it('is acknowledged as far as it is kept, whatever number a request begins with', async () => {
    const run = await newRun();
    expect(await send(run, PACKED, frame(0, 10), '?stream=s&first=9')).toMatchObject({ status: 409, body: { error: { acknowledged: 0 } } });
    expect(await send(run, NDJSON, 'hello', '?stream=s&first=9')).toMatchObject({ status: 400, body: { error: { acknowledged: 0 } } });
    for (const first of [1, 2, 3]) await send(run, PACKED, frame(first * 10, first * 10 + 10), `?stream=s&first=${first}`);
    expect(await send(run, PACKED, frame(10, 20), '?stream=s&first=1')).toMatchObject({ status: 200, body: { acknowledged: 3, added: 0 } });
    expect(await send(run, PACKED, 'hello', '?stream=s&first=4')).toMatchObject({ status: 400, body: { error: { acknowledged: 3 } } });
  });

  it('is committed while it comes: what was sent is there before the end', async () => {
    const run = await newRun();
    const upload = openUpload(api, `/api/v1/runs/${run}/metrics?stream=s&first=1`, packed);
    await upload.write(frame(0, 100));
    await expect.poll(() => acknowledged(run, 's')).toEqual({ stream: 's', acknowledged: 1 });
    await upload.write(frame(100, 200));
    await expect.poll(() => count(run, 'loss')).toBe(200);
    expect(await upload.end()).toEqual({ status: 200, body: { stream: 's', acknowledged: 2, points: 200, added: 200 } });
  });

  it('that is cut off goes on from the number that was acknowledged, and every point is there once', async () => {
    const run = await newRun();
    const path = `/api/v1/runs/${run}/metrics?stream=s`;
    const upload = openUpload(api, `${path}&first=1`, packed);
    for (let at = 0; at < 5; at += 1) await upload.write(frame(at * 100, at * 100 + 100));
    await upload.write(frame(500, 600).subarray(0, 999));
    await expect.poll(() => acknowledged(run, 's')).toEqual({ stream: 's', acknowledged: 5 });
    upload.cut();
    await expect(upload.answer).rejects.toBeInstanceOf(Error);
    const { acknowledged: last } = await acknowledged(run, 's') as { acknowledged: number };
    const again = openUpload(api, `${path}&first=${last + 1}`, packed);
    for (let at = last; at < 8; at += 1) await again.write(frame(at * 100, at * 100 + 100));
    expect(await again.end()).toEqual({ status: 200, body: { stream: 's', acknowledged: 8, points: 300, added: 300 } });
    expect((await stored(run))['loss']).toHaveLength(800);
    const whole = joined(...Array.from({ length: 8 }, (_, at) => frame(at * 100, at * 100 + 100)));
    expect(await send(run, PACKED, whole, '?stream=s&first=1')).toMatchObject({ body: { acknowledged: 8, points: 800, added: 0 } });
    expect(await count(run, 'loss')).toBe(800);
  });

  it('tells watchers of its points as they come', async () => {
    const run = await newRun();
    const upload = openUpload(api, `/api/v1/runs/${run}/metrics`, packed);
    await upload.write(frame(0, 10_000));
    const seen: number[] = [];
    let sent = 10_000;
    for await (const { metricsLogged } of api.subscribe<{ metricsLogged: { series: { key: string; steps: number[] }[] } }>('subscription($run: ID!) { metricsLogged(run: $run) { series { key steps } } }', { run })) {
      seen.push(...metricsLogged.series.flatMap(({ steps }) => steps));
      if (seen.length === 30_000) break;
      if (seen.length < sent) continue;
      for (let part = 0; part < 10; part += 1) await upload.write(frame(sent + part * 1000, sent + part * 1000 + 1000));
      sent += 10_000;
    }
    expect(seen).toEqual(Array.from({ length: 30_000 }, (_, step) => step));
    await upload.end();
  });

  it('to a run that has ended has its experiment analysed again', async () => {
    const run = await newRun();
    await mlflow(api, null, ['POST', 'runs/update'], { run_id: run, status: 'FINISHED', end_time: 2 });
    const leaving = new AbortController();
    const told = (async () => {
      for await (const { verb } of api.adapters.changes.subscribe(({ id, verb: each }) => id === run && each === 'logged', leaving.signal)) return verb;
      return null;
    })();
    expect(await send(run, PACKED, frame(0, 10))).toMatchObject({ status: 200 });
    expect(await told).toBe('logged');
    leaving.abort();
  });
});

const columns = (more: Record<string, Vector> = {}): Record<string, Vector> => ({ key: vectorFromArray(['a', 'b'], new Utf8()), step: makeVector(BigInt64Array.of(1n, 2n)), timestamp: makeVector(BigInt64Array.of(1n, 2n)), value: makeVector(Float64Array.of(1, 2)), ...more });
const arrow = (more: Record<string, Vector>): Uint8Array => tableToIPC(new Table(columns(more)), 'stream');
const good = tableToIPC(new Table(columns()), 'stream');
const withWord = (bytes: Uint8Array, at: number, word: number): Uint8Array => { const copy = bytes.slice(); new DataView(copy.buffer).setUint32(at, word, true); return copy; };
const noise = (seed: number, length = 5000): Uint8Array => Uint8Array.from({ length }, (_, at) => Math.imul(at + 1, seed * 2_654_435_761 | 1) >>> 13);

describe('what is refused', () => {
  const BAD: readonly (readonly [string, string, Uint8Array | string, string])[] = [
    ['noise as packed columns', PACKED, noise(1), 'stream/malformed'],
    ['noise as Arrow', ARROW, noise(2), 'stream/malformed'],
    ['noise as NDJSON', NDJSON, noise(3), 'stream/malformed'],
    ['a frame that ends in its header', PACKED, frame(0, 10).subarray(0, 11), 'stream/truncated'],
    ['a frame that ends in its columns', PACKED, frame(0, 10).subarray(0, 200), 'stream/truncated'],
    ['a frame of four billion points', PACKED, withWord(frame(0, 10), 8, 0xff_ff_ff_ff), 'stream/too-large'],
    ['a frame of four billion series', PACKED, withWord(frame(0, 10), 4, 0xff_ff_ff_ff), 'stream/too-large'],
    ['a frame whose names are endless', PACKED, withWord(frame(0, 10), 12, 0xff_ff_ff_00), 'stream/too-large'],
    ['series longer than their frame', PACKED, withWord(frame(0, 10), 16, 11), 'stream/malformed'],
    ['names longer than their frame says', PACKED, withWord(frame(0, 10), 20, 5), 'stream/malformed'],
    ['a frame of another version', PACKED, withWord(frame(0, 10), 0, 0x02_43_4d_4c), 'stream/malformed'],
    ['a name that is not UTF-8', PACKED, joined(frame(0, 10).subarray(0, 24), Uint8Array.of(0xff, 0xfe, 0xff, 0xfe), frame(0, 10).subarray(28)), 'stream/malformed'],
    ['a name that no metric may have', PACKED, frame(0, 10, '../etc'), 'metric/bad-name'],
    ['a name that is too long', NDJSON, `{"key":"${'x'.repeat(251)}","value":1,"step":1,"timestamp":1}`, 'metric/bad-name'],
    ['an Arrow stream that is cut off', ARROW, good.subarray(0, good.length - 60), 'stream/truncated'],
    ['an Arrow message of a terabyte', ARROW, joined(good.subarray(0, 4), Uint8Array.of(0xff, 0xff, 0xff, 0x7f)), 'stream/malformed'],
    ['an unknown Arrow column', ARROW, arrow({ epoch: makeVector(Float64Array.of(1, 2)) }), 'stream/unknown-column'],
    ['an Arrow column that is missing', ARROW, tableToIPC(new Table({ key: vectorFromArray(['a'], new Utf8()), step: makeVector(BigInt64Array.of(1n)), value: makeVector(Float64Array.of(1)) }), 'stream'), 'arrow/missing-column'],
    ['text where numbers belong', ARROW, arrow({ value: vectorFromArray(['1', '2'], new Utf8()) }), 'arrow/wrong-type'],
    ['unsigned steps of 64 bits', ARROW, arrow({ step: makeVector(BigUint64Array.of(1n, 2n)) }), 'arrow/wrong-type'],
    ['nulls', ARROW, arrow({ step: vectorFromArray([1n, null], new Int64()) }), 'arrow/null'],
    ['an Arrow file instead of a stream', ARROW, tableToIPC(new Table(columns()), 'file'), 'stream/malformed'],
    ['a line that is no JSON', NDJSON, '{"key":"a"', 'stream/malformed'],
    ['a line that is no point', NDJSON, '[1]', 'stream/malformed'],
    ['a point without a step', NDJSON, '{"key":"a","value":1,"timestamp":1}', 'stream/malformed'],
    ['a value in words', NDJSON, '{"key":"a","value":"one","step":1,"timestamp":1}', 'stream/malformed'],
    ['a step that a number cannot hold', NDJSON, '{"key":"a","value":1,"step":9007199254740993,"timestamp":1}', 'stream/malformed'],
    ['a step of 65 bits', NDJSON, '{"key":"a","value":1,"step":"9223372036854775808","timestamp":1}', 'stream/malformed'],
    ['an unknown field', NDJSON, '{"key":"a","value":1,"step":1,"timestamp":1,"epoch":2}', 'stream/unknown-column'],
    ['a line without an end', NDJSON, `{"key":"${'x'.repeat(100_000)}`, 'stream/too-large'],
    ['a form that is not taken', 'application/json', '{}', 'http/content-type'],
  ];

  it.each(BAD)('%s, in words, and nothing of it is kept', async (_name, type, body, reason) => {
    const run = await newRun();
    const { status, body: { error } } = await send(run, type, body);
    expect(error).toMatchObject({ code: 'BAD_USER_INPUT', reason });
    expect(error?.message).toMatch(/^.{20,}\.$/s);
    expect(status).toBe(400);
    expect(await stored(run)).toEqual({});
    expect(api.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it.each([
    ['?stream=s', 'stream/no-number'], ['?stream=a%20b&first=1', 'stream/bad-name'], ['?stream=s&first=0', 'rest/query'], ['?stream=s&first=x', 'rest/query'], ['?batch=1', 'rest/query'],
  ])('the question %s', async (query, reason) => {
    expect((await send(await newRun(), PACKED, frame(0, 1), query)).body.error?.reason).toBe(reason);
  });

  it('what comes behind something bad; what was before it is kept and acknowledged', async () => {
    const run = await newRun();
    const packedStream = await send(run, PACKED, joined(frame(0, 100), frame(100, 200), noise(4)), '?stream=p&first=1');
    expect(packedStream).toMatchObject({ status: 400, body: { error: { reason: 'stream/malformed', acknowledged: 2 } } });
    const line = (step: number) => `{"key":"acc","value":1,"step":${step},"timestamp":1}\n`;
    const lines = await send(run, NDJSON, `${line(1)}${line(2)}oops\n${line(3)}`, '?stream=n&first=1');
    expect(lines).toMatchObject({ status: 400, body: { error: { reason: 'stream/malformed', message: 'Line 3 of this request is not JSON.', acknowledged: 2 } } });
    expect([await count(run, 'loss'), await count(run, 'acc')]).toEqual([200, 2]);
  });

  it('a run that is unknown or deleted, before anything is read', async () => {
    expect(await send('0'.repeat(32), PACKED, frame(0, 1))).toMatchObject({ status: 404, body: { error: { reason: 'run/unknown' } } });
    const run = await newRun();
    await mlflow(api, null, ['POST', 'runs/delete'], { run_id: run });
    expect(await send(run, PACKED, frame(0, 1))).toMatchObject({ status: 400, body: { error: { reason: 'run/deleted' } } });
  });

  it('a run that is deleted while it is logged to', async () => {
    const run = await newRun();
    const upload = openUpload(api, `/api/v1/runs/${run}/metrics?stream=s&first=1`, packed);
    await upload.write(frame(0, 10));
    await expect.poll(() => acknowledged(run, 's')).toEqual({ stream: 's', acknowledged: 1 });
    await mlflow(api, null, ['POST', 'runs/delete'], { run_id: run });
    await upload.write(frame(10, 20));
    expect(await upload.answer).toMatchObject({ status: 400, body: { error: { reason: 'run/deleted', acknowledged: 1 } } });
    upload.cut();
  });

  it('at once, though the client goes on sending; it is let go, and others are served', async () => {
    const run = await newRun();
    const upload = openUpload(api, `/api/v1/runs/${run}/metrics`, packed);
    await upload.write(noise(5));
    expect(await upload.answer).toMatchObject({ status: 400 });
    const cutOff = (async () => { for (;;) await upload.write(noise(6, 1_000_000)); })();
    await expect(cutOff).rejects.toBeInstanceOf(Error);
    expect(await send(run, PACKED, frame(0, 10))).toMatchObject({ status: 200 });
  });

  it('nobody, because others began something and never finish it', async () => {
    const run = await newRun();
    const stalled = await Promise.all(Array.from({ length: 40 }, async () => {
      const upload = openUpload(api, `/api/v1/runs/${run}/metrics`, packed);
      await upload.write(withWord(frame(0, 10), 8, 100_000).subarray(0, 300));
      return upload;
    }));
    expect(await send(run, PACKED, frame(0, 1000))).toMatchObject({ status: 200, body: { added: 1000 } });
    for (const upload of stalled) upload.cut();
  });
});
