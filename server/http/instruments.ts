import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** What Prometheus is told at /metrics. Durations are in seconds, as Prometheus has them. */
export interface Instruments {
  readonly registry: Registry;
  readonly requests: Counter<'door' | 'method' | 'status'>;
  readonly requestSeconds: Histogram<'door'>;
  readonly graphqlErrors: Counter<'code'>;
  readonly sockets: Gauge<'door'>;
  /** Points and batches that ingest doors acknowledged. */
  readonly ingestedPoints: Counter<'door'>;
  readonly ingestedBatches: Counter<'door'>;
}

export function makeInstruments(): Instruments {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: 10 });
  return {
    registry,
    requests: new Counter({ name: 'lemma_requests_total', help: 'Requests answered.', labelNames: ['door', 'method', 'status'], registers }),
    requestSeconds: new Histogram({ name: 'lemma_request_duration_seconds', help: 'Time to answer a request.', labelNames: ['door'], buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10], registers }),
    graphqlErrors: new Counter({ name: 'lemma_graphql_errors_total', help: 'GraphQL errors answered.', labelNames: ['code'], registers }),
    sockets: new Gauge({ name: 'lemma_sockets', help: 'Websockets open.', labelNames: ['door'], registers }),
    ingestedPoints: new Counter({ name: 'lemma_ingested_points_total', help: 'Metric points acknowledged.', labelNames: ['door'], registers }),
    ingestedBatches: new Counter({ name: 'lemma_ingested_batches_total', help: 'Batches of metric points acknowledged.', labelNames: ['door'], registers }),
  };
}
