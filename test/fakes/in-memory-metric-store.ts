import type { LiveMetricsFeed, LoggedSegment, MetricColumns, MetricPoint, MetricStore, MetricStretches, MetricSummary, RunSeries, SeriesRequest, StreamPlace, StretchesRequest } from '../../operations/ports/metric-store.ts';
import { acknowledgedAfter } from '../../domain/metrics/client-stream.ts';
import { seriesOf } from '../../domain/metrics/given-columns.ts';
import { extentOf, outward, WHOLE, within, type Extent, type MetricRange } from '../../domain/metrics/range.ts';
import { checkPoints, comparePlaces, compareValues, pack, placesOf } from '../../domain/metrics/series.ts';
import { stretchesIn, stretchesOf } from '../../domain/metrics/stretches.ts';
import { thin } from '../../domain/metrics/thin.ts';

interface Log { readonly points: MetricPoint[]; readonly known: Set<string>; readonly segments: LoggedSegment[]; readonly streams: Map<string, number> }

/** The plainest possible MetricStore: a list of points a run. Kept honest by test/contract/metric-store.test.ts. */
export class InMemoryMetricStore implements MetricStore {
  private readonly logs = new Map<string, Log>();
  private readonly feed: LiveMetricsFeed | undefined;
  constructor(feed?: LiveMetricsFeed) {
    this.feed = feed;
  }

  async append(runId: string, points: readonly MetricPoint[]): Promise<number> {
    checkPoints(points);
    return this.add(this.logOf(runId), runId, points);
  }

  async appendColumns(runId: string, given: readonly MetricColumns[], place?: StreamPlace): Promise<number> {
    const points = seriesOf(given).flatMap((columns) => placesOf(columns).map((point) => ({ key: columns.key, ...point })));
    const log = this.logOf(runId);
    if (place) log.streams.set(place.stream, acknowledgedAfter(log.streams.get(place.stream) ?? 0, place));
    return this.add(log, runId, points);
  }

  async acknowledged(runId: string, stream: string): Promise<number> {
    return this.logs.get(runId)?.streams.get(stream) ?? 0;
  }

  private logOf(runId: string): Log {
    const log = this.logs.get(runId) ?? { points: [], known: new Set(), segments: [], streams: new Map() };
    this.logs.set(runId, log);
    return log;
  }

  private add(log: Log, runId: string, points: readonly MetricPoint[]): number {
    const added = points.filter((point) => {
      const identity = JSON.stringify([point.key, String(point.step), String(point.timestamp), Object.is(point.value, -0) ? '-0' : String(point.value)]);
      if (log.known.has(identity)) return false;
      log.known.add(identity);
      return true;
    });
    if (added.length > 0) {
      log.points.push(...added);
      const segment = { sequence: log.segments.length + 1, series: columnsOf(added) };
      log.segments.push(segment);
      this.feed?.publish(runId, segment);
    }
    return added.length;
  }

  summaries(runIds: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly MetricSummary[]>> {
    return Promise.resolve(this.each(runIds, (log) => columnsOf(wanted(log.points, keys)).map(summaryOf)));
  }

  async names(groups: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
    const counted = await Promise.all([...groups].map(async ([group, runIds]) => {
      const keys = [...(await this.summaries(runIds)).values()].flat().map(({ key }) => key);
      return [group, new Map([...Map.groupBy(keys, (key) => key)].map(([key, own]) => [key, own.length]))] as const;
    }));
    return new Map(counted.filter(([, names]) => names.size > 0));
  }

  series({ maxPoints, ...choice }: SeriesRequest): Promise<ReadonlyMap<string, readonly MetricColumns[]>> {
    return this.read(choice, (columns, extent) => {
      const inside = within(columns, extent);
      return inside.values.length === 0 ? [] : [maxPoints === undefined ? inside : thin(inside, maxPoints)];
    });
  }

  async *stream(request: SeriesRequest): AsyncGenerator<RunSeries> {
    const found = await this.series(request);
    for (const runId of [...found.keys()].toSorted()) for (const columns of found.get(runId) ?? []) yield { runId, columns };
  }

  stretches({ exponent, ...choice }: StretchesRequest): Promise<ReadonlyMap<string, readonly MetricStretches[]>> {
    return this.read(choice, (columns, extent) => [stretchesIn(stretchesOf(columns, exponent), outward(extent, exponent))].filter(({ steps }) => steps.length > 0));
  }

  origins(runIds: readonly string[]): Promise<ReadonlyMap<string, bigint>> {
    return Promise.resolve(new Map(runIds.flatMap((runId) => {
      const origin = originOf(this.logs.get(runId)?.points ?? []);
      return origin === undefined ? [] : [[runId, origin] as const];
    })));
  }

  since(runId: string, sequence: number, limit: number): Promise<readonly LoggedSegment[]> {
    return Promise.resolve((this.logs.get(runId)?.segments ?? []).slice(sequence, sequence + limit));
  }

  position(runId: string): Promise<number> {
    return Promise.resolve(this.logs.get(runId)?.segments.length ?? 0);
  }

  delete(runIds: readonly string[]): Promise<void> {
    for (const runId of runIds) this.logs.delete(runId);
    return Promise.resolve();
  }

  private async read<T>({ runIds, keys, range }: Omit<SeriesRequest, 'maxPoints'>, part: (columns: MetricColumns, extent: Extent) => readonly T[]): Promise<ReadonlyMap<string, readonly T[]>> {
    extentWithin(range, []);
    return Promise.resolve(this.each(runIds, ({ points }) => columnsOf(wanted(points, keys)).flatMap((columns) => part(columns, extentWithin(range, points)))));
  }

  private each<T>(runIds: readonly string[], read: (log: Log) => readonly T[]): Map<string, readonly T[]> {
    return new Map(runIds.flatMap((runId) => {
      const log = this.logs.get(runId);
      const found = log ? read(log) : [];
      return found.length > 0 ? [[runId, found] as const] : [];
    }));
  }
}

const originOf = (points: readonly MetricPoint[]): bigint | undefined => points.reduce<bigint | undefined>((least, { timestamp }) => (least === undefined || timestamp < least ? timestamp : least), undefined);
const extentWithin = (range: MetricRange | undefined, points: readonly MetricPoint[]): Extent => (range ? extentOf(range, originOf(points) ?? 0n) : WHOLE);

const wanted = (points: readonly MetricPoint[], keys?: readonly string[]): readonly MetricPoint[] =>
  (keys ? points.filter((point) => keys.includes(point.key)) : points);

function columnsOf(points: readonly MetricPoint[]): MetricColumns[] {
  const keys = [...new Set(points.map((point) => point.key))].toSorted();
  return keys.map((key) => pack(key, points.filter((point) => point.key === key).toSorted(comparePlaces)));
}

function summaryOf({ key, steps, timestamps, values }: MetricColumns): MetricSummary {
  const numbers = [...values].filter((value) => !Number.isNaN(value));
  const lowest = numbers.length > 0 ? numbers.reduce((a, b) => (compareValues(b, a) < 0 ? b : a)) : null;
  const highest = numbers.length > 0 ? numbers.reduce((a, b) => (compareValues(b, a) > 0 ? b : a)) : null;
  const stepOf = (extreme: number | null): bigint | null => (extreme === null ? null : steps[values.findIndex((value) => Object.is(value, extreme))] ?? null);
  return {
    key,
    count: values.length,
    lastStep: steps.at(-1) ?? 0n,
    lastTimestamp: timestamps.at(-1) ?? 0n,
    lastValue: values.at(-1) ?? NaN,
    firstStep: steps.at(0) ?? 0n,
    minValue: lowest,
    maxValue: highest,
    minStep: stepOf(lowest),
    maxStep: stepOf(highest),
  };
}
