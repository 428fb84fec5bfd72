import { ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBlobs } from '../../adapters/object-storage/open-blobs.ts';
import { freshS3, S3_OWNER, type S3Server } from '../support/s3-server.ts';
import { objectStoreContract } from './object-stores.ts';

describe.skipIf(process.env['LEMMA_WITHOUT_S3_SERVER'])('a bucket', () => {
  let server: S3Server;
  beforeAll(async () => { server = await freshS3(['lemma', 'other']); });
  afterAll(() => server.stop());
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', S3_OWNER.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', S3_OWNER.secretAccessKey);
  });
  afterEach(() => { vi.unstubAllEnvs(); });

  const addressOf = (place: string, endpoint = server.endpoint): string => `s3://${place}?region=us-east-1&endpoint=${encodeURIComponent(endpoint)}`;

  objectStoreContract(() => ({
    endpoint: server.endpoint,
    open: (place, endpoint) => openBlobs(addressOf(place, endpoint)),
    openDirect: (place) => openBlobs(`${addressOf(place)}&direct=true`),
    async names(Bucket, Prefix) { return ((await server.client.send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents ?? []).map(({ Key = '' }) => Key); },
    async replace(Bucket, Key, Body) { await server.client.send(new PutObjectCommand({ Bucket, Key, Body })); },
    async unfinished(Bucket) { return (await server.client.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []; },
  }));

  test.each([['s3://lemma/a/../b', /folder "a\/\.\.\/b"/], ['s3://lemma/a%2F..%2Fb', /letters, digits and simple signs/], ['s3:///folder', /names no bucket/], ['s3://LEMMA', /names no bucket/], ['s3://lemma?acl=public', /option "acl", which is not known/]])('%s is refused at the start', async (url, words) => {
    await expect(openBlobs(url)).rejects.toThrow(words);
  });

  test('that is not there is told at the start, and so are credentials that are not good', async () => {
    await expect(openBlobs(addressOf('missing'))).rejects.toThrow('ARTIFACT_URL names the bucket missing, and the store has none of that name. Make it, or name another.');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'another word');
    await expect(openBlobs(addressOf('lemma'))).rejects.toThrow(/^The store of the bucket lemma does not know who asks \(SignatureDoesNotMatch\)\. Set AWS_ACCESS_KEY_ID and/);
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'NOBODY');
    await expect(openBlobs(addressOf('lemma'))).rejects.toThrow(/does not know who asks/);
  });
});
