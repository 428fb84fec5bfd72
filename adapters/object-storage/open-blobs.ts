import type { AzureStorageSettings } from '../../contracts/azure-storage-settings.ts';
import type { Blobs } from '../../operations/ports/blobs.ts';
import { BlobProblem } from './blob-problem.ts';
import { openFolder } from './file-blobs.ts';

/** The store named by ARTIFACT_URL, tried with a write. Fails with one sentence a person can act on. A vendor's library is loaded only where its store is used. */
export async function openBlobs(artifactUrl: string, azure: AzureStorageSettings = {}): Promise<Blobs> {
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(artifactUrl)?.[1]?.toLowerCase() ?? '';
  switch (scheme) {
    case 'file': return openFolder(artifactUrl);
    case 's3': return (await import('./s3-objects.ts')).openS3(artifactUrl);
    case 'gs': return (await import('./gcs-objects.ts')).openGcs(artifactUrl);
    case 'az': return (await import('./azure-objects.ts')).openAzure(artifactUrl, azure);
    default: throw new BlobProblem(`ARTIFACT_URL=${artifactUrl}: artifacts are kept in a folder or in an object store. Give file:/path/to/a/folder, s3://bucket/folder, gs://bucket/folder or az://container/folder, or leave ARTIFACT_URL unset to keep them under LEMMA_DATA.`);
  }
}
