import { Client, fetchExchange } from 'urql';
import { afterEach, expect, test, vi } from 'vitest';
import { answered, isUnderWay, watchedFetch } from './under-way.ts';

afterEach(() => { vi.unstubAllGlobals(); });

/** A server that answers how often it was asked, when it is told to. */
function slowServer() {
  const waiting: (() => void)[] = [];
  let asked = 0;
  vi.stubGlobal('fetch', (_input: unknown, init?: RequestInit) => new Promise<Response>((resolve, reject) => {
    asked += 1;
    const body = JSON.stringify({ data: { asked } });
    waiting.push(() => resolve(new Response(body, { headers: { 'content-type': 'application/json' } })));
    init?.signal?.addEventListener('abort', () => reject(new DOMException('nobody waits', 'AbortError')));
  }));
  return { answer: () => waiting.shift()?.(), asked: () => asked };
}

const client = () => new Client({ url: 'http://127.0.0.1/graphql', preferGetMethod: false, fetch: watchedFetch, exchanges: [fetchExchange] });
const QUESTION = '{ asked }';
const PAUSE = () => new Promise((resolve) => { setTimeout(resolve, 20); });

test('news waits for the answer under way; the question is then really asked again', async () => {
  const { answer, asked } = slowServer();
  const asker = client();
  const seen: unknown[] = [];
  const open = asker.query(QUESTION, {}, { requestPolicy: 'network-only' }).subscribe(({ data }) => { seen.push(data); });
  await PAUSE();
  let ready = false;
  const again = answered().then(() => {
    ready = true;
    asker.query(QUESTION, {}, { requestPolicy: 'network-only' }).subscribe(() => undefined);
  });
  await PAUSE();
  expect({ ready, asked: asked() }).toEqual({ ready: false, asked: 1 });
  answer();
  await again;
  await PAUSE();
  answer();
  await vi.waitFor(() => { expect(seen.at(-1)).toEqual({ asked: 2 }); });
  open.unsubscribe();
});

test('a question nobody waits for any more is not waited for', async () => {
  slowServer();
  const asker = client();
  asker.query(QUESTION, {}).subscribe(() => undefined).unsubscribe();
  const open = asker.query(QUESTION, {}).subscribe(() => undefined);
  await PAUSE();
  open.unsubscribe();
  await expect(answered()).resolves.toBeUndefined();
});

test('an answer with a fragment is under way until it is there', async () => {
  const { answer } = slowServer();
  const asker = client();
  const open = asker.query('query Page { asked ...Parts } fragment Parts on Query { asked }', {}).subscribe(() => undefined);
  await PAUSE();
  expect([isUnderWay('Parts'), isUnderWay('Part'), isUnderWay('Others')]).toEqual([true, false, false]);
  answer();
  await answered();
  expect(isUnderWay('Parts')).toBe(false);
  open.unsubscribe();
});
