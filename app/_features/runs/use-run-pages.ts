'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { ask } from '../../_graphql/ask.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import type { RunColumn } from './run-columns.ts';
import { RunPages, PAGE, type Range } from './run-pages.ts';
import { RunTableQuery } from './run-table-documents.ts';

export interface RunQuestion {
  readonly slug: string;
  readonly orderBy: string | null;
  readonly columns: readonly RunColumn[];
}

export interface RunRows {
  /** What is there; of the question before until this one's first rows have come. */
  readonly pages: RunPages;
  readonly failure: Failure | null;
  /** Says what is in sight: it is read soon, and kept fresh. */
  readonly want: (ranges: readonly Range[]) => void;
  /** Reads again what is in sight; what is shown stays until the answer is there. */
  readonly refresh: () => void;
}

type Missing = readonly { readonly list: string; readonly page: number }[];

/** While one scrolls, what is in sight is asked for at most so often. */
const PAUSE_MS = 60;

const keysOf = (columns: readonly RunColumn[], kind: RunColumn['kind']): string[] => columns.filter((column) => column.kind === kind).map((column) => column.key);

/** Rows of lists as long as they like, of which only what is in sight is read. A list is named by its filter. */
export function useRunPages({ slug, orderBy, columns }: RunQuestion): RunRows {
  const columnsKey = JSON.stringify(columns);
  const question = JSON.stringify([slug, orderBy, columnsKey]);
  const [shown, setShown] = useState<{ readonly question: string; readonly pages: RunPages; readonly failure: Failure | null }>({ question, pages: RunPages.none, failure: null });
  const now = useRef({ pages: RunPages.none, ranges: [] as readonly Range[], flight: null as AbortController | null, flying: [] as Missing, timer: undefined as ReturnType<typeof setInterval> | undefined });

  const read = useMemo(() => {
    const all = JSON.parse(columnsKey) as RunColumn[];
    const keys = { metrics: keysOf(all, 'metric'), params: keysOf(all, 'param'), tags: keysOf(all, 'tag') };
    return async (missing: Missing): Promise<void> => {
      if (missing.length === 0) return;
      now.current.flight?.abort();
      const flight = new AbortController();
      now.current.flight = flight;
      now.current.flying = missing;
      const answers = await Promise.all(missing.map(async ({ list, page }) => ({ list, page, ...(await ask(RunTableQuery, { slug, filter: list || null, orderBy, first: PAGE, skip: page * PAGE, ...keys }, flight.signal)) }))).catch(() => null);
      if (answers === null || flight.signal.aborted) return;
      now.current.flight = null;
      const failure = failureOf(answers.find(({ error }) => error !== null)?.error);
      const read = answers.flatMap(({ list, page, data }) => (data ? [{ list, page, rows: data.runs.nodes, total: data.runs.totalCount }] : []));
      // All at once: rows that moved from one page to the next are never shown twice.
      now.current.pages = now.current.pages.with(read, now.current.ranges);
      setShown({ question, pages: now.current.pages, failure });
    };
  }, [slug, orderBy, columnsKey, question]);

  useEffect(() => {
    const own = now.current;
    own.pages = RunPages.none;
    void read(own.pages.missing(own.ranges));
    return () => {
      clearInterval(own.timer);
      own.timer = undefined;
      own.flight?.abort();
    };
  }, [read]);

  const readWanted = useCallback(() => {
    const own = now.current;
    const missing = own.pages.missing(own.ranges);
    // What is on its way is let arrive, unless it has been scrolled by.
    if (own.flight !== null && own.flying.some(({ list, page }) => missing.some((each) => each.list === list && each.page === page))) return;
    clearInterval(own.timer);
    own.timer = undefined;
    void read(missing);
  }, [read]);

  const want = useCallback((ranges: readonly Range[]) => {
    const own = now.current;
    own.ranges = ranges;
    if (own.timer !== undefined || own.pages.missing(ranges).length === 0) return;
    own.timer = setInterval(readWanted, own.pages === RunPages.none ? 0 : PAUSE_MS);
  }, [readWanted]);

  const refresh = useCallback(() => {
    const own = now.current;
    own.pages = own.pages.onlyTotals();
    void read(own.pages.missing(own.ranges));
  }, [read]);
  return { pages: shown.pages, failure: shown.failure, want, refresh };
}
