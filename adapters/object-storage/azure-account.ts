import { AnonymousCredential, BlobServiceClient, StorageSharedKeyCredential, type BlobClient } from '@azure/storage-blob';
import type { AzureStorageSettings } from '../../contracts/azure-storage-settings.ts';
import type { Shown } from '../../operations/ports/blobs.ts';
import { signedByIdentity, signedByKey } from './azure-signing.ts';
import { BlobProblem } from './blob-problem.ts';

/** Makes an address of the blob itself, good for whoever has it. */
export type SignAddress = (blob: BlobClient, shown: Shown) => Promise<string>;

export interface AzureAccount {
  readonly service: BlobServiceClient;
  readonly sign: SignAddress;
}

/** The library waits four seconds before it asks again; whoever waits for a file waits with it. */
const OPTIONS = { retryOptions: { maxTries: 4, retryDelayInMs: 300, maxRetryDelayInMs: 10_000 } };

const NAME = /^[a-z0-9]{3,24}$/;

/**
 * The storage account that the options of ARTIFACT_URL or the environment name, and who we are there: a connection string, a key, a SAS token, or, where none of these is
 * set, whatever Azure's own library for identities finds, such as the managed identity of the machine. That library is loaded only then.
 */
export async function azureAccount(options: ReadonlyMap<string, string>, settings: AzureStorageSettings): Promise<AzureAccount> {
  const named = options.get('account');
  const whole = settings.AZURE_STORAGE_CONNECTION_STRING;
  if (whole !== undefined) return fromConnectionString(whole, named);
  const account = named ?? settings.AZURE_STORAGE_ACCOUNT;
  if (account === undefined) throw new BlobProblem('ARTIFACT_URL names no storage account. Add it, as in az://container/folder?account=name, or set AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_CONNECTION_STRING.');
  if (!NAME.test(account)) throw new BlobProblem(`"${account}" is no name of a storage account: these have 3 to 24 small letters and digits.`);
  const endpoint = options.get('endpoint') ?? `https://${account}.blob.core.windows.net`;
  if (!URL.canParse(endpoint)) throw new BlobProblem(`ARTIFACT_URL has the endpoint "${endpoint}", which is no address. It must be such as https://${account}.blob.core.windows.net.`);
  const { AZURE_STORAGE_KEY: key, AZURE_STORAGE_SAS_TOKEN: sas } = settings;
  if (key !== undefined) return { service: new BlobServiceClient(endpoint, new StorageSharedKeyCredential(account, key), OPTIONS), sign: signedByKey };
  if (sas !== undefined) return { service: new BlobServiceClient(`${endpoint}?${sas.replace(/^\?/, '')}`, new AnonymousCredential(), OPTIONS), sign: notSigned };
  const { DefaultAzureCredential } = await import('@azure/identity');
  const service = new BlobServiceClient(endpoint, new DefaultAzureCredential(), OPTIONS);
  return { service, sign: signedByIdentity(service) };
}

function fromConnectionString(whole: string, named: string | undefined): AzureAccount {
  const service = connected(whole);
  if (named !== undefined && named !== service.accountName) throw new BlobProblem(`ARTIFACT_URL names the storage account ${named}, and AZURE_STORAGE_CONNECTION_STRING another one, ${service.accountName}. Name one of them only.`);
  return { service, sign: service.credential instanceof StorageSharedKeyCredential ? signedByKey : notSigned };
}

function connected(whole: string): BlobServiceClient {
  try {
    return BlobServiceClient.fromConnectionString(whole, OPTIONS);
  } catch (error) {
    // What the library says of it is not repeated: a connection string holds a key.
    throw new BlobProblem('AZURE_STORAGE_CONNECTION_STRING is no connection string. Copy it from the access keys of the storage account in the portal of Azure.', { cause: error });
  }
}

const notSigned: SignAddress = () => Promise.reject(new Error('a SAS token signs nothing, an account key or a managed identity does.'));
