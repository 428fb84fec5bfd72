import type { PoolClient } from 'pg';
import type { SeriesState } from '../../../domain/metrics/summary.ts';
import { CURRENT_PARTITION, segmentsOf } from './metric-partitions.ts';

// The statements of one flush. All rows of a flush travel as arrays, so a statement costs one round trip whatever the number of appends.

export interface StoredSeries { readonly id: string; readonly state: SeriesState | null }
export interface SeriesName { readonly runId: string; readonly key: string }

/**
 * Locks the runs' logs (ids in order), in that order so that two flushes never wait for each other in a circle; answers how far each log is.
 * A log that does not exist is made, so that there is always something to lock; one that is being deleted is made again.
 */
export async function lockHeads(client: PoolClient, runIds: readonly string[]): Promise<Map<string, number>> {
  for (;;) {
    const heads = await selectHeads(client, runIds);
    if (heads.size === runIds.length) return heads;
    await client.query({
      name: 'metric-heads-insert',
      text: 'INSERT INTO metric_heads (run_id) SELECT run_id FROM unnest($1::text[]) AS u(run_id) ORDER BY run_id ON CONFLICT DO NOTHING',
      values: [runIds.filter((runId) => !heads.has(runId))],
    });
  }
}

async function selectHeads(client: PoolClient, runIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await client.query<{ run_id: string; sequence: string }>({
    name: 'metric-heads-lock',
    text: 'SELECT run_id, sequence FROM metric_heads WHERE run_id = ANY($1::text[]) ORDER BY run_id FOR UPDATE',
    values: [runIds],
  });
  return new Map(rows.map(({ run_id, sequence }) => [run_id, Number(sequence)]));
}

interface SeriesRow {
  readonly run_id: string; readonly key: string; readonly id: string; readonly count: string | null;
  readonly last_value: number; readonly last_step: string; readonly last_timestamp: string; readonly first_step: string;
  readonly min_value: number | null; readonly max_value: number | null; readonly min_step: string | null; readonly max_step: string | null;
}

/** What is known of each series; one that does not exist yet gets its id here, and its row with the write. */
export async function readSeries(client: PoolClient, names: readonly SeriesName[]): Promise<Map<string, Map<string, StoredSeries>>> {
  const { rows } = await client.query<SeriesRow>({
    name: 'metric-series-read',
    text: `SELECT u.run_id, u.key, coalesce(s.id, nextval('metric_series_id_seq')) AS id, s.count, s.last_value, s.last_step, s.last_timestamp, s.first_step,
             s.min_value, s.max_value, s.min_step, s.max_step
           FROM unnest($1::text[], $2::text[]) AS u(run_id, key) LEFT JOIN metric_series s ON s.run_id = u.run_id AND s.key = u.key`,
    values: [names.map(({ runId }) => runId), names.map(({ key }) => key)],
  });
  const found = new Map<string, Map<string, StoredSeries>>();
  for (const row of rows) {
    const ofRun = found.get(row.run_id) ?? new Map<string, StoredSeries>();
    found.set(row.run_id, ofRun.set(row.key, { id: row.id, state: stateOf(row) }));
  }
  return found;
}

const stateOf = (row: SeriesRow): SeriesState | null =>
  (row.count === null ? null : {
    key: row.key, count: Number(row.count), firstStep: BigInt(row.first_step),
    lastStep: BigInt(row.last_step), lastTimestamp: BigInt(row.last_timestamp), lastValue: row.last_value,
    minValue: row.min_value, minStep: row.min_step === null ? null : BigInt(row.min_step),
    maxValue: row.max_value, maxStep: row.max_step === null ? null : BigInt(row.max_step),
  });

export interface StreamHead { readonly runId: string; readonly stream: string; readonly acknowledged: number }

/** Up to where clients' streams are durable; those that nobody wrote to yet are left out. */
export async function readStreams(client: PoolClient, streams: readonly { readonly runId: string; readonly stream: string }[]): Promise<readonly StreamHead[]> {
  const { rows } = await client.query<{ run_id: string; stream: string; acknowledged: string }>({
    name: 'metric-streams-read',
    text: 'SELECT s.run_id, s.stream, s.acknowledged FROM unnest($1::text[], $2::text[]) AS u(run_id, stream) JOIN metric_streams s USING (run_id, stream)',
    values: [streams.map(({ runId }) => runId), streams.map(({ stream }) => stream)],
  });
  return rows.map(({ run_id: runId, stream, acknowledged }) => ({ runId, stream, acknowledged: Number(acknowledged) }));
}

/** A stretch of a run's points that may hold some of those that came. */
export interface Overlap {
  readonly runId: string;
  readonly seriesIds: ReadonlySet<string>;
  readonly firstStep: bigint;
  readonly lastStep: bigint;
  readonly firstTimestamp: bigint;
  readonly lastTimestamp: bigint;
}

export interface SegmentRow { readonly run_id: string; readonly sequence: string; readonly series_ids: readonly string[]; readonly packed: boolean; readonly data: Buffer }

/** A row that may hold points that came again; its bytes only where there are few such rows, and not those of a packed one, which may be at hand. */
export interface NearRow extends Pick<Overlap, 'firstStep' | 'lastStep' | 'firstTimestamp' | 'lastTimestamp'> {
  readonly place: RowPlace;
  /** Of another value whenever the row holds something else. */
  readonly version: string;
  readonly seriesIds: readonly string[];
  readonly row: SegmentRow | null;
}

export interface RowPlace { readonly runId: string; readonly partition: number; readonly sequence: string; readonly part: number }

/** So many rows are held at a time while equal points are looked for. */
export const ROWS_AT_A_TIME = 16;

interface Near { readonly written: string; readonly partition: number; readonly part: number; readonly first_step: string; readonly last_step: string; readonly first_timestamp: string; readonly last_timestamp: string }

export async function readOverlaps(client: PoolClient, overlaps: readonly Overlap[]): Promise<readonly NearRow[]> {
  const { rows } = await client.query<Omit<SegmentRow, 'data'> & Near & { readonly data: Buffer | null }>({
    name: 'metric-segments-overlapping',
    text: `SELECT s.run_id, s.partition, s.sequence, s.part, s.series_ids, s.packed, s.written, s.first_step, s.last_step, s.first_timestamp, s.last_timestamp, CASE WHEN NOT s.packed AND count(*) OVER () <= ${ROWS_AT_A_TIME} THEN s.data END AS data
           FROM unnest($1::text[], $2::text[], $3::int8[], $4::int8[], $5::int8[], $6::int8[]) AS o(run_id, series_ids, first_step, last_step, first_timestamp, last_timestamp)
           JOIN metric_heads h ON h.run_id = o.run_id CROSS JOIN ${segmentsOf('h', `s.last_step >= o.first_step AND s.first_step <= o.last_step
             AND s.last_timestamp >= o.first_timestamp AND s.first_timestamp <= o.last_timestamp AND s.series_ids && string_to_array(o.series_ids, ',')::int8[]`)} AS s`,
    values: [
      overlaps.map(({ runId }) => runId), overlaps.map(({ seriesIds }) => [...seriesIds].join(',')),
      overlaps.map(({ firstStep }) => firstStep), overlaps.map(({ lastStep }) => lastStep),
      overlaps.map(({ firstTimestamp }) => firstTimestamp), overlaps.map(({ lastTimestamp }) => lastTimestamp),
    ],
  });
  return rows.map(({ data, ...row }) => ({
    place: { runId: row.run_id, partition: row.partition, sequence: row.sequence, part: row.part }, version: versionOf(row),
    seriesIds: row.series_ids, firstStep: BigInt(row.first_step), lastStep: BigInt(row.last_step), firstTimestamp: BigInt(row.first_timestamp), lastTimestamp: BigInt(row.last_timestamp),
    row: data && { ...row, data },
  }));
}

const versionOf = ({ run_id: runId, partition, sequence, part, written }: Pick<SegmentRow, 'run_id' | 'sequence'> & Pick<Near, 'partition' | 'part' | 'written'>): string => [runId, partition, sequence, part, written].join(' ');

export async function readRows(client: PoolClient, places: readonly RowPlace[]): Promise<readonly (SegmentRow & { readonly version: string })[]> {
  const { rows } = await client.query<SegmentRow & Pick<Near, 'partition' | 'part' | 'written'>>({
    name: 'metric-segments-at',
    text: `SELECT s.run_id, s.partition, s.sequence, s.part, s.written, s.series_ids, s.packed, s.data FROM unnest($1::text[], $2::int4[], $3::int8[], $4::int4[]) AS o(run_id, number, sequence, part)
           CROSS JOIN LATERAL (SELECT *, s.xmin::text AS written FROM metric_segments s WHERE s.partition = o.number AND s.run_id = o.run_id AND s.sequence = o.sequence AND s.part = o.part OFFSET 0) AS s`,
    values: [places.map(({ runId }) => runId), places.map(({ partition }) => partition), places.map(({ sequence }) => sequence), places.map(({ part }) => part)],
  });
  return rows.map((row) => ({ ...row, version: versionOf(row) }));
}

export interface NewSegment {
  readonly runId: string;
  readonly sequence: number;
  readonly seriesIds: readonly string[];
  readonly firstStep: bigint;
  readonly lastStep: bigint;
  readonly firstTimestamp: bigint;
  readonly lastTimestamp: bigint;
  readonly points: number;
  /** Where its bytes lie in the flush's buffer. */
  readonly offset: number;
  readonly length: number;
}

export interface Flush {
  readonly series: readonly { readonly id: string; readonly runId: string; readonly state: SeriesState }[];
  readonly segments: readonly NewSegment[];
  readonly data: Buffer;
  readonly heads: ReadonlyMap<string, number>;
  readonly streams: readonly StreamHead[];
}

const WRITE = `
WITH current AS MATERIALIZED (${CURRENT_PARTITION}), series AS (
  INSERT INTO metric_series (id, run_id, key, count, last_value, last_step, last_timestamp, first_step, min_value, max_value, min_step, max_step)
  SELECT * FROM unnest($1::int8[], $2::text[], $3::text[], $4::int8[], $5::float8[], $6::int8[], $7::int8[], $8::int8[], $9::float8[], $10::float8[], $11::int8[], $12::int8[])
  ON CONFLICT (id) DO UPDATE SET count = EXCLUDED.count, last_value = EXCLUDED.last_value, last_step = EXCLUDED.last_step, last_timestamp = EXCLUDED.last_timestamp,
    first_step = EXCLUDED.first_step, min_value = EXCLUDED.min_value, max_value = EXCLUDED.max_value, min_step = EXCLUDED.min_step, max_step = EXCLUDED.max_step
), segments AS (
  INSERT INTO metric_segments (partition, run_id, sequence, first_sequence, series_ids, first_step, last_step, first_timestamp, last_timestamp, points, data)
  SELECT (SELECT number FROM current), run_id, sequence, sequence, string_to_array(series_ids, ',')::int8[], first_step, last_step, first_timestamp, last_timestamp, points, substring($13::bytea FROM at FOR length)
  FROM unnest($14::text[], $15::int8[], $16::text[], $17::int8[], $18::int8[], $19::int8[], $20::int8[], $21::int4[], $22::int4[], $23::int4[])
    AS s(run_id, sequence, series_ids, first_step, last_step, first_timestamp, last_timestamp, points, at, length)
), streams AS (
  INSERT INTO metric_streams (run_id, stream, acknowledged) SELECT * FROM unnest($26::text[], $27::text[], $28::int8[])
  ON CONFLICT (run_id, stream) DO UPDATE SET acknowledged = EXCLUDED.acknowledged
)
UPDATE metric_heads h SET sequence = u.sequence, last_logged_at = now(), partitions = CASE WHEN current.number = ANY(h.partitions) THEN h.partitions ELSE h.partitions || current.number END
FROM unnest($24::text[], $25::int8[]) AS u(run_id, sequence), current WHERE h.run_id = u.run_id`;

/** Summaries, segments, heads and clients' streams in one statement. */
export async function writeFlush(client: PoolClient, { series, segments, data, heads, streams }: Flush): Promise<void> {
  const states = series.map(({ state }) => state);
  await client.query({
    name: 'metric-flush-write',
    text: WRITE,
    values: [
      series.map(({ id }) => id), series.map(({ runId }) => runId), states.map(({ key }) => key), states.map(({ count }) => count),
      states.map(({ lastValue }) => exactly(lastValue)), states.map(({ lastStep }) => lastStep), states.map(({ lastTimestamp }) => lastTimestamp), states.map(({ firstStep }) => firstStep),
      states.map(({ minValue }) => exactly(minValue)), states.map(({ maxValue }) => exactly(maxValue)), states.map(({ minStep }) => minStep), states.map(({ maxStep }) => maxStep),
      data,
      segments.map(({ runId }) => runId), segments.map(({ sequence }) => sequence), segments.map(({ seriesIds }) => seriesIds.join(',')),
      segments.map(({ firstStep }) => firstStep), segments.map(({ lastStep }) => lastStep), segments.map(({ firstTimestamp }) => firstTimestamp), segments.map(({ lastTimestamp }) => lastTimestamp),
      segments.map(({ points }) => points), segments.map(({ offset }) => offset + 1), segments.map(({ length }) => length),
      [...heads.keys()], [...heads.values()],
      streams.map(({ runId }) => runId), streams.map(({ stream }) => stream), streams.map(({ acknowledged }) => acknowledged),
    ],
  });
}

/** The driver writes numbers as text, and JavaScript's text of -0 is "0". */
const exactly = (value: number | null): number | string | null => (Object.is(value, -0) ? '-0' : value);
