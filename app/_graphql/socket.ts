import { createClient, type Client } from 'graphql-ws';
import { connectionMonitor } from './connection.ts';

/** Waits of 1, 2, 4 … at most 30 s, each shortened by up to a fifth so that not everyone returns at once. */
export function retryWaitInMs(retries: number, chance: number): number {
  return Math.round(Math.min(30_000, 1_000 * 2 ** retries) * (1 - 0.2 * chance));
}

/** Opens on the first subscription, closes with the last one, and comes back for ever until then. */
export function openSocket(origin: string): Client {
  return createClient({
    url: `${origin.replace(/^http/, 'ws')}/graphql`,
    lazy: true,
    lazyCloseTimeout: 3_000,
    keepAlive: 10_000,
    retryAttempts: Number.POSITIVE_INFINITY,
    shouldRetry: () => true,
    retryWait: (retries) => new Promise((resolve) => {
      const wait = retryWaitInMs(retries, Math.random());
      connectionMonitor.retrying(Date.now() + wait);
      setTimeout(resolve, wait);
    }),
    on: {
      connected: () => connectionMonitor.opened(),
      closed: (event) => {
        // 1000 is our own goodbye when the last subscription ended.
        if (!(event instanceof CloseEvent && event.code === 1000)) connectionMonitor.lost(Date.now());
      },
    },
  });
}
