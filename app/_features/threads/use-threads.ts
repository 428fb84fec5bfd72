'use client';

import { useEffect, useMemo } from 'react';
import { anchorFrom, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { useQuery } from '../../_graphql/use-query.ts';
import { OpenPlacesQuery, SubjectThreadsQuery, type ThreadDetail } from './thread-documents.ts';
import { isTorn } from './torn.ts';
import { useThreadNews } from './use-thread-news.ts';

export interface Threads {
  readonly threads: readonly ThreadDetail[];
  readonly totalCount: number;
  readonly unread: number;
  /** Where the page of older threads begins; null when these are the oldest. */
  readonly older: string | null;
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly again: () => void;
}

export const THREADS_A_PAGE = 20;

/** What is missing between what is shown may be on its way; after this it is read. */
const MENDED_AFTER_MS = 1000;

/** A page of the threads of a subject, oldest first, kept live: the newest, or those before a cursor. */
export function useThreads(subject: string, after: string | null = null): Threads {
  const [{ data, fetching, error }, read] = useQuery({ query: SubjectThreadsQuery, variables: { id: subject, first: THREADS_A_PAGE, after }, requestPolicy: 'cache-and-network' });
  useThreadNews(subject, read);
  const node = data?.node;
  const page = node && 'threads' in node ? node : null;
  const threads = useMemo(() => [...(page?.threads.nodes ?? [])].toSorted((a, b) => a.number - b.number), [page]);
  const torn = isTorn(threads);
  useEffect(() => {
    if (!torn) return undefined;
    const timer = setTimeout(read, MENDED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [torn, read]);
  return {
    threads, totalCount: page?.threads.totalCount ?? 0, unread: page?.unreadComments ?? 0,
    older: page?.threads.pageInfo.hasNextPage === true ? page.threads.pageInfo.endCursor : null,
    loading: fetching && data === undefined, failure: failureOf(error), again: read,
  };
}

export interface OpenPlace {
  readonly id: string;
  readonly number: number;
  readonly anchor: ThreadAnchor;
  /** How many comments there are. */
  readonly comments: number;
}

const NOWHERE: readonly OpenPlace[] = [];

/** Where open threads about a subject point, kept live: what pins and marks are drawn from. */
export function useOpenPlaces(subject: string | null): readonly OpenPlace[] {
  const [{ data }, read] = useQuery({ query: OpenPlacesQuery, variables: { id: subject ?? '' }, requestPolicy: 'cache-and-network', pause: subject === null });
  useThreadNews(subject, read);
  const node = data?.node;
  return useMemo(() => {
    const nodes = node && 'threads' in node ? node.threads.nodes : [];
    const places = nodes.flatMap(({ id, number, anchor, commentCount }): OpenPlace[] => {
      const placed = anchorFrom(anchor);
      return placed === null ? [] : [{ id, number, anchor: placed, comments: commentCount }];
    });
    return places.length === 0 ? NOWHERE : places.toSorted((a, b) => a.number - b.number);
  }, [node]);
}
