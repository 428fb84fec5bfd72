import type { Client } from 'urql';
import { inNextFrame } from '../../_ui/next-frame.ts';
import type { ArrivedPoints } from './logged-points.ts';
import { MetricsLogged } from './series-documents.ts';

export interface Followed {
  readonly runId: string;
  /** Null follows every metric. */
  readonly keys: readonly string[] | null;
  /** Where an earlier following stopped; with it nothing is read again. */
  readonly after: string | null;
}

export interface Follower {
  readonly arrived: (points: readonly ArrivedPoints[]) => void;
  readonly movedTo: (cursor: string) => void;
}

/** Opens the live feed of a run after a cursor; what comes between two frames is handed over at once. Answers how to close it. */
export function followLive(client: Client, { runId, keys, after }: Followed, follower: Follower): () => void {
  let waiting: ArrivedPoints[] = [];
  const flush = (): void => {
    const points = waiting;
    waiting = [];
    if (points.length > 0) follower.arrived(points);
  };
  const line = client.subscription(MetricsLogged, { run: runId, keys: keys === null ? null : [...keys], after }).subscribe((result) => {
    const points = result.data?.metricsLogged;
    if (!points) return;
    follower.movedTo(points.cursor);
    if (waiting.length === 0) inNextFrame(flush);
    waiting.push(...points.series);
  });
  return () => {
    line.unsubscribe();
    flush();
  };
}
