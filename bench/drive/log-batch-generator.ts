import { BatchRequest } from './batch-request.ts';
import { HttpStream } from './http-stream.ts';
import type { Load, LoadResult } from './log-batch.ts';
import { track } from './track.ts';

/** The program `logBatchLoad` starts: a process of its own, so that neither the bench nor a server's event loop gets in its way. */
const load = JSON.parse(process.argv[2] ?? '') as Load;
const address = new URL(load.url);

async function run(): Promise<LoadResult> {
  const { newExperiment, newRun } = track(load.url);
  const experimentId = await newExperiment();
  const runIds = await Promise.all(Array.from({ length: load.clients }, () => newRun(experimentId)));
  const waits: number[] = [];
  const filling = load.batches !== undefined;
  const from = performance.now() + (filling ? 0 : load.warmMs);
  const until = filling ? Infinity : from + load.durationMs;
  await Promise.all(runIds.map(async (runId) => {
    const stream = await HttpStream.open(load.url);
    const request = new BatchRequest(address, runId, load.points);
    let left = load.batches ?? Infinity;
    for (let sent = performance.now(); sent < until && left > 0; sent = performance.now()) {
      left -= 1;
      const { status, body } = await stream.send(request.next());
      if (status !== 200) throw new Error(`log-batch answered ${status}: ${body.slice(0, 300)}`);
      const now = performance.now();
      // What is answered in the window counts, whenever it was sent.
      if (now >= from && now < until) waits.push(now - sent);
    }
    stream.close();
  }));
  waits.sort((a, b) => a - b);
  const at = (share: number): number => waits[Math.min(waits.length - 1, Math.floor(share * waits.length))] ?? Number.NaN;
  return { pointsPerSecond: (waits.length * load.points * 1000) / (filling ? performance.now() - from : load.durationMs), p50Ms: at(0.5), p95Ms: at(0.95) };
}

run().then((result) => process.send?.({ result }), (error: unknown) => process.send?.({ problem: error instanceof Error ? error.message : String(error) })).finally(() => process.disconnect());
