'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import type { RunColumn } from './run-columns.ts';
import { RunTableQuery, type TableRun } from './run-table-documents.ts';

export interface RunTableQuestion {
  readonly slug: string;
  readonly filter: string;
  readonly orderBy: string | null;
  readonly columns: readonly RunColumn[];
  /** Changes when rows must be read again. */
  readonly version: string;
}

export interface RunTableRows {
  readonly rows: readonly TableRun[];
  readonly total: number;
  readonly loading: boolean;
  readonly failure: Failure | null;
  readonly more: (() => void) | null;
}

interface State {
  readonly rows: readonly TableRun[];
  readonly total: number;
  readonly next: string | null;
  readonly loading: boolean;
  readonly failure: Failure | null;
}

const PAGE = 100;
const LARGEST = 200;
const EMPTY: State = { rows: [], total: 0, next: null, loading: true, failure: null };

const keysOf = (columns: readonly RunColumn[], kind: RunColumn['kind']): string[] => columns.filter((column) => column.kind === kind).map((column) => column.key);

/** Rows of the runs table, page by page. When something changed, what is shown stays until the fresh rows are there. */
export function useRunTable(question: RunTableQuestion): RunTableRows {
  const client = useClient();
  const [state, setState] = useState<State>(EMPTY);
  const { slug, filter, orderBy, version } = question;
  const columnsKey = JSON.stringify(question.columns);
  const turn = useRef(0);
  const shown = useRef(0);

  const read = useCallback((after: string | null, first: number) => {
    const columns = JSON.parse(columnsKey) as RunColumn[];
    return client.query(RunTableQuery, {
      slug, filter, orderBy, first, after, metrics: keysOf(columns, 'metric'), params: keysOf(columns, 'param'), tags: keysOf(columns, 'tag'),
    }, { requestPolicy: 'network-only' }).toPromise();
  }, [client, slug, filter, orderBy, columnsKey]);

  const show = useCallback((after: string | null, { data, error }: Awaited<ReturnType<typeof read>>) => {
    const page = data?.runs;
    setState((before) => {
      if (page === undefined) return { ...before, loading: false, failure: failureOf(error) };
      const rows = after === null ? page.nodes : [...before.rows, ...page.nodes];
      return { rows, total: page.totalCount, next: page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null, loading: false, failure: null };
    });
    if (page !== undefined) shown.current = after === null ? page.nodes.length : shown.current + page.nodes.length;
  }, []);

  useEffect(() => {
    const mine = (turn.current += 1);
    // A change of version reads as many rows as are shown, so that nothing one has scrolled to goes away.
    void read(null, Math.min(LARGEST, Math.max(PAGE, shown.current))).then((result) => {
      if (mine === turn.current) show(null, result);
    });
  }, [read, show, version]);

  const { next, loading } = state;
  const more = useCallback(() => {
    if (next === null) return;
    const mine = turn.current;
    setState((before) => ({ ...before, loading: true }));
    void read(next, PAGE).then((result) => {
      if (mine === turn.current) show(next, result);
    });
  }, [next, read, show]);
  return { rows: state.rows, total: state.total, loading, failure: state.failure, more: next === null || loading ? null : more };
}
