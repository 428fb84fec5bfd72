import type { NatsConnection } from '@nats-io/transport-node';
import { liveMetrics, liveMetricsSubject, type LiveMetrics, type LiveSeries } from '../../contracts/messages/live-metrics.ts';
import type { LiveMetricsSource } from '../../operations/ports/change-feed.ts';
import type { LiveMetricsFeed, LoggedSegment, MetricColumns } from '../../operations/ports/metric-store.ts';
import { LiveRooms, type LiveOptions } from './live-rooms.ts';

/** Segments with more points travel as a hint to read the store: a NATS message holds 1 MB. */
const LARGEST_MESSAGE_IN_POINTS = 10_000;

/** Live points over core NATS: fast, and allowed to lose messages, as every reader resumes from the store. */
export function natsLiveMetrics(connection: NatsConnection, options: LiveOptions = {}): LiveMetricsFeed & LiveMetricsSource {
  const rooms = new LiveRooms<LiveMetrics>(connection, { subjectOf: liveMetricsSubject, schema: liveMetrics, lookAgain: (runId) => ({ runId, sequence: 0, series: null }) }, options);
  return {
    publish(runId, segment) { rooms.publish(runId, messageOf(runId, segment)); },
    subscribe: (runId, signal) => rooms.subscribe(runId, signal),
  };
}

function messageOf(runId: string, { sequence, series }: LoggedSegment): LiveMetrics {
  const points = series.reduce((sum, { values }) => sum + values.length, 0);
  return { runId, sequence, series: points > LARGEST_MESSAGE_IN_POINTS ? null : series.map(spoken) };
}

const spoken = ({ key, steps, timestamps, values }: MetricColumns): LiveSeries => ({
  key, steps: Array.from(steps, Number), timestamps: Array.from(timestamps, Number),
  values: Array.from(values, (value) => (Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity'))),
});
