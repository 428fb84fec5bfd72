import type { Pool } from 'pg';
import { mergeColumns, pack, placesOf } from '../../../domain/metrics/series.ts';
import type { LoggedSegment, MetricColumns } from '../../../operations/ports/metric-store.ts';
import type { SegmentRow } from './append-statements.ts';
import { decodePacked, type PackedSeries } from './packed-segment.ts';
import { decodeSegment, type SegmentColumns } from './segment.ts';

interface LogRow extends SegmentRow { readonly keys: readonly string[] }

/** Up to `limit` pieces of the log. What was packed is handed over in stretches that end where a packing ended. */
export async function readSince(pool: Pool, runId: string, sequence: number, limit: number): Promise<readonly LoggedSegment[]> {
  const log: LoggedSegment[] = [];
  for (let from = sequence; log.length < limit;) {
    const { rows } = await pool.query<{ readonly sequence: string; readonly packed: boolean; readonly data: Buffer | null; readonly series_ids: readonly string[]; readonly keys: readonly string[] }>({
      name: 'metric-segments-since',
      text: `SELECT g.sequence, g.packed, CASE WHEN NOT g.packed THEN g.data END AS data, CASE WHEN NOT g.packed THEN ${KEYS} END AS keys
             FROM metric_segments g WHERE g.run_id = $1 AND g.sequence > $2 ORDER BY g.sequence, g.part LIMIT $3`,
      values: [runId, from, limit - log.length],
    });
    const [first] = rows;
    if (!first) break;
    if (!first.packed) {
      log.push(...rows.map((row): LoggedSegment => ({ sequence: Number(row.sequence), series: row.data ? named(decodeSegment(row.data), row.keys) : [] })));
      break;
    }
    log.push({ sequence: Number(first.sequence), series: await packedStretch(pool, runId, { from, to: Number(first.sequence) }) });
    from = Number(first.sequence);
  }
  return log;
}

const KEYS = '(SELECT array_agg(s.key ORDER BY u.at) FROM unnest(g.series_ids) WITH ORDINALITY AS u(id, at) JOIN metric_series s ON s.id = u.id)';
const named = (series: readonly SegmentColumns[], keys: readonly string[]): readonly MetricColumns[] => series.map((columns, at) => ({ key: keys[at] ?? '', ...columns }));

/** The points of the appends after `from` up to `to`, a piece a series, whichever rows hold them by now: a row packed later still names the append of every point. */
async function packedStretch(pool: Pool, runId: string, { from, to }: { readonly from: number; readonly to: number }): Promise<readonly MetricColumns[]> {
  const { rows } = await pool.query<LogRow>({
    name: 'metric-segments-stretch',
    text: `SELECT g.run_id, g.sequence, g.series_ids, g.packed, g.data, ${KEYS} AS keys FROM metric_segments g WHERE g.run_id = $1 AND g.packed AND g.sequence >= $3 AND g.sequence > $2 AND g.first_sequence <= $3 ORDER BY g.sequence, g.part`,
    values: [runId, from, to],
  });
  const pieces = rows.flatMap((row) => decodePacked(row.data).map((series, at) => pick(row.keys[at] ?? '', series, { from, to })));
  return [...Map.groupBy(pieces.filter(({ values }) => values.length > 0), ({ key }) => key)].map(([key, own]) => mergeColumns(key, own));
}

function pick(key: string, { sequences, ...columns }: PackedSeries, { from, to }: { readonly from: number; readonly to: number }): MetricColumns {
  const whole = { key, ...columns };
  if (sequences.every((sequence) => sequence > from && sequence <= to)) return whole;
  return pack(key, placesOf(whole).filter((_, at) => (sequences[at] ?? 0) > from && (sequences[at] ?? 0) <= to));
}

export async function readPosition(pool: Pool, runId: string): Promise<number> {
  const { rows } = await pool.query<{ sequence: string }>('SELECT sequence FROM metric_heads WHERE run_id = $1', [runId]);
  return Number(rows[0]?.sequence ?? 0);
}

export async function readAcknowledged(pool: Pool, runId: string, stream: string): Promise<number> {
  const { rows } = await pool.query<{ acknowledged: string }>('SELECT acknowledged FROM metric_streams WHERE run_id = $1 AND stream = $2', [runId, stream]);
  return Number(rows[0]?.acknowledged ?? 0);
}
