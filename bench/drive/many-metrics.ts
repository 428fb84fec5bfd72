import { openDatabase } from '../../adapters/postgres/client.ts';
import { postgresMetricPacking } from '../../adapters/postgres/metrics/metric-packing.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import type { MetricPoint } from '../../operations/ports/metric-store.ts';
import { newRuns } from './curves.ts';

export interface ManyMetrics { readonly runs: number; readonly metrics: number; readonly steps: number }

const METRICS_A_SECTION = 50;
const nameOfMetric = (metric: number): string => `block_${Math.floor(metric / METRICS_A_SECTION)}/metric_${metric}`;

/** Finished runs of one new experiment, each with so many metrics, logged through the store and packed as upkeep packs them. Answers the experiment's key. */
export async function logManyMetrics(url: string, databaseUrl: string, size: ManyMetrics): Promise<string> {
  const runIds = await newRuns(url, size.runs);
  const database = openDatabase(databaseUrl, 4);
  try {
    const store = postgresMetricStore(database, { publish: () => {} });
    const packing = postgresMetricPacking(database, { restMs: -1 });
    for (const [seed, runId] of runIds.entries()) {
      await store.append(runId, pointsOf(seed, size));
      await packing.pack(runId);
    }
    await database.pool.query("UPDATE runs SET status = 'FINISHED', ended_at = now() WHERE id = ANY($1::text[])", [runIds]);
    await database.pool.query('VACUUM ANALYZE metric_segments, metric_series');
    const { rows: [found] } = await database.pool.query<{ key: string }>(
      "SELECT p.key || '-' || e.number AS key FROM runs r JOIN experiments e ON e.id = r.experiment_id JOIN projects p ON p.id = e.project_id WHERE r.id = $1", [runIds[0]]);
    return found?.key ?? '';
  } finally {
    await database.close();
  }
}

const pointsOf = (seed: number, { metrics, steps }: ManyMetrics): readonly MetricPoint[] => Array.from({ length: metrics * steps }, (_, at) => {
  const [metric, step] = [Math.floor(at / steps), at % steps];
  return { key: nameOfMetric(metric), step: BigInt(step), timestamp: 1_700_000_000_000n + BigInt(step * 1000 + (seed % 7)), value: Math.fround(Math.exp(-step / steps) * (1 + (metric % 10)) + ((seed * 37 + step * 11) % 17) / 50) };
});
