import type { MetricColumns, MetricPoint } from '../../domain/metrics/series.ts';
import type { MetricSummary } from '../../domain/metrics/summary.ts';

export type { MetricColumns, MetricPoint } from '../../domain/metrics/series.ts';
export type { MetricSummary } from '../../domain/metrics/summary.ts';

/** The points one commit added to a run. */
export interface LoggedSegment {
  /** Position in the run's log, in commit order and without gaps: the cursor. */
  readonly sequence: number;
  readonly series: readonly MetricColumns[];
}

export interface SeriesRequest {
  readonly runIds: readonly string[];
  /** All keys when absent. */
  readonly keys?: readonly string[];
  /** Thin each series to about this many points, extremes kept; every point when absent. */
  readonly maxPoints?: number;
}

/**
 * Where metric series live. Equal points (run, key, step, timestamp, value) are one point: a retried batch, whole or re-split, changes nothing.
 * See test/contract/metric-store.ts for what every implementation must keep.
 */
export interface MetricStore {
  /**
   * Resolves only after the points are durable, to the number of points that were new. Calls of all clients may be committed together.
   * Refuses with `metric/step-out-of-range`, `metric/timestamp-out-of-range` or `metric/bad-name`, and stores nothing of the batch then.
   * When too much is waiting to be written, a call waits its turn before it takes memory.
   */
  append(runId: string, points: readonly MetricPoint[]): Promise<number>;
  summaries(runIds: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly MetricSummary[]>>;
  series(request: SeriesRequest): Promise<ReadonlyMap<string, readonly MetricColumns[]>>;
  /** Segments of a run after a cursor (0 for all), in order, at most `limit`. */
  since(runId: string, sequence: number, limit: number): Promise<readonly LoggedSegment[]>;
  /** The sequence of a run's last segment; 0 when nothing was logged. */
  position(runId: string): Promise<number>;
  delete(runIds: readonly string[]): Promise<void>;
}

/** Tells live readers of points that were just committed. May lose messages; readers resume from the cursor. */
export interface LiveMetricsFeed { publish(runId: string, segment: LoggedSegment): void }
