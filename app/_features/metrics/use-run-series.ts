'use client';

import { useCallback, useEffect } from 'react';
import type { Client } from 'urql';
import { failureOf } from '../../_graphql/refusal.ts';
import type { CurveStore, Window } from './curve-store.ts';
import { RunSeriesQuery } from './series-documents.ts';
import { useCurves, type ReadRuns } from './use-curves.ts';

/** Few metrics come in full detail, many in less: a page never asks for more than about so many points at a time. */
const POINTS_A_READING = 16_000;

/** The series of a run, live while it may still log. A run that ends is read once more. */
export function useRunSeries(runId: string, { live, keys }: { readonly live: boolean; readonly keys: readonly string[] }): CurveStore {
  const read = useCallback((client: Client, asked: readonly string[], window: Window | null) => readSeries(client, runId, asked, window), [runId]);
  const store = useCurves({ read, live: live ? [runId] : [], follow: 'everything', keys, version: `${runId} ${live}` });
  // One metric is read wherever one is on the page: it says how far the run has got and where its log goes on.
  const one = keys[0] ?? '';
  useEffect(() => store.want(one), [store, one]);
  return store;
}

async function readSeries(client: Client, runId: string, keys: readonly string[], window: Window | null): Promise<ReadRuns> {
  const maxPoints = Math.max(100, Math.min(1_000, Math.floor(POINTS_A_READING / Math.max(1, keys.length))));
  const { data, error } = await client.query(RunSeriesQuery, { id: runId, keys: [...keys], maxPoints, ...window }, { requestPolicy: 'network-only' }).toPromise();
  const failure = failureOf(error);
  return { runs: data?.run ? [{ id: runId, cursor: data.run.metricsCursor, start: data.run.metricsStart, series: data.run.series }] : [], problem: failure?.message ?? null };
}
