import { seriesOf } from '../../../domain/metrics/given-columns.ts';
import { checkPoints, columnsOf } from '../../../domain/metrics/series.ts';
import type { LiveMetricsFeed, LoggedSegment, MetricColumns, MetricStore } from '../../../operations/ports/metric-store.ts';
import type { Database } from '../client.ts';
import { Committer, type CommitterOptions } from './committer.ts';
import { readAcknowledged, readPosition, readSince } from './read-log.ts';
import { readSeries, streamSeries } from './read-series.ts';
import { readStretches } from './read-stretches.ts';
import { readNames, readOrigins, readSummaries } from './read-summaries.ts';
import { UnpackedRows } from './unpacked-rows.ts';
import { deleteRuns, mayBeOneAppendsFault, writeAppends } from './write-appends.ts';

/** What an append takes in memory beside its points, in points: a flood of tiny batches must not slip past the bound. */
const POINTS_AN_APPEND_IS_WORTH = 50;

const pointsOf = (series: readonly MetricColumns[]): number => series.reduce((sum, { values }) => sum + values.length, 0);

/** Metric series as columnar segments in Postgres. What is committed is published on `feed`. See docs/decisions/0040-metric-segments.md. */
export function postgresMetricStore({ pool }: Pick<Database, 'pool'>, feed: LiveMetricsFeed, limits: Partial<CommitterOptions> = {}): MetricStore {
  const writing = { pool, unpacked: new UnpackedRows(), publish: (runId: string, segment: LoggedSegment) => feed.publish(runId, segment) };
  const committer = new Committer({
    write: (appends) => writeAppends(writing, appends),
    mayBeOneAppendsFault,
    ...limits,
  });
  return {
    async append(runId, points) {
      checkPoints(points);
      if (points.length === 0) return 0;
      return committer.append(points.length + POINTS_AN_APPEND_IS_WORTH, () => ({ runId, series: columnsOf(points), place: null }));
    },
    async appendColumns(runId, given, place) {
      const series = seriesOf(given);
      if (series.length === 0 && place === undefined) return 0;
      return committer.append(pointsOf(series) + POINTS_AN_APPEND_IS_WORTH, () => ({ runId, series, place: place ?? null }));
    },
    acknowledged: (runId, stream) => readAcknowledged(pool, runId, stream),
    summaries: (runIds, keys) => readSummaries(pool, runIds, keys),
    names: (groups) => readNames(pool, groups),
    series: (request) => readSeries(pool, request),
    stream: (request) => streamSeries(pool, request),
    stretches: (request) => readStretches(pool, request),
    origins: (runIds) => readOrigins(pool, runIds),
    since: (runId, sequence, limit) => readSince(pool, runId, sequence, limit),
    position: (runId) => readPosition(pool, runId),
    delete: (runIds) => deleteRuns(pool, runIds),
  };
}
