import type { Pool } from 'pg';
import { outward, type Extent } from '../../../domain/metrics/range.ts';
import { mergeStretches, stretchesIn, stretchesOf } from '../../../domain/metrics/stretches.ts';
import type { MetricStretches, StretchesRequest } from '../../../operations/ports/metric-store.ts';
import type { SegmentRow } from './append-statements.ts';
import { chooseSeries, SEGMENTS, segmentValues } from './choose-series.ts';
import { decodeStretches } from './packed-segment.ts';
import { columnsOfRow } from './plan-flush.ts';
import { MOST_STRETCHES } from './plan-packing.ts';

/** Means and counts from the stretches beside the packed rows where those are fine enough, else from the points. */
export async function readStretches(pool: Pool, { exponent, ...choice }: StretchesRequest): Promise<ReadonlyMap<string, readonly MetricStretches[]>> {
  const found = new Map<string, MetricStretches[]>();
  for (const group of await chooseSeries(pool, choice, (points) => points)) {
    const chosen = { rows: group.rows, extentOfRun: (runId: string): Extent => outward(group.extentOfRun(runId), exponent) };
    const { rows } = await pool.query<SegmentRow & { readonly stretched: boolean }>({
      name: 'metric-segments-of-stretches',
      text: `SELECT run_id, sequence, series_ids, packed, stretched, CASE WHEN stretched THEN stretches ELSE data END AS data
             FROM (SELECT *, stretches IS NOT NULL AND (last_step >> $7::int4)::float8 - (first_step >> $7::int4)::float8 < ${MOST_STRETCHES} AS stretched FROM ${SEGMENTS} AS s) AS t
             ORDER BY run_id, sequence, part`,
      values: [...segmentValues(chosen, choice.keys === undefined), exponent],
    });
    const pieces = piecesBySeries(rows, new Set(group.rows.map(({ id }) => id)), exponent);
    for (const { id, run_id: runId, key } of group.rows) {
      const stretches = stretchesIn(mergeStretches(key, pieces.get(id) ?? [], exponent), chosen.extentOfRun(runId));
      if (stretches.steps.length === 0) continue;
      const own = found.get(runId);
      if (own) own.push(stretches);
      else found.set(runId, [stretches]);
    }
  }
  return found;
}

function piecesBySeries(rows: readonly (SegmentRow & { readonly stretched: boolean })[], wanted: ReadonlySet<string>, exponent: number): ReadonlyMap<string, readonly MetricStretches[]> {
  const found = new Map<string, MetricStretches[]>();
  const add = (id: string, piece: MetricStretches): void => {
    const own = found.get(id);
    if (own) own.push(piece);
    else found.set(id, [piece]);
  };
  for (const row of rows) {
    if (row.stretched) {
      const [id] = row.series_ids;
      if (id !== undefined && wanted.has(id)) add(id, decodeStretches(row.data));
      continue;
    }
    columnsOfRow(row).forEach((columns, at) => {
      const id = row.series_ids[at];
      if (id !== undefined && wanted.has(id)) add(id, stretchesOf({ key: '', ...columns }, exponent));
    });
  }
  return found;
}
