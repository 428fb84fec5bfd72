import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ApiError, IdempotencyStrategy, Storage, type Bucket, type File } from '@google-cloud/storage';
import type { Blobs, Shown } from '../../operations/ports/blobs.ts';
import { BlobProblem } from './blob-problem.ts';
import { bucketAddress } from './bucket-address.ts';
import { md5Of } from './md5-of.ts';
import { objectBlobs, tryObjects, type Objects } from './object-blobs.ts';

/** Larger content goes in parts, one at a time: what breaks off goes on where it was. */
const PART_BYTES = 16 * 2 ** 20;

/**
 * The bucket named by `gs://bucket/folder`, in Google Cloud Storage or, with `?endpoint=https://…`, at another address of it. Who we are comes from where every
 * program for Google Cloud has it: GOOGLE_APPLICATION_CREDENTIALS, what `gcloud auth application-default login` left, the service account of the machine.
 */
export async function openGcs(artifactUrl: string): Promise<Blobs> {
  const { bucket, prefix, options, direct } = bucketAddress(artifactUrl, ['endpoint']);
  const endpoint = options.get('endpoint');
  if (endpoint !== undefined && !URL.canParse(endpoint)) throw new BlobProblem(`ARTIFACT_URL has the endpoint "${endpoint}", which is no address. It must be such as https://storage.example.org.`);
  const storage = new Storage({
    ...(endpoint === undefined ? {} : { apiEndpoint: endpoint, useAuthWithCustomEndpoint: !endpoint.startsWith('http://') }),
    // A name says what its content is, and what is removed is named with its version: whatever is done twice is as if done once.
    retryOptions: { idempotencyStrategy: IdempotencyStrategy.RetryAlways },
  });
  // Where STORAGE_EMULATOR_HOST is set, this library asks below "/", unlike Google's others; emulators answer below "/storage/v1".
  if (storage.customEndpoint) storage.baseUrl = `${storage.apiEndpoint}/storage/v1`;
  const objects = gcsObjects(storage.bucket(bucket), direct);
  await tryObjects(objects, prefix, (error) => explain(error, bucket));
  return objectBlobs(objects, prefix);
}

function gcsObjects(bucket: Bucket, direct: boolean): Objects {
  return {
    async find(name) {
      try {
        const [{ size = 0, updated, generation = '', metageneration = '' }] = await bucket.file(name).getMetadata();
        return { size: Number(size), writtenAt: new Date(updated ?? 0), version: `${generation}/${metageneration}` };
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    },
    async put(name, { at }) {
      const file = bucket.file(name);
      // The store refuses what does not have this digest; the library need not read it all once more to see.
      const sent = { validation: false, metadata: { md5Hash: await md5Of(at), contentType: 'application/octet-stream' } };
      if ('bytes' in at) await file.save(at.bytes, { ...sent, resumable: false });
      else await pipeline(createReadStream(at.path, { highWaterMark: 2 ** 20 }), file.createWriteStream({ ...sent, resumable: true, chunkSize: PART_BYTES }));
    },
    async touch(name) {
      try {
        await bucket.file(name).setMetadata({ metadata: { 'lemma-again': String(Date.now()) } });
        return true;
      } catch (error) {
        if (statusOf(error) === 404) return false;
        throw error;
      }
    },
    get: (name, range) => Promise.resolve(bucket.file(name).createReadStream({ validation: false, decompress: false, ...(range ? { start: range.start, end: range.end - 1 } : {}) })),
    sign: direct ? (name, shown) => signed(bucket.file(name), shown) : null,
    async remove(name, { version }) {
      const [ifGenerationMatch = '', ifMetagenerationMatch = ''] = version.split('/');
      try {
        await bucket.file(name).delete({ ifGenerationMatch, ifMetagenerationMatch, ignoreNotFound: true });
        return true;
      } catch (error) {
        if (statusOf(error) === 412) return false;
        throw error;
      }
    },
  };
}

async function signed(file: File, { contentType, contentDisposition, seconds }: Shown): Promise<string> {
  const [address] = await file.getSignedUrl({
    version: 'v4', action: 'read', expires: Date.now() + seconds * 1000, responseType: contentType, responseDisposition: contentDisposition, queryParams: { 'response-cache-control': 'private, no-store' },
  });
  return address;
}

/** What the store answered; null where it did not. */
function statusOf(error: unknown): number | null {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : null;
  return typeof code === 'number' ? code : null;
}

/** What Google's library for credentials says where there are none, or where they are not taken. */
const STRANGER = /default credentials|invalid_grant|invalid_client|invalid_rapt|private_key|client_email|DECODER|credentials? file|refresh (access )?token|does not exist, or it is not a file|not valid JSON/i;

function explain(error: unknown, bucket: string): string {
  const { message } = error instanceof Error ? error : { message: String(error) };
  const status = statusOf(error);
  if (status === 404) return `ARTIFACT_URL names the bucket ${bucket}, and the store has none of that name. Make it, or name another.`;
  if (status === 401 || (!(error instanceof ApiError && status !== null) && STRANGER.test(message))) return `The store of the bucket ${bucket} does not know who asks (${firstLine(message)}). Name a key file in GOOGLE_APPLICATION_CREDENTIALS, or give this machine a service account.`;
  if (status === 403) return `The bucket ${bucket} may not be used with these credentials. They need the role Storage Object User on the bucket.`;
  return `The bucket ${bucket} cannot be used: ${firstLine(message)}.`;
}

const firstLine = (message: string): string => (message.split('\n').map((line) => line.trim()).find((line) => line !== '') ?? 'no reason was given').replace(/\.$/, '');
