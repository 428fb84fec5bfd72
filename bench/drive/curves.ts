import { openDatabase } from '../../adapters/postgres/client.ts';
import { postgresMetricPacking } from '../../adapters/postgres/metrics/metric-packing.ts';
import { postgresMetricStore } from '../../adapters/postgres/metrics/metric-store.ts';
import type { MetricPoint } from '../../operations/ports/metric-store.ts';

export const CURVE = 'loss';

export interface Curves { readonly runs: number; readonly steps: number }

/** New runs of a server that speaks the MLflow protocol. */
export async function newRuns(url: string, count: number): Promise<readonly string[]> {
  const mlflow = async <Answer>(call: string, body: unknown): Promise<Answer> => {
    const response = await fetch(`${url}/api/2.0/mlflow/${call}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${call} answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const { experiment_id } = await mlflow<{ experiment_id: string }>('experiments/create', { name: `curves-${process.pid}-${performance.now()}` });
  const ids: string[] = [];
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(10, count - ids.length) }, () => mlflow<{ run: { info: { run_id: string } } }>('runs/create', { experiment_id, start_time: Date.now() }));
    ids.push(...(await Promise.all(some)).map(({ run }) => run.info.run_id));
  }
  return ids;
}

/** A noisy loss as float32 training logs it: falling, with a jittering clock. */
function curve(seed: number, { steps }: Curves): readonly MetricPoint[] {
  let noise = seed + 1;
  return Array.from({ length: steps }, (_, step) => {
    noise = (noise * 48_271) % 2_147_483_647;
    const value = Math.fround(2 * Math.exp((-5 * step) / steps) + (0.2 * noise) / 2_147_483_647);
    return { key: CURVE, step: BigInt(step), timestamp: 1_700_000_000_000n + BigInt(step * 100 + (noise % 17)), value };
  });
}

/** Logs a curve to each run through the store itself, and has the logs packed by the code that upkeep runs, so that nobody waits for a run to rest. */
export async function logCurves(databaseUrl: string, runIds: readonly string[], size: Curves): Promise<void> {
  const database = openDatabase(databaseUrl, 4);
  try {
    const store = postgresMetricStore(database, { publish: () => {} });
    const packing = postgresMetricPacking(database, { restMs: -1 });
    for (const [seed, runId] of runIds.entries()) {
      await store.append(runId, curve(seed, size));
      await packing.pack(runId);
    }
    await database.pool.query('VACUUM ANALYZE metric_segments');
    await database.pool.query('VACUUM ANALYZE metric_series');
  } finally {
    await database.close();
  }
}

/** The same number of points for the peer, written by its Postgres itself: logged through its door they would take hours. */
export async function copyCurvesToMlflow(databaseUrl: string, runIds: readonly string[], { steps }: Curves): Promise<{ readonly bytesPerPoint: number }> {
  const database = openDatabase(databaseUrl, 2);
  try {
    await database.pool.query(
      `INSERT INTO metrics (key, value, timestamp, run_uuid, step, is_nan)
       SELECT $1, (2 * exp(-5.0 * step / $3) + random() * 0.2)::float4::float8, 1700000000000 + step * 100 + (random() * 17)::int8, run, step, false
       FROM unnest($2::text[]) AS run, generate_series(0, $3::int8 - 1) AS step`,
      [CURVE, runIds, steps],
    );
    await database.pool.query('VACUUM ANALYZE metrics');
    const { rows } = await database.pool.query<{ bytes: string }>("SELECT pg_total_relation_size('metrics') AS bytes");
    return { bytesPerPoint: Number(rows[0]?.bytes) / (runIds.length * steps) };
  } finally {
    await database.close();
  }
}

/** Bytes on disk of all metric tables with their indexes for each point they hold, without the room that the points took before they were packed and that is used again. */
export async function bytesPerPoint(databaseUrl: string): Promise<number> {
  const database = openDatabase(databaseUrl, 2);
  try {
    for (const table of ['metric_segments', 'metric_series', 'metric_heads']) await database.pool.query(`VACUUM FULL ${table}`);
    const { rows } = await database.pool.query<{ bytes: string; points: string }>(
      `SELECT (SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('metric_segments')) + pg_total_relation_size('metric_series') + pg_total_relation_size('metric_heads') AS bytes, (SELECT sum(count) FROM metric_series) AS points`);
    return Number(rows[0]?.bytes) / Number(rows[0]?.points);
  } finally {
    await database.close();
  }
}
