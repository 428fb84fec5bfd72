import { AccountSASPermissions } from '@azure/storage-blob';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { openBlobs } from '../../adapters/object-storage/open-blobs.ts';
import { AZURE_OWNER, connectionString, freshAzure, type AzureServer } from '../support/azure-server.ts';
import { answeringLine } from '../support/answering-line.ts';
import { objectStoreContract, parts } from './object-stores.ts';

afterEach(() => { vi.unstubAllEnvs(); });

describe.skipIf(process.env['LEMMA_WITHOUT_AZURE_SERVER'])('a container of Azure Blob Storage', () => {
  let server: AzureServer;
  beforeAll(async () => { server = await freshAzure(['lemma', 'other']); });
  afterAll(() => server.stop());

  const settings = (endpoint = server.endpoint, key?: string) => ({ AZURE_STORAGE_CONNECTION_STRING: connectionString(endpoint, key) });
  const endpointOf = (): string => encodeURIComponent(`${server.endpoint}/${AZURE_OWNER.account}`);

  objectStoreContract(() => ({
    endpoint: server.endpoint,
    open: (place, endpoint) => openBlobs(`az://${place}`, settings(endpoint)),
    openDirect: (place) => openBlobs(`az://${place}?direct=true`, settings()),
    async names(container, prefix) {
      const found: string[] = [];
      for await (const { name } of server.client.getContainerClient(container).listBlobsFlat({ prefix })) found.push(name);
      return found;
    },
    async replace(container, name, content) { await server.client.getContainerClient(container).getBlockBlobClient(name).upload(content, Buffer.byteLength(content)); },
    // Blocks that no blob took are dropped by the store after a week, and are seen only by the blob's name.
    unfinished: () => Promise.resolve([]),
  }));

  test('is reached with a key of its account, or with a SAS token', async () => {
    const blobs = await openBlobs(`az://lemma/keys?account=${AZURE_OWNER.account}&endpoint=${endpointOf()}`, { AZURE_STORAGE_KEY: AZURE_OWNER.key });
    const { sha256 } = await blobs.write(parts('x'));
    const withToken = (may: string, more = '') => openBlobs(`az://lemma/keys?endpoint=${endpointOf()}${more}`, {
      AZURE_STORAGE_ACCOUNT: AZURE_OWNER.account,
      AZURE_STORAGE_SAS_TOKEN: new URL(server.client.generateAccountSasUrl(new Date(Date.now() + 60_000), AccountSASPermissions.parse(may), 'sco')).search,
    });
    expect(await (await withToken('rwd')).exists(sha256)).toBe(true);
    await expect(withToken('rwd', '&direct=true')).rejects.toThrow(/^ARTIFACT_URL says direct=true, and these credentials cannot sign an address: a SAS token signs nothing, an account key or a managed identity does\. Give them that right/);
    await expect(withToken('r')).rejects.toThrow(/^The container lemma may not be used with these credentials \(\w+\)\. They need the role Storage Blob Data Contributor/);
  });

  test('does not remove what was written again after it was looked at', async () => {
    const line = await answeringLine(server.endpoint);
    const blobs = await openBlobs('az://lemma/versions', settings(line.endpoint));
    const { sha256 } = await blobs.write(parts('kept'));
    const soon = new Date(Date.now() + 60_000);
    line.before('DELETE', () => blobs.write(parts('kept')));
    expect(await blobs.remove(sha256, soon)).toBe(false);
    expect(await blobs.exists(sha256)).toBe(true);
    line.pass();
    expect(await blobs.remove(sha256, soon)).toBe(true);
    line.stop();
  });

  test('that is not there is told at the start, and so are credentials that are not good', async () => {
    await expect(openBlobs('az://missing', settings())).rejects.toThrow(`ARTIFACT_URL names the container missing, and the storage account ${AZURE_OWNER.account} has none of that name. Make it, or name another.`);
    // This server says of a wrong signature what Azure says of a network that is not let in.
    await expect(openBlobs('az://lemma', settings(server.endpoint, Buffer.from('another word').toString('base64')))).rejects.toThrow(/^The container lemma may not be used with these credentials \(AuthorizationFailure\)\. They need/);
    const line = await answeringLine(server.endpoint);
    line.answer('PUT', 403, '<?xml version="1.0" encoding="utf-8"?><Error><Code>AuthenticationFailed</Code><Message>Server failed to authenticate the request.</Message></Error>');
    await expect(openBlobs('az://lemma', settings(line.endpoint))).rejects.toThrow(`The storage account ${AZURE_OWNER.account} does not know who asks (AuthenticationFailed). Set AZURE_STORAGE_KEY or AZURE_STORAGE_CONNECTION_STRING to what is good there, or give this machine a managed identity.`);
    line.stop();
  });

  test('whose account is named twice, and differently, is refused', async () => {
    await expect(openBlobs('az://lemma?account=another', settings())).rejects.toThrow('ARTIFACT_URL names the storage account another, and AZURE_STORAGE_CONNECTION_STRING another one, devstoreaccount1. Name one of them only.');
  });
});

test.each([
  ['az://lemma/a/../b', {}, /folder "a\/\.\.\/b" in the container lemma/],
  ['az:///folder', {}, /^ARTIFACT_URL names no container: it must be such as az:\/\/container\/folder/],
  ['az://lemma', {}, /^ARTIFACT_URL names no storage account\. Add it, as in az:\/\/container\/folder\?account=name/],
  ['az://lemma?account=A.B', {}, /"A\.B" is no name of a storage account/],
  ['az://lemma?account=some&endpoint=there', {}, /endpoint "there", which is no address/],
  ['az://lemma?region=eu', {}, /option "region", which is not known; there are account, endpoint, direct/],
  ['az://lemma?direct=yes', {}, /^ARTIFACT_URL says direct=yes; it must be true or false/],
  ['az://lemma', { AZURE_STORAGE_CONNECTION_STRING: 'AccountKey=c2VjcmV0' }, /^AZURE_STORAGE_CONNECTION_STRING is no connection string\. Copy it from/],
])('%s is refused at the start', async (url, settings, words) => {
  await expect(openBlobs(url, settings)).rejects.toThrow(words);
});

test('a machine that Azure gave no identity is told at the start', async () => {
  vi.stubEnv('AZURE_TOKEN_CREDENTIALS', 'EnvironmentCredential');
  await expect(openBlobs('az://lemma?account=nobody')).rejects.toThrow(/^The storage account nobody does not know who asks \(\w+\)\. Set AZURE_STORAGE_KEY or/);
});
