import type { Pool, PoolClient } from 'pg';
import type { MetricPacking } from '../../../operations/ports/metric-packing.ts';
import type { Database } from '../client.ts';
import { inTransaction } from './in-transaction.ts';
import { encodeOverview } from './overview-codec.ts';
import { CURRENT_PARTITION, PARTITIONS_OF_RUN } from './metric-partitions.ts';
import { decodePacked, encodePacked, encodeStretches, type PackedSeries } from './packed-segment.ts';
import { chooseRows, packedRows, type Packable, type PackedRow } from './plan-packing.ts';
import { extentOf } from './plan-flush.ts';
import { decodeSegment } from './segment.ts';

export interface PackingLimits {
  /** A run with so many appends since the last packing is packed while it goes on. */
  readonly appends: number;
  /** A run that logged nothing for so long is packed whole. */
  readonly restMs: number;
  /** Points held at a time. */
  readonly room: number;
}

const LIMITS: PackingLimits = { appends: 256, restMs: 60_000, room: 2_000_000 };

/** Packs metric logs in Postgres. See docs/decisions/0045-packed-segments.md. */
export function postgresMetricPacking({ pool }: Pick<Database, 'pool'>, given: Partial<PackingLimits> = {}): MetricPacking {
  const limits = { ...LIMITS, ...given };
  return {
    async due(limit) {
      const { rows } = await pool.query<{ run_id: string }>({
        name: 'metric-packing-due',
        text: `SELECT run_id FROM metric_heads WHERE sequence > packed_sequence AND (sequence - packed_sequence >= $1 OR last_logged_at < now() - $2 * interval '1 ms') ORDER BY last_logged_at LIMIT $3`,
        values: [limits.appends, limits.restMs, limit],
      });
      return rows.map(({ run_id }) => run_id);
    },
    async pack(runId) {
      const { chosen, packing } = await choose(pool, runId, limits);
      if (chosen.length === 0) return false;
      const rows = await encoded(packedRows(await piecesOf(pool, runId, chosen)));
      try {
        await inTransaction(pool, (client) => replace(client, runId, { packing, chosen, rows }));
        return true;
      } catch (problem) {
        if (problem instanceof Overtaken) return false;
        throw problem;
      }
    },
  };
}

interface LogRow extends Packable { readonly part: number }
interface Choice { readonly chosen: readonly LogRow[]; readonly packing: string }

async function choose(pool: Pool, runId: string, { restMs, room }: PackingLimits): Promise<Choice> {
  const { rows } = await pool.query<{ sequence: string; part: number; points: number; packed: boolean; series: number; rests: boolean; packing: string }>({
    name: 'metric-packing-rows',
    text: `SELECT s.sequence, s.part, s.points, s.packed, cardinality(s.series_ids) AS series, h.last_logged_at < now() - $2 * interval '1 ms' AS rests, h.packing
           FROM metric_segments s JOIN metric_heads h ON h.run_id = s.run_id WHERE s.run_id = $1 ORDER BY s.sequence, s.part`,
    values: [runId, restMs],
  });
  const log = rows.map(({ sequence, part, points, packed, series }): LogRow => ({ sequence: Number(sequence), part, points, packed, series }));
  return { chosen: chooseRows(log, room, rows[0]?.rests ?? false), packing: rows[0]?.packing ?? '' };
}

async function piecesOf(pool: Pool, runId: string, chosen: readonly LogRow[]): Promise<ReadonlyMap<string, readonly PackedSeries[]>> {
  const { rows } = await pool.query<{ sequence: string; series_ids: readonly string[]; packed: boolean; data: Buffer }>({
    name: 'metric-packing-data',
    text: `SELECT s.sequence, s.series_ids, s.packed, s.data FROM metric_segments s JOIN unnest($2::int8[], $3::int4[]) AS c(sequence, part) ON s.sequence = c.sequence AND s.part = c.part
           WHERE s.run_id = $1 ORDER BY s.sequence, s.part`,
    values: [runId, chosen.map(({ sequence }) => sequence), chosen.map(({ part }) => part)],
  });
  const pieces = new Map<string, PackedSeries[]>();
  for (const { sequence, series_ids: ids, packed, data } of rows) {
    const series = packed ? decodePacked(data) : decodeSegment(data).map((columns): PackedSeries => ({ ...columns, sequences: new Float64Array(columns.values.length).fill(Number(sequence)) }));
    series.forEach((piece, at) => {
      const id = ids[at] ?? '';
      const own = pieces.get(id);
      if (own) own.push(piece);
      else pieces.set(id, [piece]);
    });
  }
  return pieces;
}

interface EncodedRow extends PackedRow { readonly data: Buffer; readonly overviewData: Buffer | null; readonly stretchesData: Buffer | null }

async function encoded(rows: readonly PackedRow[]): Promise<readonly EncodedRow[]> {
  const result: EncodedRow[] = [];
  // One at a time: the compression of a few thousand rows at once would hold them all in memory twice.
  for (const row of rows) {
    const { overview, stretches } = row;
    result.push({ ...row, data: await encodePacked(row.series), overviewData: overview && encodeOverview(overview), stretchesData: stretches && await encodeStretches(stretches) });
  }
  return result;
}

/** Somebody else packed or deleted what was read: nothing of this packing is written. */
class Overtaken extends Error { override readonly name = 'Overtaken' }

/** Puts the packed rows in the place of the chosen ones, if nobody packed or deleted the run since they were read; the lock of the log keeps writers and other packers out for the moment. */
async function replace(client: PoolClient, runId: string, { packing, chosen, rows }: Choice & { readonly rows: readonly EncodedRow[] }): Promise<void> {
  const head = await client.query('SELECT 1 FROM metric_heads WHERE run_id = $1 AND packing = $2 FOR UPDATE', [runId, packing]);
  if (head.rowCount === 0) throw new Overtaken();
  await client.query({
    name: 'metric-packing-delete',
    text: 'DELETE FROM metric_segments s USING unnest($2::int8[], $3::int4[]) AS c(sequence, part) WHERE s.run_id = $1 AND s.sequence = c.sequence AND s.part = c.part',
    values: [runId, chosen.map(({ sequence }) => sequence), chosen.map(({ part }) => part)],
  });
  const end = chosen.reduce((last, { sequence }) => Math.max(last, sequence), 0);
  const extents = rows.map(({ series }) => extentOf(series));
  await client.query({
    name: 'metric-packing-insert',
    text: `INSERT INTO metric_segments (partition, run_id, sequence, part, first_sequence, packed, series_ids, first_step, last_step, first_timestamp, last_timestamp, points, data, overview, stretches)
           SELECT (${CURRENT_PARTITION}), $1, $2, part + (SELECT coalesce(max(part), -1) + 1 FROM metric_segments WHERE run_id = $1 AND sequence = $2), first_sequence, true, string_to_array(series_ids, ',')::int8[],
             first_step, last_step, first_timestamp, last_timestamp, points, data, overview, stretches
           FROM unnest($3::int4[], $4::int8[], $5::text[], $6::int8[], $7::int8[], $8::int8[], $9::int8[], $10::int4[], $11::bytea[], $12::bytea[], $13::bytea[])
             AS r(part, first_sequence, series_ids, first_step, last_step, first_timestamp, last_timestamp, points, data, overview, stretches)`,
    values: [
      runId, end, rows.map((_, part) => part), rows.map(firstSequence), rows.map(({ seriesIds }) => seriesIds.join(',')),
      extents.map(({ firstStep }) => firstStep), extents.map(({ lastStep }) => lastStep), extents.map(({ firstTimestamp }) => firstTimestamp), extents.map(({ lastTimestamp }) => lastTimestamp),
      rows.map(({ series }) => series.reduce((sum, { values }) => sum + values.length, 0)), rows.map(({ data }) => data), rows.map(({ overviewData }) => overviewData), rows.map(({ stretchesData }) => stretchesData),
    ],
  });
  await client.query(`UPDATE metric_heads SET packed_sequence = greatest(packed_sequence, $2), packing = gen_random_uuid(), partitions = ${PARTITIONS_OF_RUN} WHERE run_id = $1`, [runId, end]);
}

const firstSequence = ({ series }: PackedRow): number => series.reduce((first, { sequences }) => sequences.reduce((least, each) => Math.min(least, each), first), Number.MAX_SAFE_INTEGER);
