'use client';

import { useEffect, useRef, useState } from 'react';
import { useClient } from 'urql';
import { useConnection } from '../../_graphql/connection.ts';
import type { Failure } from '../../_graphql/refusal.ts';
import { followLive, readSeries } from './follow-run.ts';
import { RunSeriesStore } from './run-series-store.ts';

export interface RunSeries {
  readonly store: RunSeriesStore;
  readonly loading: boolean;
  readonly failure: Failure | null;
}

/**
 * All series of a run, live while it may still log. They are read together with a cursor, and the live feed begins at that cursor, so that no point
 * falls between; after a lost connection the feed resumes where it stopped. A run that ends is read once more, whole.
 */
export function useRunSeries(runId: string, options: { readonly live: boolean; readonly maxPoints: number }): RunSeries {
  const { live, maxPoints } = options;
  const client = useClient();
  const { reconnections } = useConnection();
  const [store] = useState(() => new RunSeriesStore());
  const [state, setState] = useState<{ readonly loading: boolean; readonly failure: Failure | null }>({ loading: true, failure: null });
  const cursor = useRef<string | null>(null);

  useEffect(() => {
    let stop: (() => void) | null = null;
    let current = true;
    const follow = (): void => {
      if (live) stop = followLive(client, { runId, keys: null, after: cursor.current }, { arrived: (points) => store.arrived(points), movedTo: (at) => { cursor.current = at; } });
    };
    const begin = async (): Promise<void> => {
      const read = await readSeries(client, runId, null, maxPoints);
      if (!current) return;
      store.read(read.series);
      cursor.current = read.cursor;
      setState({ loading: false, failure: read.failure });
      follow();
    };
    if (live && cursor.current !== null) follow();
    else void begin();
    return () => {
      current = false;
      stop?.();
    };
    // maxPoints follows the number of metrics, which grows while a run logs: what was read first stays good enough.
    // oxlint-disable-next-line react/exhaustive-deps -- see above
  }, [client, store, runId, live, reconnections]);

  return { store, ...state };
}
