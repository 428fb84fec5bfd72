import { Client, fetchExchange, mapExchange, subscriptionExchange } from 'urql';
import { normalisedCache } from './cache.ts';
import { failureOf } from './refusal.ts';
import { openSocket } from './socket.ts';
import { watchedFetch } from './under-way.ts';

/** One client a page load. On the server it only has to exist: pages ask from the browser. */
export function makeClient(origin: string, onSignedOut: () => void): Client {
  const inBrowser = typeof window !== 'undefined';
  const socket = inBrowser ? openSocket(origin) : null;
  const exchanges = [
    mapExchange({ onError: (error) => { if (failureOf(error)?.code === 'UNAUTHENTICATED') onSignedOut(); } }),
    normalisedCache(),
    fetchExchange,
  ];
  if (socket) {
    exchanges.push(subscriptionExchange({
      forwardSubscription: (request) => ({
        subscribe: (sink) => ({
          unsubscribe: socket.subscribe({ query: request.query ?? '', variables: request.variables ?? {} }, {
            next: (result) => sink.next({ data: result.data ?? null, ...(result.errors ? { errors: [...result.errors] } : {}) }),
            error: (problem) => sink.error(problem),
            complete: () => sink.complete(),
          }),
        }),
      }),
    }));
  }
  return new Client({ url: `${origin}/graphql`, exchanges, preferGetMethod: false, fetch: watchedFetch, fetchOptions: { credentials: 'same-origin' } });
}
