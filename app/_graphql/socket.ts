import { createClient, type Client } from 'graphql-ws';
import { connectionMonitor } from './connection.ts';

/** Waits of 1, 2, 4 … at most 30 s, each shortened by up to a fifth so that not everyone returns at once. */
export function retryWaitInMs(retries: number, chance: number): number {
  return Math.round(Math.min(30_000, 1_000 * 2 ** retries) * (1 - 0.2 * chance));
}

/** So long may the other end be silent after it was asked whether it is there. */
const SILENCE_IN_MS = 5_000;

/** Opens on the first subscription, closes with the last one, and comes back for ever until then. */
export function openSocket(origin: string): Client {
  let silence: ReturnType<typeof setTimeout> | undefined;
  globalThis.addEventListener('online', () => connectionMonitor.heard());
  const client = createClient({
    url: `${origin.replace(/^http/, 'ws')}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: 3_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => {
      const wait = retryWaitInMs(retries, Math.random());
      connectionMonitor.retrying(Date.now() + wait);
      return connectionMonitor.pause(wait);
    },
    on: {
      connected: () => connectionMonitor.opened(),
      // A connection that broke without a word closes only when the system gives up, which takes minutes.
      ping: (received) => { if (!received) silence = setTimeout(() => client.terminate(), SILENCE_IN_MS); },
      pong: (received) => { if (received) clearTimeout(silence); },
      closed: (event) => {
        clearTimeout(silence);
        // 1000 is our own goodbye when the last subscription ended.
        if (!(event instanceof CloseEvent && event.code === 1000)) connectionMonitor.lost(Date.now());
      },
    },
  });
  return client;
}
