import { z } from 'zod';

const word = z.string().optional();

/** What the environment says about Azure Blob Storage, in the variables that Azure's own command line reads. Its library for Node reads none. */
export const AZURE_STORAGE_SETTINGS = {
  AZURE_STORAGE_CONNECTION_STRING: word,
  AZURE_STORAGE_ACCOUNT: word,
  AZURE_STORAGE_KEY: word,
  AZURE_STORAGE_SAS_TOKEN: word,
};

export type AzureStorageSettings = z.output<z.ZodObject<typeof AZURE_STORAGE_SETTINGS>>;
