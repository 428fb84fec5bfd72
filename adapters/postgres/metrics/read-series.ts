import type { Pool } from 'pg';
import { within } from '../../../domain/metrics/range.ts';
import { mergeColumns } from '../../../domain/metrics/series.ts';
import { thin } from '../../../domain/metrics/thin.ts';
import type { MetricColumns, RunSeries, SeriesRequest } from '../../../operations/ports/metric-store.ts';
import type { SegmentRow } from './append-statements.ts';
import { chooseSeries, SEGMENTS, segmentValues, type Chosen } from './choose-series.ts';
import { pointsBySeries } from './plan-flush.ts';
import { OverviewRoom } from './overview-room.ts';
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

/** Reads some series at a time and thins them while the next are on their way, so that memory stays bounded by the longest series. */
export async function* streamSeries(pool: Pool, request: SeriesRequest): AsyncGenerator<RunSeries> {
  const { keys, maxPoints } = request;
  const pointsRead = (count: number): number => (maxPoints === undefined || fromOverviews(count) < maxPoints ? count : fromOverviews(count));
  const groups = await chooseSeries(pool, request, pointsRead);
  const room = new OverviewRoom();
  for await (const [chosen, { overviews, exact }] of oneAhead(groups, (group) => piecesOf(pool, group, { all: keys === undefined, maxPoints }))) {
    for (const { id, run_id: runId, key } of chosen.rows) {
      const extent = chosen.extentOfRun(runId);
      const inside = (pieces: readonly MetricColumns[] = []): readonly MetricColumns[] => pieces.map((piece) => within(piece, extent));
      const columns = { ...mergeColumns(key, alike(inside(room.read(overviews.get(id) ?? [])), inside(exact.get(id)))), key };
      if (columns.values.length > 0) yield { runId, columns: maxPoints === undefined ? columns : thinnedCopy(columns, maxPoints) };
    }
  }
}

/** Each group with what was read for it, of which the next is read meanwhile. */
async function* oneAhead<Group, Found>(groups: readonly Group[], read: (group: Group) => Promise<Found>): AsyncGenerator<readonly [Group, Found]> {
  const begun = (group: Group | undefined): { readonly group: Group; readonly found: Promise<Found> } | null => {
    if (group === undefined) return null;
    const found = read(group);
    // Awaited below, unless the reader leaves before.
    found.catch(() => {});
    return { group, found };
  };
  let next = begun(groups[0]);
  for (let at = 1; next; at += 1) {
    const here: typeof next = next;
    const found = await here.found;
    next = begun(groups[at]);
    yield [here.group, found];
  }
}

/** About how many points the overviews of so many points hold. */
const fromOverviews = (count: number): number => Math.ceil(count / LARGEST_ROW) * overviewPoints(Math.min(count, LARGEST_ROW));

/** By series. Overviews are left as they came, until their turn. */
interface Found {
  readonly overviews: ReadonlyMap<string, readonly Buffer[]>;
  readonly exact: ReadonlyMap<string, readonly MetricColumns[]>;
}

/** Overviews where those of the series hold enough points for the picture, counted by the part of them that lies in the range; whole rows elsewhere. */
async function piecesOf(pool: Pool, chosen: Chosen, { all, maxPoints }: { readonly all: boolean; readonly maxPoints: number | undefined }): Promise<Found> {
  const { rows } = await pool.query<SegmentRow & { readonly thinned: boolean }>({
    name: 'metric-segments-of-series',
    text: `SELECT run_id, sequence, series_ids, packed, thinned, CASE WHEN thinned THEN overview ELSE data END AS data
           FROM (SELECT *, overview IS NOT NULL AND sum(CASE WHEN overview IS NOT NULL THEN least(points / ${FINEST}, ${LARGEST_OVERVIEW}) * share END) OVER (PARTITION BY run_id, series_ids[1]) >= $7 AS thinned FROM ${SEGMENTS} AS s) AS t
           ORDER BY run_id, sequence, part`,
    values: [...segmentValues(chosen, all), maxPoints ?? Infinity],
  });
  const overviews = new Map<string, Buffer[]>();
  for (const { series_ids: [id], thinned, data } of rows) {
    if (!thinned || id === undefined) continue;
    const own = overviews.get(id);
    if (own) own.push(data);
    else overviews.set(id, [data]);
  }
  return { overviews, exact: pointsBySeries(rows.filter(({ thinned }) => !thinned), new Set(chosen.rows.map(({ id }) => id))) };
}

/** What is not packed yet is thinned as much as the overviews are, so that the end of a curve is not drawn finer than the rest. */
function alike(overviews: readonly MetricColumns[], exact: readonly MetricColumns[]): readonly MetricColumns[] {
  if (overviews.length === 0) return exact;
  const whole = mergeColumns('', exact);
  return whole.values.length === 0 ? overviews : [...overviews, thin(whole, overviewPoints(whole.values.length))];
}

/** Out of the room that the next series is read into. */
function thinnedCopy(columns: MetricColumns, maxPoints: number): MetricColumns {
  const drawn = thin(columns, maxPoints);
  return drawn === columns ? { key: columns.key, steps: columns.steps.slice(), timestamps: columns.timestamps.slice(), values: columns.values.slice() } : drawn;
}
