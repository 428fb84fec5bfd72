import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** Somebody who means no good, or does not know better; at it until `signal` aborts, whatever is answered. */
export type Hostile = (target: { readonly url: string; readonly runId: string }, signal: AbortSignal) => Promise<void>;

interface Sent { readonly path: string; readonly type: string; readonly body: string | Buffer<ArrayBuffer> }
const LOG_BATCH = '/api/2.0/mlflow/runs/log-batch';
const JSON_TYPE = 'application/json';

/** Bytes that are no request, each on a connection of its own, and beside them requests that are none of the protocol of the door they come to, one after the other without a pause. */
const garbage: Hostile = async (target, signal) => { await Promise.all([noRequests(target, signal), badRequests(target, signal)]); };

const noRequests: Hostile = async ({ url }, signal) => {
  while (!signal.aborted) {
    const socket = await opened(url);
    socket.resume().end(randomBytes(2000));
    await closed(socket, signal);
  }
};

const badRequests: Hostile = async ({ url, runId }, signal) => {
  const door = `/api/v1/runs/${runId}/metrics`;
  const requests: readonly Sent[] = [
    { path: LOG_BATCH, type: JSON_TYPE, body: randomBytes(100_000).toString('latin1') },
    { path: LOG_BATCH, type: JSON_TYPE, body: `{"run_id":"x","metrics":[${'['.repeat(20_000)}` },
    { path: LOG_BATCH, type: JSON_TYPE, body: JSON.stringify({ run_id: 'x'.repeat(50_000), metrics: [{ key: {}, value: [] }] }) },
    { path: door, type: 'application/vnd.lemma.columns', body: randomBytes(100_000) },
    // Where a message should say how long it is, the largest length there is.
    { path: door, type: 'application/vnd.apache.arrow.stream', body: Buffer.concat([Buffer.from('ffffffffffffff7f', 'hex'), randomBytes(100_000)]) },
    { path: door, type: 'application/x-ndjson', body: '{"key":"loss","value":\n'.repeat(4_000) },
  ];
  while (!signal.aborted) {
    for (const request of requests) await posted(url, request, signal);
  }
};

/** Batches whose steps reach over a billion and back, so that each has to be held against everything the run has; and asks for all of that range. */
const billionSteps: Hostile = async ({ url, runId }, signal) => {
  const query = JSON.stringify({ query: 'query($id: ID!) { run(id: $id) { series(maxPoints: 1000000000) { key steps } } }', variables: { id: runId } });
  for (let round = 0; !signal.aborted; round += 1) {
    const metrics = Array.from({ length: 1000 }, (_, at) => ({ key: 'wide', value: at, timestamp: 1_700_000_000_000 + round, step: at * 1_000_000 + round }));
    await posted(url, { path: LOG_BATCH, type: JSON_TYPE, body: JSON.stringify({ run_id: runId, metrics }) }, signal);
    await posted(url, { path: '/graphql', type: JSON_TYPE, body: query }, signal);
  }
};

/** Asks for much on many connections and never reads a byte of an answer. */
const neverReads: Hostile = async ({ url, runId }, signal) => {
  const ask = `GET /api/2.0/mlflow/metrics/get-history?run_id=${runId}&metric_key=wide&max_results=25000 HTTP/1.1\r\nhost: ${new URL(url).host}\r\n\r\n`;
  const sockets = await Promise.all(Array.from({ length: 20 }, () => opened(url)));
  for (const socket of sockets) socket.pause().write(ask.repeat(200));
  await aborted(signal);
  for (const socket of sockets) socket.destroy();
};

/** Two hundred requests, each a byte at a time: half of them stay in their head, half in their body. */
const slowLoris: Hostile = async ({ url, runId }, signal) => {
  const head = `POST /api/2.0/mlflow/runs/log-batch HTTP/1.1\r\nhost: ${new URL(url).host}\r\ncontent-type: application/json\r\ncontent-length: 100000\r\n`;
  const sockets = await Promise.all(Array.from({ length: 200 }, () => opened(url)));
  sockets.forEach((socket, at) => socket.resume().write(at % 2 === 0 ? head : `${head}\r\n{"run_id":"${runId}","metrics":[`));
  while (!signal.aborted) {
    sockets.forEach((socket, at) => { if (socket.writable) socket.write(at % 2 === 0 ? 'x' : ' '); });
    await pause(100, undefined, { signal }).catch(() => {});
  }
  for (const socket of sockets) socket.destroy();
};

export const HOSTILES: Readonly<Record<string, Hostile>> = { 'garbage': garbage, 'a billion-step range': billionSteps, 'one that never reads': neverReads, 'slow-loris': slowLoris };

async function opened(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => socket.destroy());
  await Promise.race([once(socket, 'connect'), once(socket, 'close')]);
  return socket;
}

const aborted = (signal: AbortSignal): Promise<unknown> => (signal.aborted ? Promise.resolve() : once(signal, 'abort'));
const closed = (socket: Socket, signal: AbortSignal): Promise<unknown> => (socket.destroyed ? Promise.resolve() : Promise.race([once(socket, 'close'), aborted(signal)]));
const posted = (url: string, { path, type, body }: Sent, signal: AbortSignal): Promise<unknown> =>
  fetch(new URL(path, url), { method: 'POST', headers: { 'content-type': type }, body, signal }).then((response) => response.arrayBuffer()).catch(() => {});
