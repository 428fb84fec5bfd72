import type { Pool } from 'pg';
import { mergeColumns, pack, placesOf } from '../../../domain/metrics/series.ts';
import { thin } from '../../../domain/metrics/thin.ts';
import type { LoggedSegment, MetricColumns, MetricSummary, SeriesRequest } from '../../../operations/ports/metric-store.ts';
import type { SegmentRow } from './append-statements.ts';
import { pointsBySeries } from './plan-flush.ts';
import { LARGEST_ROW, overviewPoints } from './plan-packing.ts';
import { decodePacked, type PackedSeries } from './packed-segment.ts';
import { decodeSegment, type SegmentColumns } from './segment.ts';

/** Points held at a time while reading many runs. */
const POINTS_AT_A_TIME = 2_000_000;

interface SummaryRow {
  readonly id: string; readonly run_id: string; readonly key: string; readonly count: string;
  readonly last_value: number; readonly last_step: string; readonly last_timestamp: string; readonly min_value: number | null; readonly max_value: number | null;
}

async function summaryRows(pool: Pool, runIds: readonly string[], keys: readonly string[] | undefined): Promise<readonly SummaryRow[]> {
  const { rows } = await pool.query<SummaryRow>({
    text: `SELECT id, run_id, key, count, last_value, last_step, last_timestamp, min_value, max_value FROM metric_series
           WHERE run_id = ANY($1::text[]) AND ($2::text[] IS NULL OR key = ANY($2::text[])) ORDER BY run_id, key COLLATE "C"`,
    values: [runIds, keys ?? null],
  });
  return rows;
}

export async function readSummaries(pool: Pool, runIds: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly MetricSummary[]>> {
  const found = Map.groupBy(await summaryRows(pool, runIds, keys), ({ run_id }) => run_id);
  return new Map([...found].map(([runId, rows]) => [runId, rows.map((row) => ({
    key: row.key, count: Number(row.count), lastValue: row.last_value, lastStep: BigInt(row.last_step), lastTimestamp: BigInt(row.last_timestamp),
    minValue: row.min_value, maxValue: row.max_value,
  }))]));
}

/** Reads a few runs at a time and thins them before the next, so that memory stays bounded by the largest run. */
export async function readSeries(pool: Pool, { runIds, keys, maxPoints }: SeriesRequest): Promise<ReadonlyMap<string, readonly MetricColumns[]>> {
  const rows = await summaryRows(pool, runIds, keys);
  const found = new Map<string, readonly MetricColumns[]>();
  for (const group of groups(rows, maxPoints)) {
    const ids = group.map(({ id }) => id);
    const { rows: segments } = await pool.query<SegmentRow & { readonly thinned: boolean }>({
      text: `SELECT run_id, sequence, series_ids, packed, thinned, CASE WHEN thinned THEN overview ELSE data END AS data
             FROM (SELECT *, overview IS NOT NULL AND series_ids[1] = ANY($4::int8[]) AS thinned FROM metric_segments WHERE run_id = ANY($1::text[]) AND ($2::bool OR series_ids && $3::int8[])) AS s
             ORDER BY run_id, sequence, part`,
      values: [[...new Set(group.map(({ run_id }) => run_id))], keys === undefined, ids, group.filter((row) => isLong(row, maxPoints)).map(({ id }) => id)],
    });
    const wanted = new Set(ids);
    const [overviews, exact] = [pointsBySeries(segments.filter(({ thinned }) => thinned), wanted), pointsBySeries(segments.filter(({ thinned }) => !thinned), wanted)];
    for (const [runId, own] of Map.groupBy(group, ({ run_id }) => run_id)) {
      found.set(runId, own.map(({ id, key }) => {
        const columns = { ...mergeColumns(key, alike(overviews.get(id) ?? [], exact.get(id) ?? [])), key };
        return maxPoints === undefined ? columns : thin(columns, maxPoints);
      }));
    }
  }
  return found;
}

/** Whether the overviews of a series' rows hold enough points for the picture. */
const isLong = ({ count }: SummaryRow, maxPoints: number | undefined): boolean => maxPoints !== undefined && fromOverviews(Number(count)) >= maxPoints;

/** About how many points the overviews of so many points hold. */
const fromOverviews = (count: number): number => Math.ceil(count / LARGEST_ROW) * overviewPoints(Math.min(count, LARGEST_ROW));

/** What is not packed yet is thinned as much as the overviews are, so that the end of a curve is not drawn finer than the rest. */
function alike(overviews: readonly MetricColumns[], exact: readonly MetricColumns[]): readonly MetricColumns[] {
  if (overviews.length === 0) return exact;
  const whole = mergeColumns('', exact);
  return [...overviews, thin(whole, overviewPoints(whole.values.length))];
}

/** Whole runs, together about POINTS_AT_A_TIME points. */
function groups(rows: readonly SummaryRow[], maxPoints: number | undefined): SummaryRow[][] {
  const grouped: SummaryRow[][] = [];
  let points = Infinity;
  for (const own of Map.groupBy(rows, ({ run_id }) => run_id).values()) {
    const size = own.reduce((sum, row) => sum + (isLong(row, maxPoints) ? fromOverviews(Number(row.count)) : Number(row.count)), 0);
    if (points + size > POINTS_AT_A_TIME) {
      grouped.push([]);
      points = 0;
    }
    grouped.at(-1)?.push(...own);
    points += size;
  }
  return grouped;
}

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
