import { AnonymousCredential, BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import type { AzureStorageSettings } from '../../contracts/azure-storage-settings.ts';
import { BlobProblem } from './blob-problem.ts';

/** The library waits four seconds before it asks again; whoever waits for a file waits with it. */
const OPTIONS = { retryOptions: { maxTries: 4, retryDelayInMs: 300, maxRetryDelayInMs: 10_000 } };

const ACCOUNT = /^[a-z0-9]{3,24}$/;

/**
 * The storage account that the options of ARTIFACT_URL or the environment name, and who we are there: a connection string, a key, a SAS token, or, where none of these is
 * set, whatever Azure's own library for identities finds, such as the managed identity of the machine. That library is loaded only then.
 */
export async function azureAccount(options: ReadonlyMap<string, string>, settings: AzureStorageSettings): Promise<BlobServiceClient> {
  const named = options.get('account');
  const whole = settings.AZURE_STORAGE_CONNECTION_STRING;
  if (whole !== undefined) return fromConnectionString(whole, named);
  const account = named ?? settings.AZURE_STORAGE_ACCOUNT;
  if (account === undefined) throw new BlobProblem('ARTIFACT_URL names no storage account. Add it, as in az://container/folder?account=name, or set AZURE_STORAGE_ACCOUNT or AZURE_STORAGE_CONNECTION_STRING.');
  if (!ACCOUNT.test(account)) throw new BlobProblem(`"${account}" is no name of a storage account: these have 3 to 24 small letters and digits.`);
  const endpoint = options.get('endpoint') ?? `https://${account}.blob.core.windows.net`;
  if (!URL.canParse(endpoint)) throw new BlobProblem(`ARTIFACT_URL has the endpoint "${endpoint}", which is no address. It must be such as https://${account}.blob.core.windows.net.`);
  const { AZURE_STORAGE_KEY: key, AZURE_STORAGE_SAS_TOKEN: sas } = settings;
  if (key !== undefined) return new BlobServiceClient(endpoint, new StorageSharedKeyCredential(account, key), OPTIONS);
  if (sas !== undefined) return new BlobServiceClient(`${endpoint}?${sas.replace(/^\?/, '')}`, new AnonymousCredential(), OPTIONS);
  const { DefaultAzureCredential } = await import('@azure/identity');
  return new BlobServiceClient(endpoint, new DefaultAzureCredential(), OPTIONS);
}

function fromConnectionString(whole: string, named: string | undefined): BlobServiceClient {
  const client = connected(whole);
  if (named !== undefined && named !== client.accountName) throw new BlobProblem(`ARTIFACT_URL names the storage account ${named}, and AZURE_STORAGE_CONNECTION_STRING another one, ${client.accountName}. Name one of them only.`);
  return client;
}

function connected(whole: string): BlobServiceClient {
  try {
    return BlobServiceClient.fromConnectionString(whole, OPTIONS);
  } catch (error) {
    // What the library says of it is not repeated: a connection string holds a key.
    throw new BlobProblem('AZURE_STORAGE_CONNECTION_STRING is no connection string. Copy it from the access keys of the storage account in the portal of Azure.', { cause: error });
  }
}
