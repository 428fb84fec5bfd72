import { execFile } from 'node:child_process';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { systemGroups } from '../../app/_features/runs/system-panels.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow } from './mlflow-server.ts';

const SCRIPT = fileURLToPath(new URL('system_metrics.py', import.meta.url));

interface Monitored { readonly run: string; readonly metrics: readonly string[] }
interface ShownMetric { readonly key: string; readonly count: number; readonly last: number; readonly lastStep: number }

let lemma: Stack;
let client: LemmaClient;
let runs: readonly Monitored[];
beforeAll(async () => {
  lemma = await startStack();
  client = lemmaClient(lemma.url);
  const { stdout } = await promisify(execFile)(pythonWithMlflow(), [SCRIPT], { env: { ...env, MLFLOW_TRACKING_URI: lemma.url, MLFLOW_DISABLE_TELEMETRY: 'true', GIT_PYTHON_REFRESH: 'quiet' }, timeout: 240_000 });
  runs = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as typeof runs;
});
afterAll(() => lemma?.stop());

async function metricsOf(run: string): Promise<readonly ShownMetric[]> {
  return (await client.graphql<{ run: { metrics: readonly ShownMetric[] } }>('query($run: ID!) { run(id: $run) { metrics { key count last lastStep } } }', { run })).run.metrics;
}

/** What the page shows of the machine: titles, each with its lines. */
const shown = (metrics: readonly ShownMetric[]): Record<string, readonly string[]> =>
  Object.fromEntries(systemGroups(metrics.map(({ key }) => key)).flatMap(({ panels }) => panels).map(({ title, lines }) => [title, lines.map(({ label }) => label)]));

test("what MLflow's own monitor measured stands among the run's system metrics, beside its curve", async () => {
  const metrics = await metricsOf(runs[0]?.run ?? '');
  expect(metrics.map(({ key }) => key).toSorted()).toEqual(runs[0]?.metrics);
  expect(metrics.find(({ key }) => key === 'loss')).toMatchObject({ count: expect.any(Number) as number });
  for (const { key, count, lastStep } of metrics.filter(({ key: each }) => each.startsWith('system/'))) expect([key, count], 'every sample once, numbered from 0').toEqual([key, lastStep + 1]);
  expect(shown(metrics)).toMatchObject({ CPU: ['cpu_utilization_percentage'], Memory: ['system_memory_usage_megabytes'], 'Disk free': ['disk_available_megabytes'], 'Network received': ['network_receive_megabytes'] });
  expect(metrics.find(({ key }) => key === 'system/system_memory_usage_megabytes')?.last, 'megabytes of a machine').toBeGreaterThan(50);
});

test('a machine that is one of several is told from the others by its node', async () => {
  const metrics = await metricsOf(runs[1]?.run ?? '');
  expect(metrics.map(({ key }) => key)).toContain('system/node_1/cpu_utilization_percentage');
  expect(shown(metrics)).toMatchObject({ CPU: ['node_1'], Memory: ['node_1'] });
});
