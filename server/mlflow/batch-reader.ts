import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { MlflowProblem, type ProblemCode } from './problem.ts';
import { readBatch, type ReadBatch } from './read-batch.ts';

/** A batch for a thread to read, and what it says. */
export interface Asked { readonly number: number; readonly bytes: Uint8Array }
export type Told =
  | { readonly number: number; readonly batch: ReadBatch }
  | { readonly number: number; readonly problem: { readonly code: ProblemCode; readonly message: string; readonly status: number } }
  | { readonly number: number; readonly error: unknown };

/** Smaller ones are read sooner than they are handed over, in bytes. */
const WORTH_A_THREAD = 32 * 1024;
const MOST_THREADS = Math.max(1, Math.min(4, availableParallelism() - 1));

interface Thread {
  readonly worker: Worker;
  readonly waiting: Map<number, { readonly settle: (told: Told) => void; readonly fail: (problem: Error) => void }>;
}

/**
 * Reads log-batch bodies. Large ones go to threads: the JSON of a body may have 32 MiB, and whoever waits for a page shall not wait for that.
 * Threads start with the first large body.
 */
export class BatchReader {
  private readonly threads: Thread[] = [];
  private asked = 0;

  async read(body: Buffer): Promise<ReadBatch> {
    if (body.length < WORTH_A_THREAD) return readBatch(body.toString('utf8'));
    const told = await this.ask(this.thread(), body);
    if ('batch' in told) return told.batch;
    if ('error' in told) throw told.error;
    throw new MlflowProblem(told.problem.code, told.problem.message, told.problem.status);
  }

  private ask({ worker, waiting }: Thread, body: Buffer): Promise<Told> {
    this.asked += 1;
    const number = this.asked;
    // Handed over and not copied where the memory is its own.
    const own = body.buffer instanceof ArrayBuffer && body.buffer.byteLength === body.byteLength;
    return new Promise((settle, fail) => {
      waiting.set(number, { settle, fail });
      worker.postMessage({ number, bytes: body } satisfies Asked, own ? [body.buffer as ArrayBuffer] : []);
    });
  }

  /** The one with the least to do; a new one while there are few and all are busy. */
  private thread(): Thread {
    const [least] = this.threads.toSorted((a, b) => a.waiting.size - b.waiting.size);
    return least && (least.waiting.size === 0 || this.threads.length === MOST_THREADS) ? least : this.start();
  }

  private start(): Thread {
    const worker = new Worker(new URL('./batch-reader-thread.ts', import.meta.url));
    const thread: Thread = { worker, waiting: new Map() };
    const end = (problem: Error): void => {
      const place = this.threads.indexOf(thread);
      if (place >= 0) this.threads.splice(place, 1);
      for (const { fail } of thread.waiting.values()) fail(problem);
      thread.waiting.clear();
    };
    worker.on('message', (told: Told) => {
      thread.waiting.get(told.number)?.settle(told);
      thread.waiting.delete(told.number);
    });
    worker.on('error', end);
    worker.on('exit', () => end(new Error('A thread that reads batches ended.')));
    worker.unref();
    this.threads.push(thread);
    return thread;
  }
}
