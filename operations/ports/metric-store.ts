import type { MetricRange } from '../../domain/metrics/range.ts';
import type { MetricColumns, MetricPoint } from '../../domain/metrics/series.ts';
import type { MetricStretches } from '../../domain/metrics/stretches.ts';
import type { MetricSummary } from '../../domain/metrics/summary.ts';

export type { MetricRange } from '../../domain/metrics/range.ts';
export type { MetricColumns, MetricPoint } from '../../domain/metrics/series.ts';
export type { MetricStretches } from '../../domain/metrics/stretches.ts';
export type { MetricSummary } from '../../domain/metrics/summary.ts';

/** The points one commit added to a run. */
export interface LoggedSegment {
  /** Position in the run's log, in commit order and without gaps: the cursor. */
  readonly sequence: number;
  readonly series: readonly MetricColumns[];
}

/** Which batches of a client's numbered stream an append holds. A stream belongs to one run; its numbers begin with 1 and leave none out. */
export interface StreamPlace {
  readonly stream: string;
  readonly first: number;
  readonly last: number;
}

/** Which series, and which part of them. */
export interface SeriesChoice {
  readonly runIds: readonly string[];
  /** All keys when absent. */
  readonly keys?: readonly string[] | undefined;
  /** Only the points in here; a relative one begins with each run's own first point. The whole series when absent. */
  readonly range?: MetricRange | undefined;
}

export interface SeriesRequest extends SeriesChoice {
  /** Thin what lies in the range to at most this many points a series (at least 5), extremes kept, as fine as so many points can show it; every point when absent. */
  readonly maxPoints?: number | undefined;
}

export interface StretchesRequest extends SeriesChoice {
  /** Stretches are 2^exponent steps wide: 0 to 63. */
  readonly exponent: number;
}

export interface RunSeries { readonly runId: string; readonly columns: MetricColumns }

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
  /**
   * The same for points that come as columns, in any order, which the caller changes no more. Refuses with `metric/bad-name` or `metric/columns-differ`.
   * With a place, the stream is acknowledged up to its last batch by the same commit. A batch that comes again is looked at like any other; one that leaves numbers out is
   * refused with `stream/gap`. Appends to one run are committed in the order of the calls.
   */
  appendColumns(runId: string, series: readonly MetricColumns[], place?: StreamPlace): Promise<number>;
  /** The number up to which all batches of a client's stream are durable; 0 for a stream nobody wrote to. */
  acknowledged(runId: string, stream: string): Promise<number>;
  summaries(runIds: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly MetricSummary[]>>;
  /** How many runs of each group logged each metric; groups nobody logged to are not in the map. */
  names(groups: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>>;
  /** Series of each run by key. Runs without points in the range are not in the map. Refuses with `metric/bad-range`. */
  series(request: SeriesRequest): Promise<ReadonlyMap<string, readonly MetricColumns[]>>;
  /** The same one by one, by run and key, reading on only as fast as they are taken: memory is bounded by the longest series, however many are asked for. */
  stream(request: SeriesRequest): AsyncIterable<RunSeries>;
  /** Mean and count of finite values in stretches of steps; those at the ends of a range of steps are whole, so they may begin before it and end after it. Refuses with `metric/bad-range`. */
  stretches(request: StretchesRequest): Promise<ReadonlyMap<string, readonly MetricStretches[]>>;
  /** The moment of each run's first point, of whichever metric (epoch ms): where its relative time begins. Runs without points are not in the map. */
  origins(runIds: readonly string[]): Promise<ReadonlyMap<string, bigint>>;
  /** Segments of a run after a cursor (0 for all), in order, at most `limit`. */
  since(runId: string, sequence: number, limit: number): Promise<readonly LoggedSegment[]>;
  /** The sequence of a run's last segment; 0 when nothing was logged. */
  position(runId: string): Promise<number>;
  delete(runIds: readonly string[]): Promise<void>;
}

/** Tells live readers of points that were just committed. May lose messages; readers resume from the cursor. */
export interface LiveMetricsFeed { publish(runId: string, segment: LoggedSegment): void }
