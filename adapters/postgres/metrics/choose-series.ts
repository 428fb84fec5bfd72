import type { Pool } from 'pg';
import { extentOf, WHOLE, type Extent } from '../../../domain/metrics/range.ts';
import type { SeriesChoice } from '../../../operations/ports/metric-store.ts';
import { segmentsOf } from './metric-partitions.ts';
import { readOrigins, summaryRows, type SummaryRow } from './read-summaries.ts';

/** Points held at a time while reading many series. */
const POINTS_AT_A_TIME = 200_000;

/** Series that are read with one statement, and the part of each run that is wanted. */
export interface Chosen {
  readonly rows: readonly SummaryRow[];
  readonly extentOfRun: (runId: string) => Extent;
}

/** The series asked for, by run and key, in groups of about POINTS_AT_A_TIME points by `pointsRead`: a series is in one group. */
export async function chooseSeries(pool: Pool, { runIds, keys, range }: SeriesChoice, pointsRead: (points: number) => number): Promise<readonly Chosen[]> {
  const origins = range?.axis === 'relative' ? await readOrigins(pool, runIds) : new Map<string, bigint>();
  // Before the first read, so that a bad range is refused also where there is nothing to read.
  const elsewhere = range ? extentOf(range, 0n) : WHOLE;
  const extents = new Map(range ? [...origins].map(([runId, origin]) => [runId, extentOf(range, origin)]) : []);
  const extentOfRun = (runId: string): Extent => extents.get(runId) ?? elsewhere;
  const groups: SummaryRow[][] = [];
  let held = Infinity;
  for (const row of await summaryRows(pool, runIds, keys)) {
    const points = pointsRead(Number(row.count));
    if (held + points > POINTS_AT_A_TIME) {
      groups.push([]);
      held = 0;
    }
    groups.at(-1)?.push(row);
    held += points;
  }
  return groups.map((rows) => ({ rows, extentOfRun }));
}

/**
 * The segments of a group that can hold points of it in its extents: `FROM ${SEGMENTS} AS s`, with `${…segmentValues(chosen, allKeys)}` as $1 to $6.
 * Each with the share of its steps or moments that lies in the extent.
 */
export const SEGMENTS = `(
  SELECT g.*, w.over_steps,
    CASE WHEN w.over_steps THEN (least(g.last_step, w.upto)::float8 - greatest(g.first_step, w.since)::float8 + 1) / (g.last_step::float8 - g.first_step::float8 + 1)
         ELSE (least(g.last_timestamp, w.upto)::float8 - greatest(g.first_timestamp, w.since)::float8 + 1) / (g.last_timestamp::float8 - g.first_timestamp::float8 + 1) END AS share
  FROM (SELECT run_id, over_steps, since, upto, ids::int8[] AS ids FROM unnest($1::text[], $2::bool[], $3::int8[], $4::int8[], $6::text[]) AS u(run_id, over_steps, since, upto, ids) OFFSET 0) AS w
  JOIN metric_heads h ON h.run_id = w.run_id CROSS JOIN ${segmentsOf('h', `($5::bool OR s.series_ids && w.ids)
    AND CASE WHEN w.over_steps THEN s.last_step >= w.since AND s.first_step <= w.upto ELSE s.last_timestamp >= w.since AND s.first_timestamp <= w.upto END`)} AS g)`;

export function segmentValues({ rows, extentOfRun }: Chosen, all: boolean): readonly unknown[] {
  const byRun = Map.groupBy(rows, ({ run_id }) => run_id);
  const extents = [...byRun.keys()].map(extentOfRun);
  // Each run's own ids: every row would be compared with those of all runs otherwise. Postgres has no arrays of arrays of different lengths, so they go as text.
  const ids = all ? extents.map(() => '{}') : [...byRun.values()].map((own) => `{${own.map(({ id }) => id).join()}}`);
  return [[...byRun.keys()], extents.map(({ over }) => over === 'steps'), extents.map(({ from }) => from), extents.map(({ to }) => to), all, ids];
}
