import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ProcessName } from '../../scripts/launch/lemma.ts';
import { lemmaClient, RequestFailed, untilAnswered, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';

let stack: Stack;
let client: LemmaClient;
beforeAll(async () => {
  stack = await startStack();
  client = lemmaClient(stack.url);
});
afterAll(() => stack.stop());

interface Page { readonly lines: readonly { readonly number: number; readonly sequence: number; readonly source: string; readonly text: string }[]; readonly lineCount: number; readonly next: number | null }

async function startRun(name: string): Promise<string> {
  const { experiment_id } = await client.track<{ experiment_id: string }>('experiments/create', { name: `faults/${name}` });
  const { run } = await client.track<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, start_time: 1_700_000_000_000 });
  return run.info.run_id;
}

async function asked<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await fetch(stack.url + path, { ...init, signal: AbortSignal.timeout(15_000) });
  const text = await response.text();
  if (!response.ok) throw new RequestFailed(response.status, text);
  return JSON.parse(text) as Answer;
}

async function whole(runId: string): Promise<Page['lines']> {
  const lines: Page['lines'][number][] = [];
  for (let next: number | null = 1; next !== null;) {
    const page: Page = await untilAnswered(() => asked<Page>(`/api/v1/runs/${runId}/logs?from=${next}&first=2000`));
    lines.push(...page.lines);
    next = page.next;
  }
  return lines;
}

const RANKS = 3;
const BATCHES = 40;
const LINES = 25;
const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/**
 * Three ranks of one run print batch after batch. In the middle something is killed. A batch without an answer is sent again, the same.
 * Afterwards every acknowledged line is there once, numbered without gaps, each rank's in its order.
 */
test.each<ProcessName>(['server', 'Postgres', 'nats-server'])('a console that is printed survives that %s is killed in the middle', async (name) => {
  const runId = await startRun(`console-${name.toLowerCase()}`);
  let acknowledged = 0;
  const disturbances: Promise<void>[] = [];
  await Promise.all(upTo(RANKS).map(async (rank) => {
    for (const batch of upTo(BATCHES)) {
      const body = upTo(LINES).map((at) => JSON.stringify({ sequence: batch * LINES + at, source: `rank ${rank}`, text: `rank ${rank} says ${batch * LINES + at}` })).join('\n');
      await untilAnswered(() => asked(`/api/v1/runs/${runId}/logs`, { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body }));
      acknowledged += 1;
      if (acknowledged === (RANKS * BATCHES) / 3) disturbances.push(stack.kill(name));
    }
  }));
  expect(disturbances.length).toBe(1);
  await Promise.all(disturbances);
  await stack.whenReady();
  const lines = await whole(runId);
  expect(lines.map(({ number }) => number)).toEqual(upTo(RANKS * BATCHES * LINES).map((at) => at + 1));
  for (const rank of upTo(RANKS)) {
    const own = lines.filter(({ source }) => source === `rank ${rank}`);
    expect(own.map(({ sequence }) => sequence)).toEqual(upTo(BATCHES * LINES));
    expect(own.every(({ text, sequence }) => text === `rank ${rank} says ${sequence}`)).toBe(true);
  }
});
