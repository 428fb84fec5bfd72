import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { openBlobs } from '../../adapters/object-storage/open-blobs.ts';
import { badLine, freshS3, S3_OWNER, type S3Server } from '../support/s3-server.ts';
import { blobsContract } from './blobs.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
async function* parts(...given: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of given) yield typeof part === 'string' ? Buffer.from(part) : part;
}

describe.skipIf(process.env['LEMMA_WITHOUT_S3_SERVER'])('a bucket', () => {
  let server: S3Server;
  beforeAll(async () => { server = await freshS3(['lemma', 'other']); });
  afterAll(() => server.stop());
  beforeEach(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', S3_OWNER.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', S3_OWNER.secretAccessKey);
  });
  afterEach(() => { vi.unstubAllEnvs(); });

  let folders = 0;
  const addressOf = (place: string, endpoint = server.endpoint): string => `s3://${place}?region=us-east-1&endpoint=${encodeURIComponent(endpoint)}`;
  const names = async (Bucket: string, Prefix: string): Promise<readonly string[]> => ((await server.client.send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents ?? []).map(({ Key = '' }) => Key);
  const waiting = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith('lemma-coming-'));

  describe('keeps the contract of blobs', () => {
    blobsContract(async () => {
      const folder = `contract/${(folders += 1)}`;
      return {
        blobs: await openBlobs(addressOf(`lemma/${folder}`)),
        async corrupt(sha256) {
          await server.client.send(new PutObjectCommand({ Bucket: 'lemma', Key: `${folder}/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`, Body: 'PRECIOUS' }));
        },
      };
    });
  });

  test('keeps everything below its folder, laid out as a folder on a disk is, and tries itself without leaving a trace', async () => {
    const blobs = await openBlobs(addressOf('lemma/deep/down/'));
    expect(await names('lemma', 'deep')).toEqual([]);
    const { sha256 } = await blobs.write(parts('x'));
    expect(await names('lemma', 'deep')).toEqual([`deep/down/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`]);
  });

  test('takes what is larger than memory should hold in parts, and keeps no file of it here', async () => {
    const blobs = await openBlobs(addressOf('lemma/large'));
    const hash = createHash('sha256');
    async function* large(): AsyncGenerator<Uint8Array> {
      for (let at = 0; at < 34; at += 1) {
        const part = new Uint8Array(2 ** 20).fill(at);
        hash.update(part);
        yield part;
      }
    }
    const { sha256, size } = await blobs.write(large());
    expect([sha256, size]).toEqual([hash.digest('hex'), 34 * 2 ** 20]);
    let read = 0;
    for await (const part of (await blobs.read(sha256)) ?? []) read += part.byteLength;
    expect(read).toBe(size);
    expect(waiting()).toEqual([]);
  });

  test.each([['in one piece', 0], ['in parts', 9 * 2 ** 20]])('refuses content that was changed on the way, sent %s', async (_, filling) => {
    const line = await badLine(server.endpoint);
    const blobs = await openBlobs(addressOf('lemma/turned', line.endpoint));
    await expect(blobs.write(parts('TURN THIS', new Uint8Array(filling)))).rejects.toThrow(/digest|checksum|sha256|did not match/i);
    line.stop();
    expect([await names('lemma', 'turned'), waiting()]).toEqual([[], []]);
  });

  test.each([['in one piece', 0], ['in parts', 20 * 2 ** 20]])('shows nothing of an upload that breaks off, sent %s', async (_, filling) => {
    const line = await badLine(server.endpoint);
    const blobs = await openBlobs(addressOf('lemma/broken', line.endpoint));
    await expect(blobs.write(parts(new Uint8Array(filling), 'BREAK HERE'))).rejects.toThrow(/hang up|ECONNRESET|closed|EPIPE/i);
    line.stop();
    expect([await names('lemma', 'broken'), (await server.client.send(new ListMultipartUploadsCommand({ Bucket: 'lemma' }))).Uploads ?? [], waiting()]).toEqual([[], [], []]);
  });

  test('does not leave its folder: another folder with the same beginning is another store', async () => {
    const inner = await openBlobs(addressOf('other/a'));
    await (await openBlobs(addressOf('other/ab'))).write(parts('of the neighbour'));
    expect(await inner.exists(digest('of the neighbour'))).toBe(false);
  });

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

  test('whose store does not answer is told at the start', async () => {
    await expect(openBlobs(addressOf('lemma', 'http://127.0.0.1:9'))).rejects.toThrow(/^The bucket lemma cannot be used: .*ECONNREFUSED/);
  });
});
