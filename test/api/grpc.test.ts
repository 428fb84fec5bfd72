import { create } from '@bufbuild/protobuf';
import { status } from '@grpc/grpc-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LogMetricsRequestSchema, type LogMetricsRequest } from '../../generated/proto/lemma/v1/ingest_pb.js';
import { startApi, type Api, type TestPerson } from '../support/api.ts';
import { grpcClient, type GrpcClient } from '../support/grpc-client.ts';
import { curveOf } from '../support/metric-streams.ts';
import { mlflow, trackedExperiment } from '../support/tracked-run.ts';

const batch = (from: number, to: number, more: { readonly runId?: string; readonly stream?: string; readonly sequence?: number; readonly key?: string } = {}): LogMetricsRequest => {
  const { steps, timestamps, values } = curveOf('', from, to);
  return create(LogMetricsRequestSchema, { runId: more.runId ?? '', stream: more.stream ?? '', sequence: BigInt(more.sequence ?? 0), series: [{ key: more.key ?? 'loss', steps: [...steps], timestamps: [...timestamps], values: [...values] }] });
};

let experiments = 0;
const newRun = async (api: Api, as: TestPerson | null): Promise<string> => {
  const experiment = await trackedExperiment(api, as, `grpc/${(experiments += 1)}`);
  return (await mlflow<{ run: { info: { run_id: string } } }>(api, as, ['POST', 'runs/create'], { experiment_id: experiment, start_time: 1 })).run.info.run_id;
};
const count = async (api: Api, run: string): Promise<number> => (await api.adapters.ports.metrics.summaries([run], ['loss'])).get(run)?.[0]?.count ?? 0;

describe('gRPC, asked by its own client for Node', () => {
  let api: Api;
  let client: GrpcClient;
  beforeAll(async () => {
    api = await startApi();
    client = grpcClient(api.grpcAddress);
  });
  afterAll(async () => {
    client.close();
    await api.stop();
  });

  it('keeps every value, step and timestamp exactly, and changes nothing when a stream comes again', async () => {
    const run = await newRun(api, null);
    const values = [0, -0, NaN, Infinity, -Infinity, 1 / 3];
    const ends = [-(2n ** 63n), -1n, 0n, 1n, 2n ** 53n + 1n, 2n ** 63n - 1n];
    for (const added of [6n, 0n]) {
      const stream = client.logMetrics();
      await stream.write(create(LogMetricsRequestSchema, { runId: run, series: [{ key: 'v', steps: ends, timestamps: ends, values }] }));
      expect(await stream.end()).toMatchObject({ answer: { acknowledged: 1n, points: 6n, added } });
    }
    const [series] = (await api.adapters.ports.metrics.series({ runIds: [run] })).get(run) ?? [];
    expect([[...series?.steps ?? []], [...series?.timestamps ?? []], [...series?.values ?? []]]).toEqual([ends, ends, values]);
  });

  it('goes on with a stream that was cut off, from the number that was acknowledged', async () => {
    const run = await newRun(api, null);
    const stream = client.logMetrics();
    for (let at = 0; at < 5; at += 1) await stream.write(batch(at * 100, at * 100 + 100, { runId: run, stream: 's', sequence: at + 1 }));
    await expect.poll(() => client.acknowledged(run, 's')).toMatchObject({ answer: { acknowledged: 5n } });
    stream.cut();
    expect(await stream.outcome).toMatchObject({ code: status.CANCELLED });
    const again = client.logMetrics();
    for (let at = 5; at < 8; at += 1) await again.write(batch(at * 100, at * 100 + 100, { runId: run, stream: 's', sequence: at + 1 }));
    expect(await again.end()).toMatchObject({ answer: { acknowledged: 8n, points: 300n, added: 300n } });
    expect(await count(api, run)).toBe(800);
    const overlapping = client.logMetrics();
    for (let at = 3; at < 9; at += 1) await overlapping.write(batch(at * 100, at * 100 + 100, { runId: run, stream: 's', sequence: at + 1 }));
    expect(await overlapping.end()).toMatchObject({ answer: { acknowledged: 9n, points: 600n, added: 100n } });
  });

  it.each<[string, (run: string) => readonly LogMetricsRequest[], number, string]>([
    ['no batch at all', () => [], status.INVALID_ARGUMENT, 'stream/empty'],
    ['a batch without a run', () => [batch(0, 1)], status.INVALID_ARGUMENT, 'stream/no-run'],
    ['an unknown run', () => [batch(0, 1, { runId: '0'.repeat(32) })], status.NOT_FOUND, 'run/unknown'],
    ['a run that no text can name', () => [batch(0, 1, { runId: 'a\0b' })], status.INVALID_ARGUMENT, 'text/nul'],
    ['a stream that cannot be named so', (run) => [batch(0, 1, { runId: run, stream: 'a b', sequence: 1 })], status.INVALID_ARGUMENT, 'stream/bad-name'],
    ['a stream without numbers', (run) => [batch(0, 1, { runId: run, stream: 's' })], status.INVALID_ARGUMENT, 'stream/no-number'],
    ['a stream that leaves numbers out', (run) => [batch(0, 1, { runId: run, stream: 's', sequence: 2 })], status.FAILED_PRECONDITION, 'stream/gap'],
    ['numbers out of order', (run) => [batch(0, 1, { runId: run, stream: 's', sequence: 1 }), batch(1, 2, { sequence: 3 })], status.INVALID_ARGUMENT, 'stream/out-of-order'],
    ['batches of two runs', (run) => [batch(0, 1, { runId: run }), batch(1, 2, { runId: 'another' })], status.INVALID_ARGUMENT, 'stream/other-run'],
    ['columns of different lengths', (run) => [create(LogMetricsRequestSchema, { runId: run, series: [{ key: 'loss', steps: [1n], timestamps: [1n, 2n], values: [1] }] })], status.INVALID_ARGUMENT, 'metric/columns-differ'],
    ['a name that no metric may have', (run) => [batch(0, 1, { runId: run, key: '../x' })], status.INVALID_ARGUMENT, 'metric/bad-name'],
    ['more points than a batch may have', (run) => [batch(0, 100_001, { runId: run })], status.INVALID_ARGUMENT, 'stream/too-large'],
  ])('refuses %s in words', async (_name, batches, code, reason) => {
    const stream = client.logMetrics();
    for (const each of batches(await newRun(api, null))) await stream.write(each);
    const outcome = await stream.end();
    expect(outcome).toMatchObject({ code, reason });
    expect(outcome).toHaveProperty('message', expect.stringMatching(/^.{15,}$/s));
    expect(api.logged.filter(({ level }) => Number(level) >= 50)).toEqual([]);
  });

  it('says what was kept before something was refused', async () => {
    const run = await newRun(api, null);
    const stream = client.logMetrics();
    await stream.write(batch(0, 10, { runId: run, stream: 's', sequence: 1 }));
    await stream.write(batch(10, 20, { sequence: 2, key: '..' }));
    expect(await stream.end()).toMatchObject({ code: status.INVALID_ARGUMENT, acknowledged: '1' });
    expect(await count(api, run)).toBe(10);
  });

  it('never says that more is kept than is, whatever number a stream begins with', async () => {
    const run = await newRun(api, null);
    const stream = client.logMetrics();
    await stream.write(batch(0, 10, { runId: run, stream: 's', sequence: 9 }));
    expect(await stream.end()).toMatchObject({ code: status.FAILED_PRECONDITION, acknowledged: '0' });
  });

  it('is not for tunnels in local mode', async () => {
    const stream = client.logMetrics({ 'x-forwarded-for': '10.0.0.1' });
    await stream.write(batch(0, 1, { runId: await newRun(api, null) }));
    expect(await stream.end()).toMatchObject({ code: status.PERMISSION_DENIED, reason: 'local/forwarded' });
  });
});

describe('gRPC where accounts are required', () => {
  let api: Api;
  let client: GrpcClient;
  let olga: TestPerson;
  let run: string;
  beforeAll(async () => {
    api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
    client = grpcClient(api.grpcAddress);
    olga = await api.signUp('Olga');
    await api.ok('mutation { createProject(input: { slug: "grpc", name: "gRPC", restricted: true }) { project { id } } }', {}, olga);
    run = await newRun(api, olga);
  });
  afterAll(async () => {
    client.close();
    await api.stop();
  });

  const bearer = async (person: TestPerson): Promise<Record<string, string>> => ({ authorization: `Bearer ${await api.token(person)}` });
  const log = async (more: Readonly<Record<string, string>>) => {
    const stream = client.logMetrics(more);
    await stream.write(batch(0, 1, { runId: run }));
    return stream.end();
  };

  it('takes a token, by the same rights as everywhere', async () => {
    expect(await log(await bearer(olga))).toMatchObject({ answer: { points: 1n } });
    expect(await client.acknowledged(run, 's', await bearer(olga))).toMatchObject({ answer: { acknowledged: 0n } });
    const vera = await api.signUp('Vera');
    expect(await log(await bearer(vera))).toMatchObject({ code: status.NOT_FOUND, reason: 'run/unknown' });
    expect(await client.acknowledged(run, 's', await bearer(vera))).toMatchObject({ code: status.NOT_FOUND });
    await api.ok('mutation($email: String!) { addMember(input: { project: "grpc", email: $email, role: VIEWER }) { member { id } } }', { email: vera.email }, olga);
    await expect.poll(async () => log(await bearer(vera))).toMatchObject({ code: status.PERMISSION_DENIED });
    expect(await client.acknowledged(run, 's', await bearer(vera))).toMatchObject({ answer: { acknowledged: 0n } });
  });

  it('refuses who shows nothing, or what does not hold', async () => {
    expect(await log({})).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'access/sign-in-needed' });
    expect(await log({ authorization: 'Bearer nothing' })).toMatchObject({ code: status.UNAUTHENTICATED, reason: 'access/invalid-credential' });
    expect(await client.acknowledged(run, 's')).toMatchObject({ code: status.UNAUTHENTICATED });
  });
});
