import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startChild } from '../../scripts/launch/child.ts';
import { freePort } from '../../scripts/launch/free-port.ts';
import { findNatsServer, prepareNats } from '../../scripts/launch/nats.ts';

export interface FreshNats {
  readonly url: string;
  stop(): Promise<void>;
}

/** A nats-server with JetStream of one's own, with nothing in it. It starts in milliseconds, so take one a test file. */
export async function freshNats(): Promise<FreshNats> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lemma-nats-'));
  const server = prepareNats({ dataFolder, port: await freePort(), binary: findNatsServer('.cache', process.env) });
  const child = await startChild(server.plan);
  return {
    url: server.url,
    stop: async () => {
      await child.stop();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
