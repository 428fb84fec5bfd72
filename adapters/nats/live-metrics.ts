import type { NatsConnection } from '@nats-io/transport-node';
import { liveMetrics, liveMetricsSubject, type LiveMetrics, type LiveSeries } from '../../contracts/messages/live-metrics.ts';
import type { LiveMetricsSource } from '../../operations/ports/change-feed.ts';
import type { LiveMetricsFeed, MetricColumns } from '../../operations/ports/metric-store.ts';
import { LivePace } from './live-pace.ts';
import { LiveRooms, type LiveOptions } from './live-rooms.ts';

/** Live points over core NATS: fast, and allowed to lose messages, as every reader resumes from the store. */
export function natsLiveMetrics(connection: NatsConnection, options: LiveOptions = {}): LiveMetricsFeed & LiveMetricsSource {
  const rooms = new LiveRooms<LiveMetrics>(connection, { subjectOf: liveMetricsSubject, schema: liveMetrics, lookAgain: (runId) => ({ runId, sequence: 0, series: null }) }, options);
  const pace = new LivePace((runId, sequence) => { rooms.publish(runId, { runId, sequence, series: null }); });
  return {
    publish(runId, { sequence, series }) {
      const points = series.reduce((sum, { values }) => sum + values.length, 0);
      if (pace.mayTell(runId, sequence, points)) rooms.publish(runId, { runId, sequence, series: series.map(spoken) });
    },
    subscribe: (runId, signal) => rooms.subscribe(runId, signal),
  };
}

const spoken = ({ key, steps, timestamps, values }: MetricColumns): LiveSeries => ({
  key, steps: Array.from(steps, Number), timestamps: Array.from(timestamps, Number),
  values: Array.from(values, (value) => (Number.isFinite(value) ? value : (String(value) as 'NaN' | 'Infinity' | '-Infinity'))),
});
