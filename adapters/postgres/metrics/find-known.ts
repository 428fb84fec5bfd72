import { setImmediate } from 'node:timers/promises';
import type { PoolClient } from 'pg';
import { anyWithin, mergeColumns, pointsAlsoIn, type MetricColumns } from '../../../domain/metrics/series.ts';
import { readOverlaps, readRows, ROWS_AT_A_TIME, type NearRow } from './append-statements.ts';
import { columnsOfRow, overlapsOf, type ReachingBack } from './plan-flush.ts';
import type { SegmentColumns } from './segment.ts';
import type { UnpackedRows } from './unpacked-rows.ts';

/**
 * Of the points that came and reach back, those that are stored already, by series id. A batch may reach back over a run of any length: no more than a few rows are held at a time,
 * only those that could hold one of the points, and between any two whoever else waits has a turn.
 */
export async function findKnown(client: PoolClient, behind: readonly ReachingBack[], unpacked: UnpackedRows): Promise<ReadonlyMap<string, readonly MetricColumns[]>> {
  const known = new Map<string, MetricColumns[]>();
  if (behind.length === 0) return known;
  const came = new Map([...Map.groupBy(behind, ({ id }) => id)].map(([id, own]) => [id, mergeColumns(id, own.map(({ columns }) => columns))]));
  for await (const { seriesIds, columns: all } of rowsNear(client, await readOverlaps(client, overlapsOf(behind)), { came, unpacked })) {
    all.forEach((columns, at) => {
      const id = seriesIds[at] ?? '';
      const own = came.get(id);
      const both = own && pointsAlsoIn(own, { key: id, ...columns });
      if (both && both.values.length > 0) known.set(id, [...known.get(id) ?? [], both]);
    });
    await setImmediate();
  }
  return known;
}

interface Unpacked { readonly seriesIds: readonly string[]; readonly columns: readonly SegmentColumns[] }
interface Sought { readonly came: ReadonlyMap<string, MetricColumns>; readonly unpacked: UnpackedRows }

async function* rowsNear(client: PoolClient, near: readonly NearRow[], { came, unpacked }: Sought): AsyncGenerator<Unpacked> {
  for (let at = 0; at < near.length;) {
    const slice: NearRow[] = [];
    for (; at < near.length && slice.length < ROWS_AT_A_TIME; at += 1) {
      const each = near[at];
      if (each?.seriesIds.some((id) => { const own = came.get(id); return own !== undefined && anyWithin(own, each); })) slice.push(each);
      if (at % ROWS_AT_A_TIME === 0) await setImmediate();
    }
    yield* unpackedOf(client, slice, unpacked);
  }
}

/** Rows one after the other, those at hand first; the bytes of the others are read together. */
async function* unpackedOf(client: PoolClient, rows: readonly NearRow[], unpacked: UnpackedRows): AsyncGenerator<Unpacked> {
  const absent: NearRow[] = [];
  for (const each of rows) {
    const columns = each.row ? columnsOfRow(each.row) : unpacked.get(each.version);
    if (columns) yield { seriesIds: each.seriesIds, columns };
    else absent.push(each);
  }
  if (absent.length === 0) return;
  for (const row of await readRows(client, absent.map(({ place }) => place))) {
    const columns = columnsOfRow(row);
    if (row.packed) unpacked.keep(row.version, columns);
    yield { seriesIds: row.series_ids, columns };
  }
}
