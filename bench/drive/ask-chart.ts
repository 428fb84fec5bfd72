import { tableFromIPC } from 'apache-arrow';
import { CURVE } from './curves.ts';

/** Milliseconds of each ask: from sending the request until the last byte of the answer is here, connection and loopback included. */
export async function chartTimes(url: string, ask: { readonly runs: readonly string[]; readonly maxPoints: number }, times: number): Promise<readonly number[]> {
  const once = async (): Promise<Uint8Array> => {
    const response = await fetch(`${url}/api/v1/metrics`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...ask, keys: [CURVE] }) });
    if (!response.ok) throw new Error(`the chart answered ${response.status}: ${await response.text()}`);
    return new Uint8Array(await response.arrayBuffer());
  };
  const rows = tableFromIPC(await once()).numRows;
  if (rows < ask.runs.length * ask.maxPoints * 0.9 || rows > ask.runs.length * ask.maxPoints) throw new Error(`A chart of ${ask.runs.length} runs at ${ask.maxPoints} points each holds ${rows} points.`);
  for (let warm = 0; warm < 5; warm += 1) await once();
  return timesOf(once, times);
}

/** The same of MLflow's bulk history, which samples every so manieth point. */
export function mlflowChartTimes(url: string, ask: { readonly runs: readonly string[]; readonly maxPoints: number }, times: number): Promise<readonly number[]> {
  const query = new URLSearchParams([...ask.runs.map((run) => ['run_ids', run]), ['metric_key', CURVE], ['max_results', String(ask.maxPoints)]]);
  return timesOf(async () => {
    const response = await fetch(`${url}/ajax-api/2.0/mlflow/metrics/get-history-bulk-interval?${query}`);
    if (!response.ok) throw new Error(`MLflow's bulk history answered ${response.status}: ${await response.text()}`);
    await response.arrayBuffer();
  }, times);
}

async function timesOf(ask: () => Promise<unknown>, times: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let at = 0; at < times; at += 1) {
    const began = performance.now();
    await ask();
    taken.push(performance.now() - began);
  }
  return taken;
}
