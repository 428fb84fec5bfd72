import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { packedFrame, type FrameSeries } from './packed-frame.ts';

const METRICS = 10;
const STEPS = 1000;
/** Points of a frame. */
export const FRAME_POINTS = METRICS * STEPS;

/** A training that logs ten metrics at every step: frames that go on where the last one ended. */
export class Training {
  private readonly series: readonly FrameSeries[];
  private readonly noise: Float64Array;
  private step = 0;
  constructor(seed: number) {
    this.series = Array.from({ length: METRICS }, (_, at) => ({ key: `train/metric_${at}`, steps: new BigInt64Array(STEPS), timestamps: new BigInt64Array(STEPS), values: new Float64Array(STEPS) }));
    this.noise = Float64Array.from({ length: STEPS * 64 }, (_, at) => Math.fround(Math.sin(at * 12.9898 + seed) * 43_758.5453 % 1));
  }

  frame(): Uint8Array {
    const from = BigInt(this.step);
    const began = 1_700_000_000_000n + from * 20n;
    this.series.forEach(({ steps, timestamps, values }, metric) => {
      for (let at = 0; at < STEPS; at += 1) {
        steps[at] = from + BigInt(at);
        timestamps[at] = began + BigInt(at * 20);
      }
      const start = ((this.step / STEPS + metric * 7) % 63) * STEPS;
      values.set(this.noise.subarray(start, start + STEPS));
    });
    this.step += STEPS;
    return packedFrame(this.series);
  }
}

export interface Receipt { readonly points: number; readonly added: number; readonly acknowledged: number }

/** One stream of frames for so long, as fast as the server reads; resolves to the server's receipt. */
export async function streamFrames(url: string, seed: number, until: number): Promise<Receipt> {
  const training = new Training(seed);
  const outgoing = request(url, { method: 'POST', headers: { 'content-type': 'application/vnd.lemma.columns' } });
  const answered = once(outgoing, 'response') as Promise<[IncomingMessage]>;
  answered.catch(() => {});
  while (performance.now() < until) if (!outgoing.write(training.frame())) await once(outgoing, 'drain');
  outgoing.end();
  const [response] = await answered;
  let text = '';
  for await (const part of response.setEncoding('utf8')) text += String(part);
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode}: ${text.slice(0, 300)}`);
  return JSON.parse(text) as Receipt;
}

/** Points a second that the generator can send to a server that reads them and does nothing. */
export async function frameCeiling(streams: number, durationMs: number): Promise<number> {
  let bytes = 0;
  const server = createServer((incoming, response) => {
    incoming.on('data', (part: Buffer) => { bytes += part.length; }).on('end', () => { response.end('{}'); });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  try {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const began = performance.now();
    await Promise.all(Array.from({ length: streams }, (_, seed) => streamFrames(url, seed, began + durationMs)));
    return (bytes / 24) * 1000 / (performance.now() - began);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
