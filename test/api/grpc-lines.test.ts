import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ConsoleStream, LogLinesRequestSchema, LogSystemSamplesRequestSchema, type LineSchema, type SystemSampleSchema } from '../../generated/proto/lemma/v1/ingest_pb.js';
import { startApi, type Api } from '../support/api.ts';
import { grpcClient, type CallOutcome, type GrpcClient } from '../support/grpc-client.ts';
import { makeReadOnly } from '../support/read-only.ts';
import { mlflow, trackedExperiment, trackedRun } from '../support/tracked-run.ts';

let api: Api;
let client: GrpcClient;
let experiment: string;
beforeAll(async () => {
  api = await startApi();
  client = grpcClient(api.grpcAddress);
  experiment = await trackedExperiment(api, null, 'grpc/lines');
});
afterAll(async () => {
  client.close();
  await api.stop();
});

type Line = MessageInitShape<typeof LineSchema>;
type Sample = MessageInitShape<typeof SystemSampleSchema>;
const newRun = (): Promise<string> => trackedRun(api, null, { experiment });
const numbered = (from: number, to: number, more: Line = {}): Line[] => Array.from({ length: to - from }, (_, at) => ({ sequence: BigInt(from + at), text: `line ${from + at}`, ...more }));

/** One call with these batches; the first one names the run. */
async function log(run: string, ...batches: readonly Line[][]) {
  const call = client.logLines();
  for (const [at, lines] of batches.entries()) await call.write(create(LogLinesRequestSchema, { runId: at === 0 ? run : '', lines }));
  return call.end();
}

async function sample(run: string, ...batches: readonly Sample[][]) {
  const call = client.logSystemSamples();
  for (const [at, samples] of batches.entries()) await call.write(create(LogSystemSamplesRequestSchema, { runId: at === 0 ? run : '', samples }));
  return call.end();
}

const texts = async (run: string): Promise<readonly string[]> => (await api.adapters.ports.console.read(run, 1, 100)).map(({ text }) => text);
const unmasked = () => api.logged.filter(({ level }) => Number(level) >= 50);

/** Refused, by this code and reason, in words. */
function expectRefusal(outcome: CallOutcome<unknown>, code: number, reason: string): void {
  expect(outcome).toMatchObject({ code, reason });
  expect(outcome).toHaveProperty('message', expect.stringMatching(/^.{15,}$/s));
  expect(unmasked()).toEqual([]);
}

describe('lines over gRPC', () => {
  it('are kept once and in order, however often they are sent, and read as those that came over REST', async () => {
    const run = await newRun();
    expect(await log(run, numbered(0, 3), numbered(3, 5))).toMatchObject({ answer: { added: 5n, lineCount: 5n, acknowledged: [{ source: '', stream: ConsoleStream.STDOUT, lastSequence: 4n }] } });
    expect(await log(run, numbered(3, 8))).toMatchObject({ answer: { added: 3n, lineCount: 8n } });
    expect(await log(run, [{ sequence: 0n, text: 'careful', stream: ConsoleStream.STDERR, source: 'rank 1', time: 1_700_000_000_500n }])).toMatchObject({ answer: { added: 1n, acknowledged: [{ source: 'rank 1', stream: ConsoleStream.STDERR, lastSequence: 0n }] } });
    const { lines } = await (await api.fetch(`/api/v1/runs/${run}/logs`)).json() as { readonly lines: readonly Record<string, unknown>[] };
    expect(lines.map(({ text }) => text)).toEqual([...Array.from({ length: 8 }, (_, at) => `line ${at}`), 'careful']);
    expect(lines.at(-1)).toEqual({ number: 9, sequence: 0, stream: 'stderr', source: 'rank 1', time: '2023-11-14T22:13:20.500Z', text: 'careful' });
    expect(lines[0]).toMatchObject({ stream: 'stdout', source: '' });
  });

  it('are the same lines as over REST', async () => {
    const run = await newRun();
    await log(run, numbered(0, 2));
    const answer = await api.fetch(`/api/v1/runs/${run}/logs`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify([{ sequence: 1, text: 'line 1' }, { sequence: 2, text: 'line 2' }]) });
    expect(await answer.json()).toMatchObject({ added: 1, lineCount: 3 });
  });

  it('are kept out of order too, and each once', async () => {
    const run = await newRun();
    expect(await log(run, numbered(5, 8), numbered(2, 6), numbered(0, 3))).toMatchObject({ answer: { added: 8n, acknowledged: [{ lastSequence: 7n }] } });
    expect((await texts(run)).toSorted()).toEqual(Array.from({ length: 8 }, (_, at) => `line ${at}`));
  });

  it('go on behind what was acknowledged when a call was cut off', async () => {
    const run = await newRun();
    const call = client.logLines();
    await call.write(create(LogLinesRequestSchema, { runId: run, lines: numbered(0, 4, { source: 'rank 0' }) }));
    await expect.poll(() => client.lineFeeds(run)).toMatchObject({ answer: { lineCount: 4n, acknowledged: [{ source: 'rank 0', lastSequence: 3n }] } });
    call.cut();
    expect(await call.outcome).toMatchObject({ code: status.CANCELLED });
    expect(await log(run, numbered(4, 6, { source: 'rank 0' }))).toMatchObject({ answer: { added: 2n, lineCount: 6n } });
  });

  it('are taken by a run that has ended, as over REST, and not by one that is deleted', async () => {
    const run = await newRun();
    await mlflow(api, null, ['POST', 'runs/update'], { run_id: run, status: 'FINISHED', end_time: 2_000 });
    expect(await log(run, numbered(0, 1))).toMatchObject({ answer: { added: 1n } });
    await mlflow(api, null, ['POST', 'runs/delete'], { run_id: run });
    expectRefusal(await log(run, numbered(1, 2)), status.INVALID_ARGUMENT, 'run/deleted');
  });

  it.each<[string, readonly Line[], string]>([
    ['a line without a number', [{ text: 'x' }], 'stream/bad-line'],
    ['a number past all counting', [{ sequence: 2n ** 63n, text: 'x' }], 'stream/bad-line'],
    ['a stream there is none of', [{ sequence: 0n, text: 'x', stream: 7 as ConsoleStream }], 'stream/bad-line'],
    ['a source whose name is too long', [{ sequence: 0n, text: 'x', source: 'a'.repeat(101) }], 'stream/bad-line'],
    ['NUL in the name of a source', [{ sequence: 0n, text: 'x', source: 'a\0b' }], 'text/nul'],
    ['a time past all calendars', [{ sequence: 0n, text: 'x', time: 2n ** 62n }], 'console/bad-time'],
    ['too many lines', numbered(0, 10_001), 'stream/too-large'],
    ['too much text', [{ sequence: 0n, text: 'x'.repeat(4_000_001) }], 'stream/too-large'],
  ])('are refused for %s, and nothing of their batch is kept', async (_, lines, reason) => {
    const run = await newRun();
    const outcome = await log(run, [...lines, ...numbered(20_000, 20_001)]);
    expectRefusal(outcome, status.INVALID_ARGUMENT, reason);
    expect(await texts(run)).toEqual([]);
  });

  it('name the entry and the field that was wrong, and how many batches were kept before', async () => {
    const run = await newRun();
    const outcome = await log(run, numbered(0, 2), [...numbered(2, 3), { text: 'no number' }]);
    expect(outcome).toMatchObject({ code: status.INVALID_ARGUMENT, acknowledged: '1', message: expect.stringContaining('entry 2: sequence') as string });
    expect(await texts(run)).toEqual(['line 0', 'line 1']);
  });

  it('are refused in a message that is larger than any, with what was kept before', async () => {
    const run = await newRun();
    const outcome = await log(run, numbered(0, 2), [{ sequence: 2n, text: 'x'.repeat(9 * 1024 * 1024) }]);
    expect(outcome).toMatchObject({ code: status.RESOURCE_EXHAUSTED, acknowledged: '1' });
    expect(await texts(run)).toEqual(['line 0', 'line 1']);
  });

  it.each<[string, () => Promise<CallOutcome<unknown>>, number, string]>([
    ['no batch at all', () => log(''), status.INVALID_ARGUMENT, 'stream/empty'],
    ['a batch without a run', () => log('', numbered(0, 1)), status.INVALID_ARGUMENT, 'stream/no-run'],
    ['an unknown run', () => log('0'.repeat(32), numbered(0, 1)), status.NOT_FOUND, 'run/unknown'],
    ['a run that no text can name', () => log('a\0b', numbered(0, 1)), status.INVALID_ARGUMENT, 'text/nul'],
    ['the feeds of a run that nobody knows', () => client.lineFeeds('0'.repeat(32)), status.NOT_FOUND, 'run/unknown'],
  ])('are refused with %s', async (_, call, code, reason) => { expectRefusal(await call(), code, reason); });

  it('are refused when they are of two runs', async () => {
    const call = client.logLines();
    for (const runId of [await newRun(), await newRun()]) await call.write(create(LogLinesRequestSchema, { runId, lines: numbered(0, 1) }));
    expectRefusal(await call.end(), status.INVALID_ARGUMENT, 'stream/other-run');
  });

  it('are to be sent again while the database refuses to write, and then are kept once', async () => {
    const run = await newRun();
    await log(run, numbered(0, 2));
    const writable = await makeReadOnly(api.databaseUrl);
    await expect.poll(() => log(run, numbered(2, 4))).toMatchObject({ code: status.UNAVAILABLE, reason: 'server/store-unavailable', acknowledged: '0' });
    await writable();
    await expect.poll(() => log(run, numbered(0, 4))).toMatchObject({ answer: { lineCount: 4n } });
    expect(await texts(run)).toEqual(['line 0', 'line 1', 'line 2', 'line 3']);
    expect(unmasked()).toEqual([]);
  });
});

describe('samples of a machine over gRPC', () => {
  const measured: Sample = { sequence: 4n, time: 1_700_000_000_000n, gauges: { 'cpu.utilisation': 50, 'memory.used': 2e9, 'gpu.0.power': 250 } };

  it("become metrics as MLflow's own monitor logs them, once", async () => {
    const run = await newRun();
    expect(await sample(run, [measured], [{ ...measured, sequence: 5n }])).toMatchObject({ answer: { added: 6n } });
    expect(await sample(run, [measured], [{ ...measured, sequence: 5n, node: 'b' }])).toMatchObject({ answer: { added: 3n } });
    const summaries = (await api.adapters.ports.metrics.summaries([run])).get(run) ?? [];
    expect(summaries.map(({ key, lastValue, count }) => [key, lastValue, count])).toEqual([
      ['system/b/cpu_utilization_percentage', 50, 1], ['system/b/gpu_0_power_usage_watts', 250, 1], ['system/b/system_memory_usage_megabytes', 2_000, 1],
      ['system/cpu_utilization_percentage', 50, 2], ['system/gpu_0_power_usage_watts', 250, 2], ['system/system_memory_usage_megabytes', 2_000, 2],
    ]);
  });

  it.each<[string, Sample, string]>([
    ['an unknown gauge', { ...measured, gauges: { 'cpu.temperature': 80 } }, 'system/unknown-gauge'],
    ['a node with a slash', { ...measured, node: 'a/b' }, 'stream/bad-sample'],
    ['no number of its own', { time: 0n, gauges: {} }, 'stream/bad-sample'],
    ['no time', { sequence: 0n, gauges: {} }, 'stream/bad-sample'],
    ['a time past all calendars', { ...measured, time: 2n ** 62n }, 'stream/bad-sample'],
    ['a gauge that is no number', { ...measured, gauges: { 'cpu.utilisation': NaN } }, 'stream/bad-sample'],
    ['more gauges than a batch may have', { ...measured, gauges: Object.fromEntries(Array.from({ length: 100_001 }, (_, at) => [`${at}`, 1])) }, 'stream/too-large'],
  ])('are refused for %s, and nothing of their batch is kept', async (_, bad, reason) => {
    const run = await newRun();
    const outcome = await sample(run, [measured], [{ ...measured, sequence: 9n }, bad]);
    expectRefusal(outcome, status.INVALID_ARGUMENT, reason);
    expect(outcome).toHaveProperty('acknowledged', '1');
    expect((await api.adapters.ports.metrics.summaries([run])).get(run)?.map(({ count }) => count)).toEqual([1, 1, 1]);
  });

  it('are refused in more samples than a batch may have', async () => {
    expectRefusal(await sample(await newRun(), Array.from({ length: 10_001 }, (_, at) => ({ sequence: BigInt(at), time: 0n }))), status.INVALID_ARGUMENT, 'stream/too-large');
  });
});
