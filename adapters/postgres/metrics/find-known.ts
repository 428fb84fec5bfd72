import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { anyWithin, mergeColumns, pointsAlsoIn, type MetricColumns } from '../../../domain/metrics/series.ts';
import { readOverlaps, readRows, ROWS_AT_A_TIME, type NearRow, type SegmentRow } from './append-statements.ts';
import { columnsOfRow, overlapsOf, type ReachingBack } from './plan-flush.ts';

/**
 * Of the points that came and reach back, those that are stored already, by series id. A batch may reach back over a run of any length: no more than a few rows are held at a time,
 * only those that could hold one of the points, and between any two whoever else waits has a turn.
 */
export async function findKnown(client: PoolClient, behind: readonly ReachingBack[]): Promise<ReadonlyMap<string, readonly MetricColumns[]>> {
  const known = new Map<string, MetricColumns[]>();
  if (behind.length === 0) return known;
  const came = new Map([...Map.groupBy(behind, ({ id }) => id)].map(([id, own]) => [id, mergeColumns(id, own.map(({ columns }) => columns))]));
  for await (const row of rowsNear(client, await readOverlaps(client, overlapsOf(behind)), came)) {
    columnsOfRow(row).forEach((columns, at) => {
      const id = row.series_ids[at] ?? '';
      const own = came.get(id);
      const both = own && pointsAlsoIn(own, { key: id, ...columns });
      if (both && both.values.length > 0) known.set(id, [...known.get(id) ?? [], both]);
    });
    await setImmediate();
  }
  return known;
}

async function* rowsNear(client: PoolClient, near: readonly NearRow[], came: ReadonlyMap<string, MetricColumns>): AsyncGenerator<SegmentRow> {
  for (let at = 0; at < near.length;) {
    const slice: NearRow[] = [];
    for (; at < near.length && slice.length < ROWS_AT_A_TIME; at += 1) {
      const each = near[at];
      if (each?.seriesIds.some((id) => { const own = came.get(id); return own !== undefined && anyWithin(own, each); })) slice.push(each);
      if (at % ROWS_AT_A_TIME === 0) await setImmediate();
    }
    const absent = slice.filter(({ row }) => row === null).map(({ place }) => place);
    yield* slice.flatMap(({ row }) => row ?? []);
    if (absent.length > 0) yield* await readRows(client, absent);
  }
}
