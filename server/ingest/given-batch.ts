import type { MetricColumns } from '../../operations/ports/metric-store.ts';

/** What a client's stream brings at a time, whatever its form: committed as one. */
export interface GivenBatch {
  readonly series: readonly MetricColumns[];
  /** How many numbers of the stream it takes: 1 for a frame or a record batch, one for each line of NDJSON. */
  readonly numbers: number;
  /** What it took of the account of memory. */
  readonly bytes: number;
}

/** Points of a frame, a record batch or a message at most. */
export const MOST_POINTS = 100_000;
/** Metrics of a frame or message at most. */
export const MOST_SERIES = 10_000;
/** Bytes of a frame or of one part of an Arrow stream at most. */
export const MOST_BYTES = 8 * 1024 * 1024;
