import type { Api, As } from './api.ts';

export interface Logged {
  readonly params?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly metrics?: readonly { readonly key: string; readonly value: number | string; readonly step?: number; readonly timestamp?: number }[];
  readonly status?: 'FINISHED' | 'FAILED' | 'RUNNING';
}

/** Calls the MLflow door as a client does; fails with its words when it refuses. */
export async function mlflow<Answer>(api: Api, as: As, [method, path]: readonly ['GET' | 'POST', string], body?: unknown): Promise<Answer> {
  const response = await api.fetch(`/api/2.0/mlflow/${path}`, { method, as, ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${text}`);
  return JSON.parse(text === '' ? '{}' : text) as Answer;
}

/** The experiment of a name such as "vision/cutmix", made if need be; resolves to the number MLflow shows. */
export async function trackedExperiment(api: Api, as: As, name: string): Promise<string> {
  return (await mlflow<{ experiment_id: string }>(api, as, ['POST', 'experiments/create'], { name })).experiment_id;
}

/** A run with what was logged in it; resolves to its id. */
export async function trackedRun(api: Api, as: As, { experiment, name, ...logged }: Logged & { readonly experiment: string; readonly name?: string }): Promise<string> {
  const pairs = (record: Readonly<Record<string, string>> = {}) => Object.entries(record).map(([key, value]) => ({ key, value }));
  const created = await mlflow<{ run: { info: { run_id: string } } }>(api, as, ['POST', 'runs/create'], { experiment_id: experiment, start_time: 1_000, ...(name ? { run_name: name } : {}), tags: pairs(logged.tags) });
  const { run_id } = created.run.info;
  await logBatch(api, as, run_id, logged);
  if (logged.status) await mlflow(api, as, ['POST', 'runs/update'], { run_id, status: logged.status, end_time: 4_000 });
  return run_id;
}

export async function logBatch(api: Api, as: As, runId: string, { params = {}, metrics = [] }: Logged): Promise<void> {
  await mlflow(api, as, ['POST', 'runs/log-batch'], {
    run_id: runId,
    params: Object.entries(params).map(([key, value]) => ({ key, value })),
    metrics: metrics.map(({ key, value, step = 0, timestamp = 1_000 + step }) => ({ key, value, step, timestamp })),
  });
}
