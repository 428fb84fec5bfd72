import type { Pool } from 'pg';
import type { MetricSummary } from '../../../operations/ports/metric-store.ts';
import { segmentsOf } from './metric-partitions.ts';

/** A series as its own row tells it. */
export interface SummaryRow {
  readonly id: string; readonly run_id: string; readonly key: string; readonly count: string; readonly first_step: string;
  readonly last_value: number; readonly last_step: string; readonly last_timestamp: string;
  readonly min_value: number | null; readonly max_value: number | null; readonly min_step: string | null; readonly max_step: string | null;
}

/** By run and key. */
export async function summaryRows(pool: Pool, runIds: readonly string[], keys: readonly string[] | undefined): Promise<readonly SummaryRow[]> {
  const { rows } = await pool.query<SummaryRow>({
    text: `SELECT id, run_id, key, count, first_step, last_value, last_step, last_timestamp, min_value, max_value, min_step, max_step FROM metric_series
           WHERE run_id = ANY($1::text[]) AND ($2::text[] IS NULL OR key = ANY($2::text[])) ORDER BY run_id, key COLLATE "C"`,
    values: [runIds, keys ?? null],
  });
  return rows;
}

export async function readSummaries(pool: Pool, runIds: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly MetricSummary[]>> {
  const found = Map.groupBy(await summaryRows(pool, runIds, keys), ({ run_id }) => run_id);
  return new Map([...found].map(([runId, rows]) => [runId, rows.map(summaryOf)]));
}

const step = (text: string | null): bigint | null => (text === null ? null : BigInt(text));

const summaryOf = (row: SummaryRow): MetricSummary => ({
  key: row.key, count: Number(row.count), firstStep: BigInt(row.first_step),
  lastValue: row.last_value, lastStep: BigInt(row.last_step), lastTimestamp: BigInt(row.last_timestamp),
  minValue: row.min_value, minStep: step(row.min_step), maxValue: row.max_value, maxStep: step(row.max_step),
});

export async function readOrigins(pool: Pool, runIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
  const { rows } = await pool.query<{ run_id: string; origin: string }>({
    name: 'metric-origins',
    text: `SELECT g.run_id, min(g.first_timestamp) AS origin FROM metric_heads h CROSS JOIN ${segmentsOf('h', 'true')} AS g WHERE h.run_id = ANY($1::text[]) GROUP BY g.run_id`,
    values: [runIds],
  });
  return new Map(rows.map(({ run_id, origin }) => [run_id, BigInt(origin)]));
}

/** Counted in the database: a hundred runs of a thousand metrics are a thousand rows and not a hundred thousand. */
export async function readNames(pool: Pool, groups: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const runs = [...groups].flatMap(([group, ids]) => ids.map((id) => ({ group, id })));
  const { rows } = await pool.query<{ readonly group: string; readonly key: string; readonly runs: number }>({
    name: 'metric-names',
    text: 'SELECT u."group", s.key, count(*)::int AS runs FROM unnest($1::text[], $2::text[]) AS u("group", run_id) JOIN metric_series s ON s.run_id = u.run_id GROUP BY u."group", s.key',
    values: [runs.map(({ group }) => group), runs.map(({ id }) => id)],
  });
  return new Map([...Map.groupBy(rows, ({ group }) => group)].map(([group, own]) => [group, new Map(own.map(({ key, runs: count }) => [key, count]))]));
}
