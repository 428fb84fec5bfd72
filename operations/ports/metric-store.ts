/** A point as a client sent it. NaN and infinities are values like any other. */
export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** Any int64. */
  readonly step: bigint;
  /** Epoch milliseconds, any int64. */
  readonly timestamp: bigint;
}

/** True at every moment. "Last" is the point with the largest (step, timestamp, value), as in MLflow; min and max leave NaN out. */
export interface MetricSummary {
  readonly key: string;
  readonly count: number;
  readonly lastValue: number;
  readonly lastStep: bigint;
  readonly lastTimestamp: bigint;
  readonly minValue: number | null;
  readonly maxValue: number | null;
}

/** Parallel columns of one series, ordered by (step, timestamp, value). */
export interface MetricColumns {
  readonly key: string;
  readonly steps: BigInt64Array;
  readonly timestamps: BigInt64Array;
  readonly values: Float64Array;
}

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
  /** Resolves only after the points are durable. Resolves to the number of points that were new. Calls of all clients may be committed together. */
  append(runId: string, points: readonly MetricPoint[]): Promise<number>;
  summaries(runIds: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly MetricSummary[]>>;
  series(request: SeriesRequest): Promise<ReadonlyMap<string, readonly MetricColumns[]>>;
  /** Segments of a run after a cursor (0 for all), in order, at most `limit`. */
  since(runId: string, sequence: number, limit: number): Promise<readonly LoggedSegment[]>;
  delete(runIds: readonly string[]): Promise<void>;
}

/** Tells live readers of points that were just committed. May lose messages; readers resume from the cursor. */
export interface LiveMetricsFeed { publish(runId: string, segment: LoggedSegment): void }
