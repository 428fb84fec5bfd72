import type { Pool } from 'pg';
import { mergeColumns } from '../../../domain/metrics/series.ts';
import { thin } from '../../../domain/metrics/thin.ts';
import type { LoggedSegment, MetricColumns, MetricSummary, SeriesRequest } from '../../../operations/ports/metric-store.ts';
import type { SegmentRow } from './append-statements.ts';
import { pointsBySeries } from './plan-flush.ts';
import { decodeSegment } from './segment.ts';

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
  for (const group of groups(rows)) {
    const ids = group.map(({ id }) => id);
    const { rows: segments } = await pool.query<SegmentRow>({
      text: 'SELECT run_id, sequence, series_ids, data FROM metric_segments WHERE run_id = ANY($1::text[]) AND ($2::bool OR series_ids && $3::int8[]) ORDER BY run_id, sequence',
      values: [[...new Set(group.map(({ run_id }) => run_id))], keys === undefined, ids],
    });
    const points = pointsBySeries(segments, new Set(ids));
    for (const [runId, own] of Map.groupBy(group, ({ run_id }) => run_id)) {
      found.set(runId, own.map(({ id, key }) => {
        const columns = { ...mergeColumns(key, points.get(id) ?? []), key };
        return maxPoints === undefined ? columns : thin(columns, maxPoints);
      }));
    }
  }
  return found;
}

/** Whole runs, together about POINTS_AT_A_TIME points. */
function groups(rows: readonly SummaryRow[]): SummaryRow[][] {
  const grouped: SummaryRow[][] = [];
  let points = Infinity;
  for (const own of Map.groupBy(rows, ({ run_id }) => run_id).values()) {
    const size = own.reduce((sum, { count }) => sum + Number(count), 0);
    if (points + size > POINTS_AT_A_TIME) {
      grouped.push([]);
      points = 0;
    }
    grouped.at(-1)?.push(...own);
    points += size;
  }
  return grouped;
}

export async function readSince(pool: Pool, runId: string, sequence: number, limit: number): Promise<readonly LoggedSegment[]> {
  const { rows } = await pool.query<SegmentRow & { readonly keys: readonly string[] }>({
    name: 'metric-segments-since',
    text: `SELECT g.run_id, g.sequence, g.series_ids, g.data,
             (SELECT array_agg(s.key ORDER BY u.at) FROM unnest(g.series_ids) WITH ORDINALITY AS u(id, at) JOIN metric_series s ON s.id = u.id) AS keys
           FROM metric_segments g WHERE g.run_id = $1 AND g.sequence > $2 ORDER BY g.sequence LIMIT $3`,
    values: [runId, sequence, limit],
  });
  return rows.map((row) => ({
    sequence: Number(row.sequence),
    series: decodeSegment(row.data).map((columns, at) => ({ key: row.keys[at] ?? '', ...columns })),
  }));
}

export async function readPosition(pool: Pool, runId: string): Promise<number> {
  const { rows } = await pool.query<{ sequence: string }>('SELECT sequence FROM metric_heads WHERE run_id = $1', [runId]);
  return Number(rows[0]?.sequence ?? 0);
}
