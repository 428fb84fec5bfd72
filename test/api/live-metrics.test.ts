import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';
import { logBatch, trackedExperiment, trackedRun } from '../support/tracked-run.ts';

let api: Api;
let owner: TestPerson;
let member: TestPerson;
let experiment: string;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  owner = await api.signUp('Olga Owner');
  member = await api.signUp('Mia Member');
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", key: "LAB", restricted: true }) { project { id } } }', {}, owner);
  await api.ok('mutation($email: String!) { addMember(input: { project: "lab", email: $email, role: MEMBER }) { member { id } } }', { email: member.email }, owner);
  experiment = await trackedExperiment(api, owner, 'lab/live');
});
afterAll(() => api.stop());

interface Points { readonly run: string; readonly cursor: string; readonly series: readonly { readonly key: string; readonly steps: readonly number[]; readonly values: readonly (number | null)[] }[] }
const FOLLOW = 'subscription($run: ID!, $keys: [String!], $after: String) { metricsLogged(run: $run, keys: $keys, after: $after) { run cursor series { key steps timestamps values count } } }';

const follow = (variables: { readonly run: string; readonly after?: string; readonly keys?: readonly string[] }, as: As = owner) => api.subscribe<{ metricsLogged: Points }>(FOLLOW, variables, as);
const stepsIn = (messages: readonly Points[]): number[] => messages.flatMap(({ series }) => series.flatMap(({ steps }) => steps));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Reads until `enough` steps came, then hangs up. */
async function hear(enough: number, variables: Parameters<typeof follow>[0]): Promise<Points[]> {
  const heard: Points[] = [];
  for await (const { metricsLogged } of follow(variables)) {
    heard.push(metricsLogged);
    if (stepsIn(heard).length >= enough) break;
  }
  return heard;
}

describe('metrics as they are logged', () => {
  it('begin with what is stored and go on with what comes', async () => {
    const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: 0.5, step: 0 }, { key: 'loss', value: 'NaN', step: 1 }] });
    const events = follow({ run });
    expect((await events.next()).value).toEqual({ metricsLogged: { run, cursor: '1', series: [{ key: 'loss', steps: [0, 1], timestamps: [1_000, 1_001], values: [0.5, null], count: 2 }] } });
    await logBatch(api, owner, run, { metrics: [{ key: 'loss', value: 'Infinity', step: 2 }] });
    expect((await events.next()).value).toEqual({ metricsLogged: { run, cursor: '2', series: [{ key: 'loss', steps: [2], timestamps: [1_002], values: [null], count: 1 }] } });
    await events.return?.();
  });

  it('reach a reader whose connection drops again and again exactly once, while several clients log', async () => {
    const run = await trackedRun(api, owner, { experiment });
    const total = 80;
    const logging = Promise.all([0, 1, 2, 3].map(async (client) => {
      for (let step = client; step < total; step += 4) await logBatch(api, owner, run, { metrics: [{ key: 'loss', value: step, step }] });
    }));
    const heard: Points[] = [];
    while (stepsIn(heard).length < total) heard.push(...(await hear(Math.min(11, total - stepsIn(heard).length), { run, after: heard.at(-1)?.cursor ?? '0' })));
    await logging;
    expect(stepsIn(heard).toSorted((a, b) => a - b)).toEqual(upTo(total));
    const cursors = heard.map(({ cursor }) => Number(cursor));
    expect(cursors).toEqual(cursors.toSorted((a, b) => a - b));
  });

  it('follow on from the cursor read together with the series', async () => {
    const run = await trackedRun(api, owner, { experiment, metrics: upTo(5).map((step) => ({ key: 'loss', value: step, step })) });
    const { run: found } = await api.ok<{ run: { metricsCursor: string; series: { steps: number[] }[] } }>('query($run: ID!) { run(id: $run) { metricsCursor series { steps } } }', { run }, owner);
    expect(found.series[0]?.steps).toEqual(upTo(5));
    const next = hear(1, { run, after: found.metricsCursor });
    await logBatch(api, owner, run, { metrics: [{ key: 'loss', value: 5, step: 5 }] });
    expect(stepsIn(await next)).toEqual([5]);
  });

  it('do not repeat a batch that a client sent again', async () => {
    const run = await trackedRun(api, owner, { experiment });
    const batch = { metrics: upTo(10).map((step) => ({ key: 'loss', value: step, step })) };
    await logBatch(api, owner, run, batch);
    await logBatch(api, owner, run, batch);
    await logBatch(api, owner, run, { metrics: [...batch.metrics.slice(4), { key: 'loss', value: 10, step: 10 }] });
    expect(stepsIn(await hear(11, { run }))).toEqual(upTo(11));
  });

  it('carry only the metrics asked for', async () => {
    const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'a', value: 1 }, { key: 'b', value: 2 }] });
    const [first] = await hear(1, { run, keys: ['b'] });
    expect(first?.series.map(({ key }) => key)).toEqual(['b']);
  });

  it('stop for a reader who loses the right to see the run', async () => {
    const run = await trackedRun(api, owner, { experiment });
    const events = follow({ run }, member);
    const first = events.next();
    await logBatch(api, owner, run, { metrics: [{ key: 'loss', value: 1, step: 1 }] });
    expect(stepsIn([(await first).value.metricsLogged as Points])).toEqual([1]);
    await api.ok('mutation($email: String!) { removeMember(input: { project: "lab", email: $email }) { project { id } } }', { email: member.email }, owner);
    // Listened to before it can happen: the right may be found gone before anything is logged.
    const refused = events.next().then(() => 'not refused', String);
    await logBatch(api, owner, run, { metrics: [{ key: 'loss', value: 2, step: 2 }] });
    expect(await refused).toContain('run/unknown');
  });

  it('let a reader go at once who leaves while nothing is logged', async () => {
    const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: 1 }] });
    const source = api.adapters.liveMetrics;
    const subscribe = source.subscribe.bind(source);
    const left = new Promise<void>((resolve) => {
      source.subscribe = (runId, signal) => {
        signal.addEventListener('abort', () => resolve(), { once: true });
        return subscribe(runId, signal);
      };
    });
    expect(stepsIn(await hear(1, { run }))).toEqual([0]);
    await left;
    source.subscribe = subscribe;
  });

  it('refuse a cursor that is none, and a run that is not there', async () => {
    const run = await trackedRun(api, owner, { experiment });
    for (const after of ['x', '-1', '1.5', '9'.repeat(30)]) await expect(follow({ run, after }).next()).rejects.toThrow('metrics/bad-cursor');
    await expect(follow({ run: 'f'.repeat(32) }).next()).rejects.toThrow('run/unknown');
  });

  it('refuse a cursor from beyond the end of the log instead of being silent about it', async () => {
    const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: 1 }] });
    await expect(follow({ run, after: '2' }).next()).rejects.toThrow('metrics/cursor-ahead');
    const events = follow({ run, after: '1' });
    const next = events.next();
    await logBatch(api, owner, run, { metrics: [{ key: 'loss', value: 2, step: 1 }] });
    expect((await next).value).toMatchObject({ metricsLogged: { cursor: '2' } });
    await events.return?.();
  });
});
