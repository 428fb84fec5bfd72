import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineMessage } from '../../contracts/messages/define-message.ts';
import type { Delivery, WorkQueue } from '../../operations/ports/courier.ts';
import { handle, type Handler, type Outcome } from './handle.ts';
import { retryDelayMs, serveMessages } from './serve.ts';

const greet = defineMessage({ name: 'work.test.greet', version: 2, schema: z.object({ name: z.string() }) });
const silent = { info: () => {}, warn: () => {}, error: () => {} };

interface Scripted { readonly body: string; readonly attempt?: number }

function scriptedQueue(messages: readonly Scripted[], heartbeatMs = 1000): WorkQueue & { readonly ends: string[]; beats: number } {
  const ends: string[] = [];
  const queue = {
    ends,
    beats: 0,
    heartbeatMs,
    async *deliveries(subject: string) {
      for (const { body, attempt = 1 } of messages) {
        yield {
          subject, attempt, data: new TextEncoder().encode(body),
          async done() { ends.push('done'); },
          async retry(inMs) { ends.push(`retry in ${inMs}`); },
          async park(reason) { ends.push(`park: ${reason}`); },
          stillWorking() { queue.beats += 1; },
        } satisfies Delivery;
      }
    },
  };
  return queue;
}

const serve = (queue: WorkQueue, handler: Handler, concurrency = 2) =>
  serveMessages({ queue, handler, concurrency, attempts: 3, log: silent }, new AbortController().signal);

const answering = (outcome: Outcome) => handle(greet, async () => outcome);
const failing = handle(greet, async () => { throw new Error('no luck'); });

test('the subject carries the version', () => {
  expect(answering({ done: true }).subject).toBe('work.test.greet.v2');
});

test('a message that was handled is done', async () => {
  const queue = scriptedQueue([{ body: '{"name":"Ada"}' }]);
  await serve(queue, answering({ done: true }));
  expect(queue.ends).toEqual(['done']);
});

test.each(['{"nom":"Ada"}', 'not json', '"Ada"'])('%s is parked at once: it would not parse tomorrow either', async (body) => {
  const queue = scriptedQueue([{ body }]);
  await serve(queue, handle(greet, async () => { throw new Error('must not run'); }));
  expect(queue.ends).toEqual([expect.stringMatching(/^park: /)]);
});

test('a failure is tried again, later each time, and put aside with its reason after the last attempt', async () => {
  const queue = scriptedQueue([1, 2, 3].map((attempt) => ({ body: '{"name":"Ada"}', attempt })));
  await serve(queue, failing, 1);
  expect(queue.ends).toEqual(['retry in 200', 'retry in 400', expect.stringContaining('no luck')]);
  expect(queue.ends[2]).toMatch(/^park: failed 3 times/);
});

test('the wait between attempts is bounded', () => {
  expect(retryDelayMs(1)).toBe(200);
  expect(retryDelayMs(50)).toBe(60_000);
});

test('no more messages are begun than agreed, and all that were begun are awaited', async () => {
  let running = 0;
  let most = 0;
  const queue = scriptedQueue(Array.from({ length: 7 }, () => ({ body: '{"name":"Ada"}' })));
  await serve(queue, handle(greet, async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => { setTimeout(resolve, 2); });
    running -= 1;
    return { done: true };
  }), 3);
  expect(most).toBe(3);
  expect(queue.ends).toHaveLength(7);
});

test('long work keeps saying that it goes on', async () => {
  const queue = scriptedQueue([{ body: '{"name":"Ada"}' }], 1);
  await serve(queue, handle(greet, async () => {
    while (queue.beats < 3) await new Promise((resolve) => { setTimeout(resolve, 1); });
    return { done: true };
  }));
  expect(queue.beats).toBeGreaterThanOrEqual(3);
});
