import { comparePlaces, mergeColumns, placeAt, withoutPoints, type MetricColumns } from '../../../domain/metrics/series.ts';
import { extendState, lastPlace, type SeriesState } from '../../../domain/metrics/summary.ts';
import type { LoggedSegment } from '../../../operations/ports/metric-store.ts';
import type { Flush, NewSegment, Overlap, SegmentRow, StoredSeries } from './append-statements.ts';
import type { ClientStreams } from './client-streams.ts';
import type { Append, Outcome } from './committer.ts';
import { decodePackedColumns } from './packed-segment.ts';
import { decodeSegment, encodeSegment, segmentBytes, type SegmentColumns } from './segment.ts';

// What a flush writes is decided here, without touching the database.

export type Stored = ReadonlyMap<string, ReadonlyMap<string, StoredSeries>>;

const storedOf = (stored: Stored, runId: string, key: string): StoredSeries => {
  const found = stored.get(runId)?.get(key);
  if (!found) throw new Error(`Series "${key}" of run ${runId} was not read before its flush.`);
  return found;
};

/** Points that all come after the last one are new without looking; training logs nearly always like this. */
const comesAfter = (columns: MetricColumns, state: SeriesState | null): boolean => state === null || comparePlaces(placeAt(columns, 0), lastPlace(state)) > 0;

/** Points of a series that came and may be stored already: only where a batch reaches back behind the series' end. */
export interface ReachingBack { readonly runId: string; readonly id: string; readonly columns: MetricColumns }

export const reachingBack = (appends: readonly Append[], stored: Stored): readonly ReachingBack[] => appends.flatMap(({ runId, series }) => series.flatMap((columns) => {
  const { id, state } = storedOf(stored, runId, columns.key);
  return comesAfter(columns, state) ? [] : [{ runId, id, columns }];
}));

/** Of each run, the stretch of stored points that must be looked at. */
export const overlapsOf = (behind: readonly ReachingBack[]): readonly Overlap[] => [...Map.groupBy(behind, ({ runId }) => runId)].map(([runId, own]) =>
  ({ runId, seriesIds: new Set(own.map(({ id }) => id)), ...extentOf(own.map(({ columns }) => columns)) }));

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

type Extent = Pick<Overlap, 'firstStep' | 'lastStep' | 'firstTimestamp' | 'lastTimestamp'>;

export function extentOf(series: readonly SegmentColumns[]): Extent {
  let [firstStep, lastStep, firstTimestamp, lastTimestamp] = [2n ** 63n, -(2n ** 63n), 2n ** 63n, -(2n ** 63n)];
  for (const { steps, timestamps } of series) {
    if (steps.length === 0) continue;
    // Steps of a series are in order; timestamps need not be.
    firstStep = smaller(firstStep, steps.at(0) ?? firstStep);
    lastStep = larger(lastStep, steps.at(-1) ?? lastStep);
    const [first, last] = leastAndMost(timestamps);
    firstTimestamp = smaller(firstTimestamp, first);
    lastTimestamp = larger(lastTimestamp, last);
  }
  return { firstStep, lastStep, firstTimestamp, lastTimestamp };
}

function leastAndMost(timestamps: BigInt64Array): readonly [bigint, bigint] {
  let [least, most] = [timestamps[0] ?? 0n, timestamps[0] ?? 0n];
  // By index: an iterator makes a bigint on the heap of each.
  for (let at = 1; at < timestamps.length; at += 1) {
    const timestamp = timestamps[at] ?? 0n;
    if (timestamp < least) least = timestamp;
    else if (timestamp > most) most = timestamp;
  }
  return [least, most];
}

export const columnsOfRow = ({ packed, data }: Pick<SegmentRow, 'packed' | 'data'>): readonly SegmentColumns[] => 
  (packed ? decodePackedColumns(data) : decodeSegment(data));

/** Stored points by series id, from the segments of the overlaps. */
export function pointsBySeries(rows: readonly SegmentRow[], wanted: ReadonlySet<string>): Map<string, MetricColumns[]> {
  const found = new Map<string, MetricColumns[]>();
  for (const row of rows) {
    columnsOfRow(row).forEach((columns, at) => {
      const id = row.series_ids[at];
      if (id === undefined || !wanted.has(id)) return;
      const pieces = found.get(id) ?? [];
      pieces.push({ key: id, ...columns });
      found.set(id, pieces);
    });
  }
  return found;
}

export interface FlushPlan {
  readonly flush: Flush;
  /** How many points of each append were new, or why it is left out. */
  readonly outcomes: readonly Outcome[];
  readonly published: readonly { readonly runId: string; readonly segment: LoggedSegment }[];
}

interface Running { readonly id: string; readonly runId: string; state: SeriesState | null; pieces: MetricColumns[]; changed: boolean }

/** What the database knows of the appends' runs, read under their locks. */
export interface Known {
  readonly stored: Stored;
  readonly heads: ReadonlyMap<string, number>;
  /** By series id, the points that were sent again. */
  readonly known: ReadonlyMap<string, readonly MetricColumns[]>;
  readonly streams: ClientStreams;
}

/** Goes through the appends in order, each seeing the ones before it. */
export function planFlush(appends: readonly Append[], { stored, heads, known, streams }: Known): FlushPlan {
  const running = new Map<string, Running>();
  const sequences = new Map(heads);
  const published: { runId: string; segment: LoggedSegment; ids: readonly string[] }[] = [];
  const outcomes = appends.map(({ runId, series, place }): Outcome => {
    const refusal = place && streams.moveOn(runId, place);
    if (refusal) return refusal;
    const fresh = series.flatMap((columns) => {
      const { id, state } = storedOf(stored, runId, columns.key);
      const own = running.get(id) ?? { id, runId, state, pieces: [...(known.get(id) ?? [])], changed: false };
      running.set(id, own);
      const news = comesAfter(columns, own.state) ? columns : withoutPoints(columns, mergeColumns(columns.key, own.pieces));
      if (news.values.length === 0) return [];
      own.pieces.push(news);
      own.state = extendState(own.state, news);
      own.changed = true;
      return [{ id, columns: news }];
    });
    if (fresh.length > 0) {
      const sequence = (sequences.get(runId) ?? 0) + 1;
      sequences.set(runId, sequence);
      published.push({ runId, segment: { sequence, series: fresh.map(({ columns }) => columns) }, ids: fresh.map(({ id }) => id) });
    }
    return fresh.reduce((sum, { columns }) => sum + columns.values.length, 0);
  });
  const changed = [...running.values()].flatMap(({ id, runId, state, changed: isChanged }) => (state && isChanged ? [{ id, runId, state }] : []));
  return { outcomes, published, flush: { series: changed, streams: streams.moved(), heads: new Map([...sequences].filter(([runId, sequence]) => heads.get(runId) !== sequence)), ...packed(published) } };
}

function packed(published: readonly { readonly runId: string; readonly segment: LoggedSegment; readonly ids: readonly string[] }[]): Pick<Flush, 'segments' | 'data'> {
  const sizes = published.map(({ segment }) => segmentBytes(segment.series));
  // Its own memory, not a slice of Node's shared pool: typed arrays need a start on a multiple of 8.
  const data = Buffer.from(new ArrayBuffer(sizes.reduce((sum, each) => sum + each, 0)));
  let offset = 0;
  const segments = published.map(({ runId, segment, ids }): NewSegment => {
    const from = offset;
    offset += encodeSegment(segment.series, data.subarray(from));
    const points = segment.series.reduce((sum, { values }) => sum + values.length, 0);
    return { runId, sequence: segment.sequence, seriesIds: ids, ...extentOf(segment.series), points, offset: from, length: offset - from };
  });
  return { segments, data };
}
