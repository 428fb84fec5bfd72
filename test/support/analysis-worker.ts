import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild, type Child } from '../../scripts/launch/child.ts';

/** The analysis worker as a process of its own, on the stores of an api test (which relays the outbox itself). */
export interface AnalysisWorker {
  /** SIGKILL, in the middle of whatever it does. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

export async function startAnalysisWorker(stores: { readonly databaseUrl: string; readonly natsUrl: string }): Promise<AnalysisWorker> {
  const child: Child = await startChild({
    name: 'analysis worker', command: process.execPath, args: ['workers/main.ts', 'analysis', 'upkeep'], stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, LEMMA_DATA: mkdtempSync(join(tmpdir(), 'lemma-worker-')), DATABASE_URL: stores.databaseUrl, NATS_URL: stores.natsUrl }, stopSignal: 'SIGTERM', graceInMs: 10_000, whenReady: async () => {},
  });
  const leave = () => child.kill('SIGKILL');
  process.once('exit', leave);
  return {
    async kill() {
      process.off('exit', leave);
      child.kill('SIGKILL');
      await child.exited;
    },
    async stop() {
      process.off('exit', leave);
      const { code } = await child.stop();
      if (code !== 0) throw new Error(`the analysis worker left with ${code}`);
    },
  };
}
