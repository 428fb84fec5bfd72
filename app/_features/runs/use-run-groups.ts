'use client';

import { useCallback, useEffect, useState } from 'react';
import { ask } from '../../_graphql/ask.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import { fieldName, type RunColumn } from './run-columns.ts';
import { RunGroupsQuery, type RunGroup } from './run-table-documents.ts';

export interface RunGroups {
  readonly groups: readonly RunGroup[];
  /** All there are; only the first are listed. */
  readonly total: number;
  /** In the groups that are listed. */
  readonly runs: number;
  readonly loaded: boolean;
  readonly failure: Failure | null;
  readonly refresh: () => void;
}

type State = Omit<RunGroups, 'refresh'>;
const NONE: State = { groups: [], total: 0, runs: 0, loaded: false, failure: null };

/** Runs grouped by a column; none without one. What is shown stays until another answer is there. */
export function useRunGroups({ slug, filter, by, metric }: { readonly slug: string; readonly filter: string; readonly by: RunColumn | null; readonly metric: string | null }): RunGroups {
  const field = by && fieldName(by);
  const [state, setState] = useState(NONE);
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (field === null) return;
    const flight = new AbortController();
    void ask(RunGroupsQuery, { slug, filter: filter || null, by: field, metric }, flight.signal).then(({ data, error }) => {
      if (flight.signal.aborted) return;
      setState((before) => (data ? { groups: data.runGroups.groups, total: data.runGroups.totalCount, runs: data.runGroups.groups.reduce((sum, group) => sum + group.runs, 0), loaded: true, failure: null } : { ...before, failure: failureOf(error) }));
    }, () => { /* nobody wants the answer any more */ });
    return () => flight.abort();
  }, [slug, filter, field, metric, turn]);
  const refresh = useCallback(() => setTurn((before) => before + 1), []);
  return { ...(field === null ? NONE : state), refresh };
}
