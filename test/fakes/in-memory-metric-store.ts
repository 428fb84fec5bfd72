import type { LiveMetricsFeed, LoggedSegment, MetricColumns, MetricPoint, MetricStore, MetricSummary, SeriesRequest } from '../../operations/ports/metric-store.ts';
import { checkPoints, comparePlaces, compareValues, pack } from '../../domain/metrics/series.ts';
import { thin } from '../../domain/metrics/thin.ts';

interface Log { readonly points: MetricPoint[]; readonly known: Set<string>; readonly segments: LoggedSegment[] }

/** The plainest possible MetricStore: a list of points a run. Kept honest by test/contract/metric-store.test.ts. */
export class InMemoryMetricStore implements MetricStore {
  private readonly logs = new Map<string, Log>();
  private readonly feed: LiveMetricsFeed | undefined;
  constructor(feed?: LiveMetricsFeed) {
    this.feed = feed;
  }

  append(runId: string, points: readonly MetricPoint[]): Promise<number> {
    try {
      checkPoints(points);
    } catch (refusal) {
      return Promise.reject(refusal instanceof Error ? refusal : new Error(String(refusal)));
    }
    const log = this.logs.get(runId) ?? { points: [], known: new Set(), segments: [] };
    this.logs.set(runId, log);
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
    return Promise.resolve(added.length);
  }

  summaries(runIds: readonly string[], keys?: readonly string[]): Promise<ReadonlyMap<string, readonly MetricSummary[]>> {
    return Promise.resolve(this.each(runIds, (log) => columnsOf(wanted(log.points, keys)).map(summaryOf)));
  }

  series({ runIds, keys, maxPoints }: SeriesRequest): Promise<ReadonlyMap<string, readonly MetricColumns[]>> {
    return Promise.resolve(this.each(runIds, (log) => columnsOf(wanted(log.points, keys)).map((columns) => (maxPoints === undefined ? columns : thin(columns, maxPoints)))));
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

  private each<T>(runIds: readonly string[], read: (log: Log) => readonly T[]): Map<string, readonly T[]> {
    return new Map(runIds.flatMap((runId) => {
      const log = this.logs.get(runId);
      const found = log ? read(log) : [];
      return found.length > 0 ? [[runId, found] as const] : [];
    }));
  }
}

const wanted = (points: readonly MetricPoint[], keys?: readonly string[]): readonly MetricPoint[] =>
  (keys ? points.filter((point) => keys.includes(point.key)) : points);

function columnsOf(points: readonly MetricPoint[]): MetricColumns[] {
  const keys = [...new Set(points.map((point) => point.key))].toSorted();
  return keys.map((key) => pack(key, points.filter((point) => point.key === key).toSorted(comparePlaces)));
}

function summaryOf({ key, steps, timestamps, values }: MetricColumns): MetricSummary {
  const numbers = [...values].filter((value) => !Number.isNaN(value));
  return {
    key,
    count: values.length,
    lastStep: steps.at(-1) ?? 0n,
    lastTimestamp: timestamps.at(-1) ?? 0n,
    lastValue: values.at(-1) ?? NaN,
    minValue: numbers.length > 0 ? numbers.reduce((a, b) => (compareValues(b, a) < 0 ? b : a)) : null,
    maxValue: numbers.length > 0 ? numbers.reduce((a, b) => (compareValues(b, a) > 0 ? b : a)) : null,
  };
}
