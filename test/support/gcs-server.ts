import { Storage } from '@google-cloud/storage';
import { freshStoreServer, type StoreServer } from './store-server.ts';

export interface GcsServer extends StoreServer {
  /** Past everything of ours. */
  readonly client: Storage;
}

/** A server of one's own that speaks the language of Google Cloud Storage, with the buckets named. */
export async function freshGcs(buckets: readonly string[]): Promise<GcsServer> {
  const server = await freshStoreServer({
    name: 'GCS server',
    command: process.env['LEMMA_GCS_SERVER'] ?? '.cache/fake-gcs-server-1.56.1/fake-gcs-server',
    args: ({ port, folder }) => ['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-public-host', `127.0.0.1:${port}`, '-backend', 'filesystem', '-filesystem-root', folder, '-log-level', 'error'],
  });
  const client = new Storage({ apiEndpoint: server.endpoint, useAuthWithCustomEndpoint: false, projectId: 'lemma' });
  for (const name of buckets) await client.createBucket(name);
  return { ...server, client };
}
