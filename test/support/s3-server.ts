import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { startChild } from '../../scripts/launch/child.ts';
import { freePort } from '../../scripts/launch/free-port.ts';

export interface S3Server {
  readonly endpoint: string;
  /** With the credentials of its owner, past everything of ours. */
  readonly client: S3Client;
  stop(): Promise<void>;
}

export const S3_OWNER = { accessKeyId: 'OWNER', secretAccessKey: 'the word of the owner' } as const;

/** An S3 server of one's own, with the buckets named. */
export async function freshS3(buckets: readonly string[]): Promise<S3Server> {
  const folder = mkdtempSync(join(tmpdir(), 'lemma-s3-'));
  for (const name of ['data', 'meta']) mkdirSync(join(folder, name));
  const address = `127.0.0.1:${await freePort()}`;
  const endpoint = `http://${address}`;
  const child = await startChild({
    name: 'S3 server',
    command: process.env['LEMMA_S3_SERVER'] ?? '.cache/versitygw-1.8.0/versitygw',
    args: ['--quiet', '--port', address, '--region', 'us-east-1', '--access', S3_OWNER.accessKeyId, '--secret', S3_OWNER.secretAccessKey, 'posix', '--sidecar', join(folder, 'meta'), join(folder, 'data')],
    env: { PATH: process.env['PATH'] },
    stdio: 'ignore',
    stopSignal: 'SIGTERM',
    graceInMs: 2000,
    whenReady: async (signal) => {
      while (!signal.aborted && !(await fetch(endpoint).then(() => true, () => false))) await new Promise((resolve) => { setTimeout(resolve, 50); });
    },
  });
  const client = new S3Client({ endpoint, region: 'us-east-1', forcePathStyle: true, credentials: S3_OWNER });
  for (const Bucket of buckets) await client.send(new CreateBucketCommand({ Bucket }));
  return {
    endpoint,
    client,
    stop: async () => {
      client.destroy();
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A line to a server that turns one byte over where content says TURN THIS, and breaks off where it says BREAK HERE. */
export async function badLine(endpoint: string): Promise<{ readonly endpoint: string; stop(): void }> {
  const { hostname, port } = new URL(endpoint);
  const server = createServer((near) => {
    const far = connect(Number(port), hostname);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    far.pipe(near);
    near.on('data', (part: Buffer) => {
      if (part.includes('BREAK HERE')) {
        far.destroy();
        near.destroy();
        return;
      }
      const at = part.indexOf('TURN THIS');
      if (at >= 0) part[at] = 0x74;
      far.write(part);
    });
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => { server.close(); } };
}
