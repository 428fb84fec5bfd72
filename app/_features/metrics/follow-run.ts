import type { Client } from 'urql';
import { failureOf, type Failure } from '../../_graphql/refusal.ts';
import type { ArrivedPoints } from './logged-points.ts';
import { MetricsLogged, RunSeriesQuery } from './series-documents.ts';

/** Points are gathered for this long before the page redraws: twenty times a second is as live as an eye can tell. */
const GATHER_IN_MS = 50;

export interface Followed {
  readonly runId: string;
  /** Null follows every metric. */
  readonly keys: readonly string[] | null;
  readonly live: boolean;
  /** Where an earlier following stopped; with it nothing is read again. */
  readonly after: string | null;
}

export interface Follower {
  readonly arrived: (points: readonly ArrivedPoints[]) => void;
  readonly movedTo: (cursor: string) => void;
}

/** Opens the live feed of a run after a cursor. Answers how to close it. */
export function followLive(client: Client, followed: Omit<Followed, 'live'>, follower: Follower): () => void {
  let waiting: ArrivedPoints[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    timer = null;
    if (waiting.length > 0) follower.arrived(waiting);
    waiting = [];
  };
  const line = client.subscription(MetricsLogged, { run: followed.runId, keys: followed.keys === null ? null : [...followed.keys], after: followed.after }).subscribe((result) => {
    const points = result.data?.metricsLogged;
    if (!points) return;
    follower.movedTo(points.cursor);
    waiting.push(...points.series);
    timer ??= setTimeout(flush, GATHER_IN_MS);
  });
  return () => {
    line.unsubscribe();
    if (timer !== null) clearTimeout(timer);
    flush();
  };
}

/** Reads a run's series with the cursor they were read at. */
export async function readSeries(client: Client, runId: string, keys: readonly string[] | null, maxPoints: number): Promise<{ readonly series: readonly ArrivedPoints[]; readonly cursor: string | null; readonly failure: Failure | null }> {
  const result = await client.query(RunSeriesQuery, { id: runId, keys: keys === null ? null : [...keys], maxPoints }, { requestPolicy: 'network-only' }).toPromise();
  return { series: result.data?.run?.series ?? [], cursor: result.data?.run?.metricsCursor ?? null, failure: failureOf(result.error) };
}
