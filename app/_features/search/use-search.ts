'use client';

import { useEffect, useState } from 'react';
import { useQuery } from '../../_graphql/use-query.ts';
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

/** Searches as one types; an empty text asks nothing. */
export function useSearch(text: string, options: { readonly project?: string | null; readonly first: number }) {
  const settled = useSettled(text.trim());
  const [result, again] = useQuery({
    query: SearchQuery,
    variables: { text: settled, project: options.project ?? null, first: options.first },
    pause: settled === '',
    // An acknowledged write is found at once, so what is remembered here is only shown until the answer comes.
    requestPolicy: 'cache-and-network',
  });
  return { ...result, again, settled, edges: settled === '' ? [] : result.data?.search.edges ?? [] };
}
