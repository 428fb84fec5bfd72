import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Points a batch: MLflow's own limit. */
export const BATCH = 1000;
const KEYS = 10;

/** Points acknowledged a second by a server that speaks the MLflow protocol, with `clients` that each log batch after batch to a run of their own. */
export async function logBatchRate(url: string, clients: number, durationMs: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const experimentId = await newExperiment(url, agent);
  const runIds = await Promise.all(Array.from({ length: clients }, () => newRun(url, agent, experimentId)));
  let points = 0;
  const began = performance.now();
  const until = began + durationMs;
  await Promise.all(runIds.map(async (runId) => {
    for (let batch = 0; performance.now() < until; batch += 1) {
      await post(`${url}/api/2.0/mlflow/runs/log-batch`, agent, batchBody(runId, batch));
      points += BATCH;
    }
  }));
  const rate = (points * 1000) / (performance.now() - began);
  agent.destroy();
  return rate;
}

/** The same load against a server that reads the body and answers: what the generator itself can do. */
export async function generatorCeiling(clients: number, durationMs: number): Promise<number> {
  const server = createServer((incoming, response) => {
    incoming.resume().on('end', () => response.setHeader('content-type', 'application/json').end('{"experiment_id":"1","run":{"info":{"run_id":"0"}}}'));
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  try {
    return await logBatchRate(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, clients, durationMs);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function batchBody(runId: string, batch: number): string {
  const firstStep = (batch * BATCH) / KEYS;
  const metrics: string[] = [];
  for (let index = 0; index < BATCH; index += 1) {
    const step = firstStep + Math.floor(index / KEYS);
    metrics.push(`{"key":"metric_${index % KEYS}","value":${Math.sin(step) + index},"timestamp":${1_700_000_000_000 + step},"step":${step}}`);
  }
  return `{"run_id":"${runId}","metrics":[${metrics.join(',')}]}`;
}

async function newExperiment(url: string, agent: Agent): Promise<string> {
  const name = `bench-${process.pid}-${performance.now().toFixed(3)}`;
  return (JSON.parse(await post(`${url}/api/2.0/mlflow/experiments/create`, agent, JSON.stringify({ name }))) as { experiment_id: string }).experiment_id;
}

async function newRun(url: string, agent: Agent, experimentId: string): Promise<string> {
  const body = JSON.stringify({ experiment_id: experimentId, start_time: Date.now(), run_name: 'bench' });
  return (JSON.parse(await post(`${url}/api/2.0/mlflow/runs/create`, agent, body)) as { run: { info: { run_id: string } } }).run.info.run_id;
}

function post(url: string, agent: Agent, body: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) } }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => { text += part; }).on('error', reject).on('end', () => {
        if (response.statusCode === 200) resolve(text);
        else reject(new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 300)}`));
      });
    });
    outgoing.on('error', reject).end(body);
  });
}
