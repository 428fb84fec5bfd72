import { parentPort } from 'node:worker_threads';
import type { Asked, Told } from './batch-reader.ts';
import { asProblem } from './problem.ts';
import { readBatch } from './read-batch.ts';

// A thread that reads large batches, so that the one that answers pages does not have to.

function tell({ number, bytes }: Asked): Told {
  try {
    return { number, batch: readBatch(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8')) };
  } catch (error) {
    const problem = asProblem(error);
    return problem ? { number, problem: { code: problem.code, message: problem.message, status: problem.status } } : { number, error };
  }
}

parentPort?.on('message', (asked: Asked) => {
  const told = tell(asked);
  const buffers = 'batch' in told ? told.batch.series.flatMap(({ steps, timestamps, values }) => [steps.buffer, timestamps.buffer, values.buffer]) : [];
  parentPort?.postMessage(told, buffers as ArrayBuffer[]);
});
