import { comparePlaces, placeAt, type MetricColumns } from '../../../domain/metrics/series.ts';
import { exponentFor, stretchesOf, type MetricStretches } from '../../../domain/metrics/stretches.ts';
import { thin } from '../../../domain/metrics/thin.ts';
import { isSingles } from './column-codec.ts';
import type { PackedSeries } from './packed-segment.ts';

// What is packed, and into which rows, is decided here, without touching the database.

/** A series with at least so many points in one packing gets rows of its own, so that a chart reads nothing else. */
const OWN_ROW = 4_096;
/** At most so many points a row: what reading one point costs at most. */
export const LARGEST_ROW = 65_536;
/** At most so many series a row: a page of charts asks for a dozen of a thousand, and a row is opened whole. */
const MOST_SERIES = 128;
/** A row of one series with at least so many points is not packed again. */
export const FULL_ROW = LARGEST_ROW / 2;

/** A row of the log as far as the choice needs it. */
export interface Packable { readonly sequence: number; readonly points: number; readonly packed: boolean; readonly series: number }

/**
 * Which of a run's rows (in order of the log) are packed now: all that came since the last time, at most `room` points of them, and of what was packed before, newest first,
 * whatever is not at least twice as large as all that is newer, so that each point is packed again only a logarithmic number of times (O'Neil et al., "The log-structured
 * merge-tree", Acta Informatica 33, 1996). `all`: everything that is not full; for a run that rests.
 */
export function chooseRows<Row extends Packable>(rows: readonly Row[], room: number, all: boolean): readonly Row[] {
  const chosen: Row[] = [];
  let points = 0;
  for (const row of rows.filter(({ packed }) => !packed)) {
    if (points + row.points > room && chosen.length > 0) break;
    chosen.push(row);
    points += row.points;
  }
  const before = [...Map.groupBy(rows.filter((row) => row.packed && !isFull(row)), ({ sequence }) => sequence).values()].toReversed();
  for (const generation of before) {
    const size = generation.reduce((sum, row) => sum + row.points, 0);
    if ((!all && size > 2 * points) || points + size > room) break;
    chosen.push(...generation);
    points += size;
  }
  return chosen.length > 1 || chosen.some(({ packed }) => !packed) ? chosen : [];
}

const isFull = (row: Packable): boolean => row.series === 1 && row.points >= FULL_ROW;

/** One row to write: its series, and of a long one what charts read instead of it: the thinned series, and its means and counts. */
export interface PackedRow {
  readonly seriesIds: readonly string[];
  readonly series: readonly PackedSeries[];
  readonly overview: MetricColumns | null;
  readonly stretches: MetricStretches | null;
}

/** Pieces of every series, put together into as few rows as may be. */
export function packedRows(pieces: ReadonlyMap<string, readonly PackedSeries[]>): readonly PackedRow[] {
  const rows: PackedRow[] = [];
  let shared: { ids: string[]; series: PackedSeries[]; points: number } = { ids: [], series: [], points: 0 };
  const finish = () => {
    if (shared.ids.length > 0) rows.push({ seriesIds: shared.ids, series: shared.series, overview: null, stretches: null });
    shared = { ids: [], series: [], points: 0 };
  };
  for (const [id, own] of pieces) {
    const whole = mergePieces(own);
    const points = whole.values.length;
    if (points >= OWN_ROW) {
      rows.push(...cut(whole).map((series): PackedRow => ({ seriesIds: [id], series: [series], overview: overviewOf(series), stretches: stretchesBeside(series) })));
      continue;
    }
    if (shared.points + points > LARGEST_ROW || shared.ids.length === MOST_SERIES) finish();
    shared.ids.push(id);
    shared.series.push(whole);
    shared.points += points;
  }
  finish();
  return rows;
}

/** Equal stretches of at most LARGEST_ROW points. */
function cut(series: PackedSeries): PackedSeries[] {
  const points = series.values.length;
  const stretches = Math.ceil(points / LARGEST_ROW);
  return Array.from({ length: stretches }, (_, at) => slice(series, Math.floor((at * points) / stretches), Math.floor(((at + 1) * points) / stretches)));
}

const slice = ({ sequences, steps, timestamps, values }: PackedSeries, from: number, to: number): PackedSeries =>
  ({ sequences: sequences.subarray(from, to), steps: steps.subarray(from, to), timestamps: timestamps.subarray(from, to), values: values.subarray(from, to) });

/** An overview has at most one of so many points … */
export const FINEST = 8;
/** … and at most so many. */
export const LARGEST_OVERVIEW = 2_048;
/** How many points an overview of a row with so many points has at most. */
export const overviewPoints = (points: number): number => Math.min(Math.floor(points / FINEST), LARGEST_OVERVIEW);

const overviewOf = (series: PackedSeries): MetricColumns => thin({ key: '', ...series }, overviewPoints(series.values.length));

/** A row's steps fall into at most so many stretches, the finest that do. */
export const MOST_STRETCHES = 1_024;

function stretchesBeside(series: PackedSeries): MetricStretches {
  const exponent = exponentFor(series.steps.at(0) ?? 0n, series.steps.at(-1) ?? 0n, MOST_STRETCHES);
  const stretches = stretchesOf({ key: '', ...series }, exponent);
  // Means of float32 values say no more than float32 holds; kept as such they take half the room.
  return isSingles(series.values) && stretches.means.every((mean) => Number.isFinite(Math.fround(mean)) || Number.isNaN(mean)) ? { ...stretches, means: stretches.means.map(Math.fround) } : stretches;
}

/** Pieces of one series, no point twice, as one piece in the order of the series. */
function mergePieces(pieces: readonly PackedSeries[]): PackedSeries {
  const filled = pieces.filter(({ values }) => values.length > 0).toSorted((a, b) => comparePlaces(placeIn(a, 0), placeIn(b, 0)));
  const whole = concatenated(filled);
  const inOrder = filled.every((piece, at) => at === 0 || comparePlaces(lastOf(filled[at - 1] ?? piece), placeIn(piece, 0)) < 0);
  return inOrder ? whole : sorted(whole);
}

const placeIn = (piece: PackedSeries, at: number) => placeAt({ key: '', ...piece }, at);
const lastOf = (piece: PackedSeries) => placeIn(piece, piece.values.length - 1);

function concatenated(pieces: readonly PackedSeries[]): PackedSeries {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  const whole = emptyPiece(pieces.reduce((sum, { values }) => sum + values.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.sequences.set(piece.sequences, at);
    whole.steps.set(piece.steps, at);
    whole.timestamps.set(piece.timestamps, at);
    whole.values.set(piece.values, at);
    at += piece.values.length;
  }
  return whole;
}

const emptyPiece = (points: number): PackedSeries =>
  ({ sequences: new Float64Array(points), steps: new BigInt64Array(points), timestamps: new BigInt64Array(points), values: new Float64Array(points) });

function sorted(series: PackedSeries): PackedSeries {
  const places = Array.from({ length: series.values.length }, (_, at) => ({ at, ...placeIn(series, at) })).toSorted(comparePlaces);
  const result = emptyPiece(places.length);
  places.forEach(({ at, step, timestamp, value }, to) => {
    result.sequences[to] = series.sequences[at] ?? 0;
    result.steps[to] = step;
    result.timestamps[to] = timestamp;
    result.values[to] = value;
  });
  return result;
}
