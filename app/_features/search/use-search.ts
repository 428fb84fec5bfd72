'use client';

import { useEffect, useState } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
import type { SearchAddress } from './search-address.ts';
import { SearchQuery } from './search-results.ts';

/** The text once its writer paused for 150 ms. */
export function useSettled(text: string, waitInMs = 150): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), waitInMs);
    return () => clearTimeout(timer);
  }, [text, waitInMs]);
  return settled;
}

interface Wanted {
  readonly project?: string | null;
  readonly first: number;
  /** What was chosen of what was found; facets are counted where this is given. */
  readonly chosen?: SearchAddress['chosen'];
}

/** Searches for words; an empty text asks nothing. */
export function useFound(text: string, { project, first, chosen }: Wanted) {
  const [result, again] = useQuery({
    query: SearchQuery,
    variables: { text, project: project ?? null, first, facets: Array.from(chosen ?? [], ([facet, values]) => ({ facet, values: [...values] })), counted: chosen !== undefined },
    pause: text === '',
    // An acknowledged write is found at once, so what is remembered here is only shown until the answer comes.
    requestPolicy: 'cache-and-network',
  });
  return { ...result, again, edges: text === '' ? [] : result.data?.search.edges ?? [] };
}

/** Searches as one types. */
export function useSearch(text: string, wanted: Wanted) {
  const settled = useSettled(text.trim());
  return { ...useFound(settled, wanted), settled };
}
