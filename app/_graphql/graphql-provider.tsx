'use client';

import { useMemo, type ReactNode } from 'react';
import { Provider } from 'urql';
import { makeClient } from './client.ts';

/** Where a person who is not signed in goes, and where they come back to. */
function goToSignIn(): void {
  const here = window.location.pathname + window.location.search;
  if (window.location.pathname === '/sign-in') return;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}

export function GraphQLProvider({ children }: { readonly children: ReactNode }) {
  const client = useMemo(() => makeClient(typeof window === 'undefined' ? 'http://127.0.0.1' : window.location.origin, goToSignIn), []);
  return <Provider value={client}>{children}</Provider>;
}
