import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow } from './mlflow-server.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

let lemma: Stack;
let client: LemmaClient;
beforeAll(async () => {
  lemma = await startStack();
  client = lemmaClient(lemma.url);
});
afterAll(() => lemma?.stop());

async function newRun(): Promise<string> {
  const { run } = await client.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id: '0', start_time: 1 });
  return run.info.run_id;
}

async function history(runId: string, key: string): Promise<readonly string[]> {
  const { metrics } = await client.trackGet<{ metrics: readonly { step: number; timestamp: number; value: number | string }[] }>('metrics/get-history', { run_id: runId, metric_key: key, max_results: '2000' });
  return metrics.map(({ step, timestamp, value }) => `${step} ${timestamp} ${value}`);
}

test('Python logs by the lines of the guide, by pyarrow and line by line, and all three runs are the same', async () => {
  const runs = [await newRun(), await newRun(), await newRun()];
  const { stdout } = await promisify(execFile)(pythonWithMlflow(), [pathOf('fast_door.py'), lemma.url, pathOf('../../docs/guides/fast-door.md'), ...runs]);
  expect(JSON.parse(stdout)).toEqual([2, 7, 2000].map((acknowledged) => ({ stream: 'py', acknowledged, points: 2000, added: 2000 })));
  for (const key of ['loss', 'übung/acc']) {
    const [packed, arrow, lines] = await Promise.all(runs.map((run) => history(run, key)));
    expect(packed).toHaveLength(1000);
    expect(arrow).toEqual(packed);
    expect(lines).toEqual(packed);
  }
});
