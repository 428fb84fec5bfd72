import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { RestError, type BlockBlobClient, type ContainerClient } from '@azure/storage-blob';
import type { AzureStorageSettings } from '../../contracts/azure-storage-settings.ts';
import type { Blobs } from '../../operations/ports/blobs.ts';
import { azureAccount, type SignAddress } from './azure-account.ts';
import { bucketAddress } from './bucket-address.ts';
import { md5Of } from './md5-of.ts';
import { objectBlobs, tryObjects, type Objects } from './object-blobs.ts';
import { inParts } from './parts.ts';
import type { Received } from './received.ts';

/** Larger content goes in blocks, one after the other, so that only one is in memory. The store takes 50,000 of them. */
const BLOCK_BYTES = 16 * 2 ** 20;

/** The container named by `az://container/folder?account=name`. Who we are there: see azure-account.ts. */
export async function openAzure(artifactUrl: string, settings: AzureStorageSettings): Promise<Blobs> {
  const { bucket: container, prefix, options, direct } = bucketAddress(artifactUrl, ['account', 'endpoint'], 'container');
  const account = await azureAccount(options, settings);
  const objects = azureObjects(account.service.getContainerClient(container), direct ? account.sign : null);
  await tryObjects(objects, prefix, (error) => explain(error, container, account.service.accountName));
  return objectBlobs(objects, prefix);
}

function azureObjects(container: ContainerClient, sign: SignAddress | null): Objects {
  return {
    async find(name) {
      try {
        const { contentLength = 0, lastModified = new Date(0), etag = '' } = await container.getBlobClient(name).getProperties();
        return { size: contentLength, writtenAt: lastModified, version: etag };
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
    async put(name, received) {
      const { at, size } = received;
      const blob = container.getBlockBlobClient(name);
      if ('bytes' in at) await blob.upload(at.bytes, size, { transactionalContentMD5: Buffer.from(await md5Of(at), 'base64') });
      else await putBlocks(blob, at);
    },
    async touch(name) {
      try {
        await container.getBlobClient(name).setMetadata({ again: String(Date.now()) });
        return true;
      } catch (error) {
        if (statusOf(error) === 404) return false;
        throw error;
      }
    },
    async get(name, range) {
      const { readableStreamBody } = await container.getBlobClient(name).download(range?.start ?? 0, range ? range.end - range.start : undefined);
      return readableStreamBody as Readable;
    },
    sign: sign && ((name, shown) => sign(container.getBlobClient(name), shown)),
    async remove(name, { version }) {
      try {
        await container.getBlobClient(name).delete({ conditions: { ifMatch: version } });
        return true;
      } catch (error) {
        if (statusOf(error) === 404) return true;
        if (statusOf(error) === 412) return false;
        throw error;
      }
    },
  };
}

/** The same content is cut the same way, so whoever else sends it right now sends the same blocks under the same names. */
async function putBlocks(blob: BlockBlobClient, { path }: Extract<Received['at'], { readonly path: string }>): Promise<void> {
  const ids: string[] = [];
  for await (const block of inParts(createReadStream(path, { highWaterMark: 2 ** 20 }), BLOCK_BYTES)) {
    const id = Buffer.from(`lemma-${BLOCK_BYTES}-${String(ids.length).padStart(6, '0')}`).toString('base64');
    await blob.stageBlock(id, block, block.byteLength, { transactionalContentMD5: createHash('md5').update(block).digest() });
    ids.push(id);
  }
  await blob.commitBlockList(ids);
}

/** What the store answered; null where it did not. */
const statusOf = (error: unknown): number | null => (error instanceof RestError ? error.statusCode ?? null : null);

const STRANGERS: ReadonlySet<string> = new Set(['AuthenticationFailed', 'InvalidAuthenticationInfo', 'NoAuthenticationInformation', 'CredentialUnavailableError', 'AuthenticationError', 'AggregateAuthenticationError', 'AuthenticationRequiredError']);

function explain(error: unknown, container: string, account: string): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  const word = (error instanceof RestError ? error.code : undefined) ?? name;
  if (word === 'ContainerNotFound') return `ARTIFACT_URL names the container ${container}, and the storage account ${account} has none of that name. Make it, or name another.`;
  if (STRANGERS.has(word)) return `The storage account ${account} does not know who asks (${word}). Set AZURE_STORAGE_KEY or AZURE_STORAGE_CONNECTION_STRING to what is good there, or give this machine a managed identity.`;
  if (statusOf(error) === 403) return `The container ${container} may not be used with these credentials (${word}). They need the role Storage Blob Data Contributor on the container, and the network rules of the storage account ${account} have to let this machine in.`;
  if (word === 'ENOTFOUND') return `There is no storage account ${account}, or it cannot be reached from here (${word}). See to its name and to the network.`;
  return `The container ${container} cannot be used: ${firstLine(message) || word}.`;
}

const firstLine = (message: string): string => (message.split('\n')[0] ?? '').trim().replace(/\.$/, '');
