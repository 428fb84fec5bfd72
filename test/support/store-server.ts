import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../scripts/launch/child.ts';
import { freePort } from '../../scripts/launch/free-port.ts';

export interface StoreServer {
  readonly endpoint: string;
  stop(): Promise<void>;
}

interface Program { readonly name: string; readonly command: string; args(at: { readonly port: number; readonly folder: string }): readonly string[] }

/** A server of an object store, of one's own, with a folder that goes with it. */
export async function freshStoreServer({ name, command, args }: Program): Promise<StoreServer> {
  const folder = mkdtempSync(join(tmpdir(), 'lemma-store-'));
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const child = await startChild({
    name,
    command,
    args: args({ port, folder }),
    env: { PATH: process.env['PATH'] },
    stdio: 'ignore',
    stopSignal: 'SIGTERM',
    graceInMs: 2000,
    whenReady: async (signal) => {
      while (!signal.aborted && !(await fetch(endpoint).then(() => true, () => false))) await new Promise((resolve) => { setTimeout(resolve, 50); });
    },
  });
  return {
    endpoint,
    stop: async () => {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
