import type { LoggedSegment } from '../../operations/ports/metric-store.ts';
import { InMemoryMetricStore } from '../fakes/in-memory-metric-store.ts';
import { metricStoreContract } from './metric-store.ts';

metricStoreContract('in memory', () => {
  const published: { runId: string; segment: LoggedSegment }[] = [];
  return { store: new InMemoryMetricStore({ publish: (runId, segment) => published.push({ runId, segment }) }), published };
});
