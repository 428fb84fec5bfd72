import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Clients that each log batch after batch to a run of their own, on one kept-alive connection each. */
export interface Load {
  readonly url: string;
  readonly clients: number;
  /** Points a batch; MLflow allows 1,000. */
  readonly points: number;
  /** Load before the clock starts: connections, caches and compilers of either side. */
  readonly warmMs: number;
  readonly durationMs: number;
  /** So many batches of each client instead, however long they take, and no warm-up: to fill a store. */
  readonly batches?: number;
}

export interface LoadResult {
  /** Acknowledged ones. */
  readonly pointsPerSecond: number;
  /** A batch, from sending it to its answer. */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

/** Puts the load on a server that speaks the MLflow protocol. Fails when a batch is refused. */
export async function logBatchLoad(load: Load): Promise<LoadResult> {
  const generator = program('log-batch-generator.ts', [JSON.stringify(load)]);
  try {
    const [answer] = (await once(generator, 'message')) as [{ readonly result: LoadResult } | { readonly problem: string }];
    if ('problem' in answer) throw new Error(answer.problem);
    return answer.result;
  } finally {
    generator.kill('SIGKILL');
  }
}

/** The same load against a server that does nothing. */
export async function generatorCeiling(load: Omit<Load, 'url'>): Promise<LoadResult> {
  const server = await nothingServer();
  try {
    return await logBatchLoad({ ...load, url: server.url });
  } finally {
    server.stop();
  }
}

/** A server that reads what it is sent and answers, and nothing else. */
export async function nothingServer(): Promise<{ readonly url: string; stop(): void }> {
  const server = program('nothing-server.ts', []);
  const [url] = (await once(server, 'message')) as [string];
  return { url, stop: () => { server.kill('SIGKILL'); } };
}

const program = (file: string, args: readonly string[]): ChildProcess => fork(fileURLToPath(new URL(file, import.meta.url)), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
