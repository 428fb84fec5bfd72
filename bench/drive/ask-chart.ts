import { once as happened } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { tableFromIPC } from 'apache-arrow';
import { CURVE } from './curves.ts';

/** Milliseconds of each ask: from sending the request until the last byte of the answer is here, connection and loopback included. */
export async function chartTimes(url: string, ask: { readonly runs: readonly string[]; readonly maxPoints: number }, times: number): Promise<readonly number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const asked = async (): Promise<IncomingMessage> => {
    const asking = request(`${url}/api/v1/metrics`, { method: 'POST', agent, headers: { 'content-type': 'application/json' } });
    asking.end(JSON.stringify({ ...ask, keys: [CURVE] }));
    const [response] = (await happened(asking, 'response')) as [IncomingMessage];
    if (response.statusCode !== 200) throw new Error(`the chart answered ${response.statusCode}: ${(await buffer(response)).toString()}`);
    return response;
  };
  const rows = tableFromIPC(await buffer(await asked())).numRows;
  if (rows < ask.runs.length * ask.maxPoints * 0.9 || rows > ask.runs.length * ask.maxPoints) throw new Error(`A chart of ${ask.runs.length} runs at ${ask.maxPoints} points each holds ${rows} points.`);
  // Read and let go: what a client makes of the bytes is not the server's time.
  const whole = async (): Promise<void> => { await happened((await asked()).resume(), 'end'); };
  for (let warm = 0; warm < 5; warm += 1) await whole();
  const taken = await timesOf(whole, times);
  agent.destroy();
  return taken;
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
