import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOSTILES } from '../../bench/drive/hostile-clients.ts';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { PatientClients } from '../support/patient-clients.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { historyOf } from '../support/training-log.ts';

let stack: Stack;
let client: LemmaClient;
beforeAll(async () => {
  stack = await startStack();
  client = lemmaClient(stack.url);
});
afterAll(() => stack.stop());

// How fast the others stay is measured by `npm run bench -- hostile`.
test.each(Object.keys(HOSTILES))('beside %s other clients are answered, none is refused, and what they logged is there', async (name) => {
  const { experiment_id } = await client.track<{ experiment_id: string }>('experiments/create', { name: `faults/hostile ${name}` });
  const { run } = await client.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, start_time: 1_700_000_000_000 });
  const over = new AbortController();
  const hostile = HOSTILES[name]?.({ url: stack.url, runId: run.info.run_id }, over.signal);
  const clients = new PatientClients(client, 5);
  await clients.begin(8);
  await clients.more(400);
  await clients.end();
  expect((await fetch(`${stack.url}/readyz`)).status).toBe(200);
  over.abort();
  await hostile;
  expect([...clients.refusals]).toEqual([]);
  for (const log of clients.logs) {
    for (const key of log.keys) expect(log.wrongWith(key, log.kept(key), await historyOf(client, log.runId, key))).toEqual([]);
  }
});
