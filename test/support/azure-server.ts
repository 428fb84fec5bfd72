import { BlobServiceClient } from '@azure/storage-blob';
import { freshStoreServer, type StoreServer } from './store-server.ts';

export interface AzureServer extends StoreServer {
  /** With the key of the account, past everything of ours. */
  readonly client: BlobServiceClient;
}

/** The account and key that this server comes with; they are printed in its manual. */
export const AZURE_OWNER = { account: 'devstoreaccount1', key: 'Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==' } as const;

export const connectionString = (endpoint: string, key: string = AZURE_OWNER.key): string => `DefaultEndpointsProtocol=http;AccountName=${AZURE_OWNER.account};AccountKey=${key};BlobEndpoint=${endpoint}/${AZURE_OWNER.account};`;

/** A server of one's own that speaks the language of Azure Blob Storage, with the containers named. */
export async function freshAzure(containers: readonly string[]): Promise<AzureServer> {
  const server = await freshStoreServer({
    name: 'Azure server',
    command: process.execPath,
    args: ({ port, folder }) => [process.env['LEMMA_AZURE_SERVER'] ?? '.cache/azurite-3.37.0/node_modules/azurite/dist/src/blob/main.js', '--blobHost', '127.0.0.1', '--blobPort', String(port), '--skipApiVersionCheck', '--disableTelemetry', '--silent', '--location', folder],
  });
  const client = BlobServiceClient.fromConnectionString(connectionString(server.endpoint));
  for (const name of containers) await client.createContainer(name);
  return { ...server, client };
}
