'use client';

import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { createContext, use, useCallback, useMemo } from 'react';

type Changes = Readonly<Record<string, string | null>>;

export interface Address {
  readonly params: { get(name: string): string | null; getAll(name: string): string[]; toString(): string };
  /** Changes some of the address's parameters (null removes one). Leaves no trace in the history unless `keep` is set. */
  readonly set: (changes: Changes, keep?: boolean) => void;
  /** The address with some parameters changed, for links. */
  readonly href: (changes: Changes) => string;
}

/** An address of its own for a part of a page that is shown inside another: a figure in a text keeps its view there, not in the page's address. */
export interface OwnAddress {
  readonly path: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
}

export const OwnAddressContext = createContext<OwnAddress | null>(null);

/** What the address holds beside the path: the view, so that any view can be sent to a colleague. */
export function useAddress(): Address {
  const page = usePageAddress();
  const own = use(OwnAddressContext);
  const ownAddress = useMemo(() => own && addressIn(own), [own]);
  return ownAddress ?? page;
}

function addressIn({ path, query, onQuery }: OwnAddress): Address {
  const href = (changes: Changes): string => changed(path, query, changes);
  return { params: new URLSearchParams(query), href, set: (changes) => onQuery(href(changes).slice(path.length + 1)) };
}

function usePageAddress(): Address {
  const router = useRouter();
  const path = usePathname();
  const params = useSearchParams();
  const href = useCallback((changes: Changes) => changed(path, params.toString(), changes), [params, path]);
  const set = useCallback((changes: Changes, keep = false) => {
    // From the address itself: what was rendered may be older than the last write.
    const next = changed(path, window.location.search, changes);
    if (keep) router.push(next, { scroll: false });
    // Not through the router: a slider writes many times a second, and nothing on the server depends on it.
    else window.history.replaceState(null, '', next);
  }, [router, path]);
  return { params, set, href };
}

function changed(path: string, query: string, changes: Changes): string {
  const next = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  const text = next.toString();
  return text === '' ? path : `${path}?${text}`;
}
