'use client';

import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { Provider, type Client } from 'urql';
import { makeClients } from './client.ts';

/** Where a person who is not signed in goes, and where they come back to. */
function goToSignIn(): void {
  const here = window.location.pathname + window.location.search;
  if (window.location.pathname === '/sign-in') return;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

const Points = createContext<Client | null>(null);

export function GraphQLProvider({ children }: { readonly children: ReactNode }) {
  const { records, points } = useMemo(() => makeClients(typeof window === 'undefined' ? 'http://127.0.0.1' : window.location.origin, goToSignIn), []);
  return <Provider value={records}><Points value={points}>{children}</Points></Provider>;
}

/** The client that points are read and followed with: it remembers nothing. */
export function usePointsClient(): Client {
  const client = useContext(Points);
  if (client === null) throw new Error('Points are read inside a GraphQLProvider.');
  return client;
}
