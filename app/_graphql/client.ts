import { Client, fetchExchange, mapExchange, subscriptionExchange, type Exchange } from 'urql';
import { normalisedCache } from './cache.ts';
import { failureOf } from './refusal.ts';
import { openSocket } from './socket.ts';
import { watchedFetch } from './under-way.ts';

export interface Clients {
  /** Remembers what it read, and redraws every view of an object that changed. */
  readonly records: Client;
  /** Remembers nothing: points are many, belong to nobody else's view, and are let go by whoever draws them. */
  readonly points: Client;
}

/** One pair a page load, over one socket. On the server they only have to exist: pages ask from the browser. */
export function makeClients(origin: string, onSignedOut: () => void): Clients {
  const overSocket = typeof window === 'undefined' ? [] : [socketExchange(origin)];
  const watching = mapExchange({ onError: (error) => { if (failureOf(error)?.code === 'UNAUTHENTICATED') onSignedOut(); } });
  const make = (exchanges: readonly Exchange[]): Client =>
    new Client({ url: `${origin}/graphql`, exchanges: [watching, ...exchanges, fetchExchange, ...overSocket], preferGetMethod: false, fetch: watchedFetch, fetchOptions: { credentials: 'same-origin' } });
  return { records: make([normalisedCache()]), points: make([]) };
}

function socketExchange(origin: string): Exchange {
  const socket = openSocket(origin);
  return subscriptionExchange({
    forwardSubscription: (request) => ({
      subscribe: (sink) => ({
        unsubscribe: socket.subscribe({ query: request.query ?? '', variables: request.variables ?? {} }, {
          next: (result) => sink.next({ data: result.data ?? null, ...(result.errors ? { errors: [...result.errors] } : {}) }),
          error: (problem) => sink.error(problem),
          complete: () => sink.complete(),
        }),
      }),
    }),
  });
}
