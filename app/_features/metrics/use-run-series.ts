'use client';

import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useConnection } from '../../_graphql/connection.ts';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import type { ArrivedPoints } from './logged-points.ts';
import { RunSeriesStore } from './run-series-store.ts';
import { MetricsLogged, RunSeriesQuery } from './series-documents.ts';

/** Points are gathered for this long before the page redraws: twenty times a second is as live as an eye can tell. */
const GATHER_IN_MS = 50;

export interface RunSeries {
  readonly store: RunSeriesStore;
  readonly loading: boolean;
  readonly failure: Failure | null;
}

/**
 * All series of a run, live while it may still log. The live feed opens first and the reading follows, so that no point falls between;
 * after a lost connection the feed resumes from the last cursor.
 */
export function useRunSeries(runId: string, options: { readonly live: boolean; readonly maxPoints: number }): RunSeries {
  const { live, maxPoints } = options;
  const client = useClient();
  const { reconnections } = useConnection();
  const [store] = useState(() => new RunSeriesStore());
  const [state, setState] = useState<{ readonly loading: boolean; readonly failure: Failure | null }>({ loading: true, failure: null });
  const cursor = useRef<string | null>(null);

  useEffect(() => {
    if (!live) return undefined;
    let waiting: ArrivedPoints[] = [];
    let timer: ReturnType<typeof setTimeout> | null = null;
    const flush = (): void => {
      timer = null;
      store.arrived(waiting);
      waiting = [];
    };
    const line = client.subscription(MetricsLogged, { run: runId, after: cursor.current }).subscribe((result) => {
      const points = result.data?.metricsLogged;
      if (!points) return;
      cursor.current = points.cursor;
      waiting.push(...points.series);
      timer ??= setTimeout(flush, GATHER_IN_MS);
    });
    return () => {
      line.unsubscribe();
      if (timer !== null) clearTimeout(timer);
      flush();
    };
  }, [client, store, runId, live, reconnections]);

  useEffect(() => {
    let current = true;
    // Without a cursor nothing says where the feed stopped, so a returned connection reads everything again.
    client.query(RunSeriesQuery, { id: runId, keys: null, maxPoints }, { requestPolicy: 'network-only' }).toPromise().then((result) => {
      if (!current) return;
      store.read(result.data?.run?.series ?? []);
      setState({ loading: false, failure: failureOf(result.error) });
    }, () => undefined);
    return () => {
      current = false;
    };
    // A run that has just ended is read once more: its last points may have arrived after the feed closed.
  }, [client, store, runId, maxPoints, reconnections, live]);

  return { store, ...state };
}
