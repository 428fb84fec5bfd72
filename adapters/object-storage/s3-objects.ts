import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { CopyObjectCommand, DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, PutObjectCommand, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { Blobs } from '../../operations/ports/blobs.ts';
import { bucketAddress } from './bucket-address.ts';
import { objectBlobs, tryObjects, type Objects } from './object-blobs.ts';

/** Larger content goes in parts, each signed with its own digest, one at a time: only one is in memory, and where one fails no other can come after the upload was given up. */
const PART_BYTES = 16 * 2 ** 20;
const PARTS_AT_MOST = 10_000;
/** S3 copies no more than this in one request. */
const COPIED_BYTES = 5 * 2 ** 30;

/**
 * The bucket named by `s3://bucket/folder`, in Amazon's S3 or, with `?endpoint=https://…`, in another that speaks its language. The rest, and who we are,
 * comes from where every AWS program has it: AWS_ACCESS_KEY_ID, AWS_REGION, AWS_ENDPOINT_URL_S3, profiles, the role of the machine.
 */
export async function openS3(artifactUrl: string): Promise<Blobs> {
  const { bucket, prefix, options, direct } = bucketAddress(artifactUrl, ['endpoint', 'region', 'path-style']);
  const endpoint = options.get('endpoint');
  const region = options.get('region');
  const client = new S3Client({
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(region === undefined ? {} : { region }),
    // Few stores but Amazon's have a name of its own for every bucket.
    forcePathStyle: options.get('path-style') === undefined ? endpoint !== undefined : options.get('path-style') === 'true',
    // Digests are sent by us and counted by us; what the library would add of its own is unknown to many stores.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const objects = s3Objects(client, bucket, direct);
  await tryObjects(objects, prefix, (error) => explain(error, bucket));
  return objectBlobs(objects, prefix);
}

function s3Objects(client: S3Client, Bucket: string, direct: boolean): Objects {
  return {
    async find(Key) {
      try {
        const { ContentLength = 0, LastModified = new Date(0) } = await client.send(new HeadObjectCommand({ Bucket, Key }));
        return { size: ContentLength, writtenAt: LastModified, version: '' };
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async put(Key, { sha256, size, at }) {
      if ('bytes' in at) {
        await client.send(new PutObjectCommand({ Bucket, Key, Body: at.bytes, ChecksumSHA256: Buffer.from(sha256, 'hex').toString('base64') }));
        return;
      }
      const partSize = Math.max(PART_BYTES, Math.ceil(size / PARTS_AT_MOST));
      await new Upload({ client, params: { Bucket, Key, Body: createReadStream(at.path, { highWaterMark: 2 ** 20 }) }, partSize, queueSize: 1 }).done();
    },
    async touch(Key, size) {
      if (size > COPIED_BYTES) return false;
      try {
        // An object is copied onto itself only when something about it changes.
        await client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${Key.split('/').map(encodeURIComponent).join('/')}`, MetadataDirective: 'REPLACE', Metadata: { 'lemma-again': String(Date.now()) } }));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw error;
      }
    },
    async get(Key, range) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, ...(range ? { Range: `bytes=${range.start}-${range.end - 1}` } : {}) }));
      return Body as Readable;
    },
    sign: direct ? (Key, { contentType, contentDisposition, seconds }) => getSignedUrl(client, new GetObjectCommand({
      Bucket, Key, ResponseContentType: contentType, ResponseContentDisposition: contentDisposition, ResponseCacheControl: 'private, no-store',
    }), { expiresIn: seconds }) : null,
    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
      return true;
    },
  };
}

const isMissing = (error: unknown): boolean => error instanceof S3ServiceException && (error.name === 'NotFound' || error.name === 'NoSuchKey');

const STRANGERS: ReadonlySet<string> = new Set(['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'CredentialsProviderError', 'ExpiredToken', 'InvalidToken', 'TokenRefreshRequired']);

function explain(error: unknown, bucket: string): string {
  const { name, message } = error instanceof Error ? error : { name: '', message: String(error) };
  if (name === 'NoSuchBucket') return `ARTIFACT_URL names the bucket ${bucket}, and the store has none of that name. Make it, or name another.`;
  if (STRANGERS.has(name) || /access key id/i.test(message)) return `The store of the bucket ${bucket} does not know who asks (${name}). Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE, to credentials that are good there.`;
  if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) return `The bucket ${bucket} may not be used with these credentials (${name}). They need s3:PutObject, s3:GetObject, s3:DeleteObject and s3:AbortMultipartUpload on its objects and s3:ListBucket on the bucket.`;
  if (name === 'PermanentRedirect' || name === 'AuthorizationHeaderMalformed' || /region is missing/i.test(message)) return `The region of the bucket ${bucket} is missing or another one (${message}). Set AWS_REGION, or write it into ARTIFACT_URL: s3://${bucket}?region=eu-central-1.`;
  return `The bucket ${bucket} cannot be used: ${message || name}.`;
}
