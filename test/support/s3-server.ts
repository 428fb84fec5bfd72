import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { freshStoreServer, type StoreServer } from './store-server.ts';

export interface S3Server extends StoreServer {
  /** With the credentials of its owner, past everything of ours. */
  readonly client: S3Client;
}

export const S3_OWNER = { accessKeyId: 'OWNER', secretAccessKey: 'the word of the owner' } as const;

/** An S3 server of one's own, with the buckets named. */
export async function freshS3(buckets: readonly string[]): Promise<S3Server> {
  const server = await freshStoreServer({
    name: 'S3 server',
    command: process.env['LEMMA_S3_SERVER'] ?? '.cache/versitygw-1.8.0/versitygw',
    args({ port, folder }) {
      for (const name of ['data', 'meta']) mkdirSync(join(folder, name));
      return ['--quiet', '--port', `127.0.0.1:${port}`, '--region', 'us-east-1', '--access', S3_OWNER.accessKeyId, '--secret', S3_OWNER.secretAccessKey, 'posix', '--sidecar', join(folder, 'meta'), join(folder, 'data')];
    },
  });
  const client = new S3Client({ endpoint: server.endpoint, region: 'us-east-1', forcePathStyle: true, credentials: S3_OWNER });
  for (const Bucket of buckets) await client.send(new CreateBucketCommand({ Bucket }));
  return {
    endpoint: server.endpoint,
    client,
    stop: async () => {
      client.destroy();
      await server.stop();
    },
  };
}
