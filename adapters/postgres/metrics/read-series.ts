import type { Pool } from 'pg';
import { within } from '../../../domain/metrics/range.ts';
import { mergeColumns } from '../../../domain/metrics/series.ts';
import { thin } from '../../../domain/metrics/thin.ts';
import type { MetricColumns, RunSeries, SeriesRequest } from '../../../operations/ports/metric-store.ts';
import type { SegmentRow } from './append-statements.ts';
import { chooseSeries, SEGMENTS, segmentValues, type Chosen } from './choose-series.ts';
import { pointsBySeries } from './plan-flush.ts';
import { LARGEST_OVERVIEW, LARGEST_ROW, FINEST, overviewPoints } from './plan-packing.ts';

export async function readSeries(pool: Pool, request: SeriesRequest): Promise<ReadonlyMap<string, readonly MetricColumns[]>> {
  const found = new Map<string, MetricColumns[]>();
  for await (const { runId, columns } of streamSeries(pool, request)) {
    const own = found.get(runId);
    if (own) own.push(columns);
    else found.set(runId, [columns]);
  }
  return found;
}

/** Reads some series at a time and thins them before the next, so that memory stays bounded by the longest series. */
export async function* streamSeries(pool: Pool, request: SeriesRequest): AsyncGenerator<RunSeries> {
  const { keys, maxPoints } = request;
  const pointsRead = (count: number): number => (maxPoints === undefined || fromOverviews(count) < maxPoints ? count : fromOverviews(count));
  for (const chosen of await chooseSeries(pool, request, pointsRead)) {
    const [overviews, exact] = await piecesOf(pool, chosen, { all: keys === undefined, maxPoints });
    for (const { id, run_id: runId, key } of chosen.rows) {
      const extent = chosen.extentOfRun(runId);
      const inside = (pieces: readonly MetricColumns[] = []): readonly MetricColumns[] => pieces.map((piece) => within(piece, extent));
      const columns = { ...mergeColumns(key, alike(inside(overviews.get(id)), inside(exact.get(id)))), key };
      if (columns.values.length > 0) yield { runId, columns: maxPoints === undefined ? columns : thin(columns, maxPoints) };
    }
  }
}

/** About how many points the overviews of so many points hold. */
const fromOverviews = (count: number): number => Math.ceil(count / LARGEST_ROW) * overviewPoints(Math.min(count, LARGEST_ROW));

type Pieces = ReadonlyMap<string, readonly MetricColumns[]>;

/** Overviews where those of the series hold enough points for the picture, counted by the part of them that lies in the range; whole rows elsewhere. */
async function piecesOf(pool: Pool, chosen: Chosen, { all, maxPoints }: { readonly all: boolean; readonly maxPoints: number | undefined }): Promise<readonly [Pieces, Pieces]> {
  const { rows } = await pool.query<SegmentRow & { readonly thinned: boolean }>({
    name: 'metric-segments-of-series',
    text: `SELECT run_id, sequence, series_ids, packed, thinned, CASE WHEN thinned THEN overview ELSE data END AS data
           FROM (SELECT *, overview IS NOT NULL AND sum(CASE WHEN overview IS NOT NULL THEN least(points / ${FINEST}, ${LARGEST_OVERVIEW}) * share END) OVER (PARTITION BY run_id, series_ids[1]) >= $7 AS thinned FROM ${SEGMENTS} AS s) AS t
           ORDER BY run_id, sequence, part`,
    values: [...segmentValues(chosen, all), maxPoints ?? Infinity],
  });
  const wanted = new Set(chosen.rows.map(({ id }) => id));
  return [pointsBySeries(rows.filter(({ thinned }) => thinned), wanted), pointsBySeries(rows.filter(({ thinned }) => !thinned), wanted)];
}

/** What is not packed yet is thinned as much as the overviews are, so that the end of a curve is not drawn finer than the rest. */
function alike(overviews: readonly MetricColumns[], exact: readonly MetricColumns[]): readonly MetricColumns[] {
  if (overviews.length === 0) return exact;
  const whole = mergeColumns('', exact);
  return [...overviews, thin(whole, overviewPoints(whole.values.length))];
}
