import type { Blobs } from '../../operations/ports/blobs.ts';
import { BlobProblem } from './blob-problem.ts';
import { openFolder } from './file-blobs.ts';

/** The store named by ARTIFACT_URL, tried with a write. Fails with one sentence a person can act on. A vendor's library is loaded only where its store is used. */
export async function openBlobs(artifactUrl: string): Promise<Blobs> {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(artifactUrl)?.[1]?.toLowerCase();
  if (scheme === 'file') return openFolder(artifactUrl);
  if (scheme === 's3') return (await import('./s3-objects.ts')).openS3(artifactUrl);
  throw new BlobProblem(`ARTIFACT_URL=${artifactUrl}: artifacts are kept in a folder or in an S3 bucket. Give file:/path/to/a/folder or s3://bucket/folder, or leave ARTIFACT_URL unset to keep them under LEMMA_DATA.`);
}
