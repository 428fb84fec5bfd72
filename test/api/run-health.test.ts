import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problem } from '../../contracts/rest/resources.ts';
import { restRoutes } from '../../contracts/rest/routes.ts';
import { watchRuns } from '../../operations/runs/watch-runs.ts';
import { startApi, type Api, type As, type TestPerson } from '../support/api.ts';
import { sendLines } from '../support/console.ts';
import { logBatch, mlflow, trackedExperiment, trackedRun } from '../support/tracked-run.ts';

let api: Api;
let owner: TestPerson;
let reader: TestPerson;
let outsider: TestPerson;
let experiment: string;
beforeAll(async () => {
  api = await startApi({ LEMMA_AUTH: 'required', LEMMA_SIGN_UP: 'open' });
  [owner, reader, outsider] = [await api.signUp('Olga'), await api.signUp('Vera'), await api.signUp('Outi')];
  await api.ok('mutation { createProject(input: { slug: "lab", name: "Lab", key: "LAB", restricted: true }) { project { id } } }', {}, owner);
  await api.ok('mutation($input: AddMemberInput!) { addMember(input: $input) { member { id } } }', { input: { project: 'lab', email: reader.email, role: 'VIEWER' } }, owner);
  experiment = await trackedExperiment(api, owner, 'lab/health');
});
afterAll(() => api.stop());

interface Health { readonly state: string; readonly since: string | null; readonly reason: string | null }
const healthOf = async (run: string): Promise<Health> => (await api.ok<{ run: { health: Health } }>('query($run: ID!) { run(id: $run) { health { state since reason } } }', { run }, owner)).run.health;

/** A look as upkeep takes it, so many minutes from now. */
async function look(inMinutes = 0): Promise<void> {
  const { clock, ...ports } = api.adapters.ports;
  await watchRuns({ ...ports, clock: { ...clock, now: () => new Date(clock.now().getTime() + inMinutes * 60_000) } });
}

const post = (run: string, path: string, body: unknown, as: As = owner): Promise<Response> =>
  api.fetch(`/api/v1/runs/${run}/${path}`, { method: 'POST', as, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const end = (run: string, status: string) => mlflow(api, owner, ['POST', 'runs/update'], { run_id: run, status, end_time: 1_700_000_000_000 });
const statusOf = async (run: string): Promise<string> => (await mlflow<{ run: { info: { status: string } } }>(api, owner, ['GET', `runs/get?run_id=${run}`])).run.info.status;

describe('the health of a run', () => {
  it('is good while it is heard, stalled when it is not, and good again when it is heard again; its status never changes by that', async () => {
    const run = await trackedRun(api, owner, { experiment });
    await look();
    expect(await healthOf(run)).toEqual({ state: 'HEALTHY', since: null, reason: null });
    await look(31);
    expect(await healthOf(run)).toMatchObject({ state: 'STALLED', reason: 'It was started and has logged nothing since.' });
    expect(await statusOf(run)).toBe('RUNNING');
    await sendLines(api, owner, run, [{ sequence: 0, text: 'here I am' }]);
    await look();
    expect((await healthOf(run)).state).toBe('HEALTHY');
    await end(run, 'FINISHED');
  });

  it('is diverged when a loss is NaN, said live to who looks at the run, and recovers with it', async () => {
    const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'train/loss', value: 0.5, step: 0 }] });
    await look();
    const events = api.subscribe<{ runUpdated: { health: Health } }>('subscription($run: ID!) { runUpdated(id: $run) { health { state reason } } }', { run }, owner);
    expect((await events.next()).value).toEqual({ runUpdated: { health: { state: 'HEALTHY', reason: null } } });
    await logBatch(api, owner, run, { metrics: [{ key: 'train/loss', value: 'NaN', step: 7 }] });
    await look();
    expect((await events.next()).value).toEqual({ runUpdated: { health: { state: 'DIVERGED', reason: 'train/loss is NaN at step 7.' } } });
    await logBatch(api, owner, run, { metrics: [{ key: 'train/loss', value: 0.4, step: 8 }] });
    await look();
    expect((await events.next()).value).toMatchObject({ runUpdated: { health: { state: 'HEALTHY' } } });
    await events.return?.();
    await end(run, 'FINISHED');
  });

  it('looks at infinities, at losses that ran away, and never at the machine', async () => {
    const rising = [2, 1, 0.5, 0.4, 0.3, 1, 5, 20, 90, 400].map((value, step) => ({ key: 'loss', value, step }));
    const [away, infinite, machine] = [
      await trackedRun(api, owner, { experiment, metrics: rising }),
      await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: '-Infinity' }] }),
      await trackedRun(api, owner, { experiment, metrics: [{ key: 'system/loss', value: 'NaN' }, { key: 'grad_norm', value: 'NaN' }] }),
    ];
    await look();
    expect((await healthOf(away)).reason).toBe('loss ran away: 400 at step 9, after it had been as low as 0.300.');
    expect((await healthOf(infinite)).reason).toBe('loss is infinite at step 0.');
    expect((await healthOf(machine)).state).toBe('HEALTHY');
    for (const run of [away, infinite, machine]) await end(run, 'FINISHED');
    expect((await healthOf(away)).state).toBe('DIVERGED');
  });

  it('of a run that ended before it was looked at is found afterwards', async () => {
    const run = await trackedRun(api, owner, { experiment, metrics: [{ key: 'loss', value: 'NaN' }], status: 'FINISHED' });
    await look();
    expect((await healthOf(run)).state).toBe('DIVERGED');
  });

  it('is crashed where the run failed or was stopped', async () => {
    for (const status of ['FAILED', 'KILLED']) {
      const run = await trackedRun(api, owner, { experiment });
      await end(run, status);
      expect(await healthOf(run)).toMatchObject({ state: 'CRASHED', since: '2023-11-14T22:13:20.000Z' });
    }
  });

  it('is lost when a process that said it lives stopped to', async () => {
    const run = await trackedRun(api, owner, { experiment });
    expect(restRoutes.beat.answer.parse(await (await post(run, 'heartbeat', {})).json())).toMatchObject({ status: 'RUNNING' });
    await look(4);
    expect((await healthOf(run)).state).toBe('HEALTHY');
    await look(31);
    expect((await healthOf(run)).state).toBe('LOST');
    await end(run, 'KILLED');
    expect(restRoutes.beat.answer.parse(await (await post(run, 'heartbeat', {})).json())).toMatchObject({ status: 'KILLED' });
  });

  it('changes are announced once, not at every look', async () => {
    const run = await trackedRun(api, owner, { experiment });
    const stop = new AbortController();
    const said: string[] = [];
    const hearing = (async () => {
      for await (const { verb } of api.adapters.changes.subscribe(({ id }) => id === run, stop.signal)) {
        said.push(verb);
        if (verb === 'ended') return;
      }
    })();
    for (const minutes of [31, 32, 33, 500, 501, 0]) await look(minutes);
    await end(run, 'FINISHED');
    await hearing;
    stop.abort();
    expect(said).toEqual(['stalled', 'lost', 'recovered', 'ended']);
  });

  it('is said by members, read by viewers, and is not there for others', async () => {
    const run = await trackedRun(api, owner, { experiment });
    const statuses = async (path: string, body: unknown) => Promise.all([owner, reader, outsider, null].map(async (as) => (await post(run, path, body, as)).status));
    expect(await statuses('heartbeat', {})).toEqual([200, 403, 404, 401]);
    expect(await statuses('system', [])).toEqual([200, 403, 404, 401]);
    expect((await api.ok<{ run: { health: Health } }>('query($run: ID!) { run(id: $run) { health { state } } }', { run }, reader)).run.health.state).toBe('HEALTHY');
    expect((await api.ok<{ run: unknown }>('query($run: ID!) { run(id: $run) { health { state } } }', { run }, outsider)).run).toBeNull();
  });
});

describe('samples of a machine', () => {
  const sample = { sequence: 4, time: '2026-11-24T10:00:00Z', gauges: { 'cpu.utilisation': 50, 'memory.used': 2e9, 'gpu.0.power': 250 } };

  it('become metrics as MLflow\'s own monitor logs them, once', async () => {
    const run = await trackedRun(api, owner, { experiment });
    for (const added of [3, 0]) expect(restRoutes.writeSystem.answer.parse(await (await post(run, 'system', [sample])).json())).toEqual({ added });
    const { run: found } = await api.ok<{ run: { metrics: { key: string; last: number; lastStep: number }[] } }>('query($run: ID!) { run(id: $run) { metrics { key last lastStep } } }', { run }, owner);
    expect(found.metrics).toEqual([
      { key: 'system/cpu_utilization_percentage', last: 50, lastStep: 4 }, { key: 'system/gpu_0_power_usage_watts', last: 250, lastStep: 4 }, { key: 'system/system_memory_usage_megabytes', last: 2_000, lastStep: 4 },
    ]);
  });

  it.each<[string, unknown, string]>([
    ['an unknown gauge', { ...sample, gauges: { 'cpu.temperature': 80 } }, 'system/unknown-gauge'],
    ['a node with a slash', { ...sample, node: 'a/b' }, 'rest/body'],
    ['no number of its own', { time: 0, gauges: {} }, 'rest/body'],
    ['a time past all calendars', { ...sample, time: 1e300 }, 'rest/body'],
    ['a gauge that is no number', { ...sample, gauges: { 'cpu.utilisation': 'much' } }, 'rest/body'],
  ])('are refused for %s', async (_, bad, reason) => {
    const answer = await post(await trackedRun(api, owner, { experiment }), 'system', [bad]);
    expect([answer.status, problem.parse(await answer.json()).error.reason]).toEqual([400, reason]);
  });
});
