'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { useCallback } from 'react';

export interface Address {
  readonly params: { get(name: string): string | null; getAll(name: string): string[] };
  /** Changes some of the address's parameters (null removes one). Leaves no trace in the history unless `keep` is set. */
  readonly set: (changes: Readonly<Record<string, string | null>>, keep?: boolean) => void;
  /** The address with some parameters changed, for links. */
  readonly href: (changes: Readonly<Record<string, string | null>>) => string;
}

/** What the address holds beside the path: the view, so that any view can be sent to a colleague. */
export function useAddress(): Address {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const href = useCallback((changes: Readonly<Record<string, string | null>>) => {
    const next = new URLSearchParams(params.toString());
    for (const [name, value] of Object.entries(changes)) {
      if (value === null || value === '') next.delete(name);
      else next.set(name, value);
    }
    const query = next.toString();
    return query === '' ? path : `${path}?${query}`;
  }, [params, path]);
  const set = useCallback((changes: Readonly<Record<string, string | null>>, keep = false) => {
    if (keep) router.push(href(changes), { scroll: false });
    // Not through the router: a slider writes many times a second, and nothing on the server depends on it.
    else window.history.replaceState(null, '', href(changes));
  }, [router, href]);
  return { params, set, href };
}
