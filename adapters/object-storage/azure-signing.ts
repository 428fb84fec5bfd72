import { BlobSASPermissions, SASProtocol, type BlobClient, type BlobGenerateSasUrlOptions, type BlobServiceClient, type UserDelegationKey } from '@azure/storage-blob';
import type { Shown } from '../../operations/ports/blobs.ts';

const HOUR_MS = 60 * 60 * 1000;
/** The clock of the store may be behind ours. */
const BEHIND_MS = 5 * 60 * 1000;

export const signedByKey = (blob: BlobClient, shown: Shown): Promise<string> => blob.generateSasUrl(wanted(blob, shown));

/** Who has no key signs with one that the store gives to an identity; it is asked for again before its hour is over. */
export function signedByIdentity(service: BlobServiceClient): (blob: BlobClient, shown: Shown) => Promise<string> {
  let given: { readonly key: Promise<UserDelegationKey>; readonly until: number } | null = null;
  return async (blob, shown) => {
    const now = Date.now();
    if (given === null || given.until < now + BEHIND_MS + shown.seconds * 1000) given = { key: service.getUserDelegationKey(new Date(now - BEHIND_MS), new Date(now + HOUR_MS)), until: now + HOUR_MS };
    const { key } = given;
    try {
      return await blob.generateUserDelegationSasUrl(wanted(blob, shown), await key);
    } catch (error) {
      given = null;
      throw error;
    }
  };
}

function wanted({ url }: BlobClient, { contentType, contentDisposition, seconds }: Shown): BlobGenerateSasUrlOptions {
  return {
    permissions: BlobSASPermissions.parse('r'),
    expiresOn: new Date(Date.now() + seconds * 1000),
    // An address of a store in Azure is good over https alone.
    ...(url.startsWith('https:') ? { protocol: SASProtocol.Https } : {}),
    contentType,
    contentDisposition,
    cacheControl: 'private, no-store',
  };
}
