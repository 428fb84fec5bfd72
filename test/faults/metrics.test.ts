import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProcessName } from '../../scripts/launch/lemma.ts';
import { lemmaClient, untilAnswered, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let client: LemmaClient;
beforeAll(async () => {
  stack = await startStack();
  client = lemmaClient(stack.url);
});
afterAll(() => stack.stop());

interface Point { readonly key: string; readonly value: number; readonly timestamp: number; readonly step: number }

async function startRun(name: string): Promise<string> {
  const { experiment_id } = await client.track<{ experiment_id: string }>('experiments/create', { name: `faults/${name}` });
  const { run } = await client.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, start_time: 1_700_000_000_000 });
  return run.info.run_id;
}

async function history(runId: string, key: string): Promise<Point[]> {
  const points: Point[] = [];
  let token = '';
  do {
    const page = await untilAnswered(() => client.trackGet<{ metrics?: Point[]; next_page_token?: string }>('metrics/get-history', { run_id: runId, metric_key: key, max_results: '25000', ...(token ? { page_token: token } : {}) }));
    points.push(...(page.metrics ?? []));
    token = page.next_page_token ?? '';
  } while (token !== '');
  return points;
}

const STREAMS = 4;
const BATCHES = 30;
const POINTS = 50;

/**
 * Four trainings log batch after batch. In the middle something is killed. Each client behaves as mlflow's does: a batch without an answer is sent again, the same.
 * Afterwards every acknowledged point is there, and none twice.
 */
async function logThrough(name: string, disturb: () => Promise<void>): Promise<void> {
  const runs = await Promise.all(Array.from({ length: STREAMS }, (_, stream) => startRun(`${name}-${stream}`)));
  let acknowledged = 0;
  const disturbances: Promise<void>[] = [];
  await Promise.all(runs.map(async (runId) => {
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const metrics = Array.from({ length: POINTS }, (_, i) => ({ key: 'loss', value: batch + i / POINTS, timestamp: 1_700_000_000_000 + batch, step: batch * POINTS + i }));
      await untilAnswered(() => client.track('runs/log-batch', { run_id: runId, metrics }));
      acknowledged += 1;
      if (acknowledged === (STREAMS * BATCHES) / 3) disturbances.push(disturb());
    }
  }));
  expect(disturbances.length).toBe(1);
  await Promise.all(disturbances);
  await stack.whenReady();
  for (const runId of runs) {
    const steps = (await history(runId, 'loss')).map((point) => Number(point.step)).toSorted((a, b) => a - b);
    expect(steps).toEqual(Array.from({ length: BATCHES * POINTS }, (_, step) => step));
    const { run } = await client.trackGet<{ run: { data: { metrics: Point[] } } }>('runs/get', { run_id: runId });
    expect(run.data.metrics.map(({ key, step }) => [key, Number(step)])).toEqual([['loss', BATCHES * POINTS - 1]]);
  }
}

test.each<ProcessName>(['server', 'Postgres', 'nats-server', 'workers'])('a stream of batches survives that %s is killed in the middle', async (name) => {
  await logThrough(`killed-${name.toLowerCase()}`, () => stack.kill(name));
});

test.each<ProcessName>(['server', 'Postgres', 'nats-server'])('a stream of batches survives that %s is restarted in order', async (name) => {
  await logThrough(`restarted-${name.toLowerCase()}`, () => stack.restart(name));
});
