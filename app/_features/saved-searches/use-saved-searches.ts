'use client';

import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { SavedSearchesQuery, type SavedSearch } from './saved-search-documents.ts';

export interface SavedSearches {
  /** By name; null while they are not read. */
  readonly searches: readonly SavedSearch[] | null;
  readonly failure: Failure | null;
  readonly again: () => void;
}

/** The searches that the viewer keeps. */
export function useSavedSearches(): SavedSearches {
  const [{ data, error }, again] = useQuery({ query: SavedSearchesQuery, requestPolicy: 'cache-and-network' });
  return { searches: data?.viewer.savedSearches ?? null, failure: data ? null : failureOf(error), again };
}
