'use client';

import { useMemo } from 'react';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useLive } from '../../_graphql/use-live.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { SubjectThreadsQuery, ThreadUpdated, type ThreadDetail } from './thread-documents.ts';

export interface Threads {
  readonly threads: readonly ThreadDetail[];
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly again: () => void;
}

/** The threads of a subject, oldest first so that their numbers stay, kept live. */
export function useThreads(subject: string): Threads {
  const [{ data, fetching, error }, read] = useQuery({ query: SubjectThreadsQuery, variables: { id: subject }, requestPolicy: 'cache-and-network' });
  useLive(ThreadUpdated, [{ subject }], read);
  const node = data?.node;
  const threads = useMemo(() => {
    const nodes: readonly ThreadDetail[] = node && 'threads' in node ? node.threads.nodes : [];
    return nodes.toSorted((a, b) => a.createdAt.localeCompare(b.createdAt) || a.id.localeCompare(b.id));
  }, [node]);
  return { threads, loading: fetching && data === undefined, failure: failureOf(error), again: read };
}
