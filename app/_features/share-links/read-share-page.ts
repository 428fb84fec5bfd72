import { cookies } from 'next/headers';
import { cache } from 'react';
import type { SharePage } from '../../../contracts/share-page.ts';
import { internalUrl } from './env.ts';

/**
 * What a share link shows, asked of our own server with the reader's cookies, so that an unlocked page stays unlocked.
 * Null when the link is revoked, expired or unknown. Asked once a request.
 * @throws when the server answers anything else.
 */
export const readSharePage = cache(async (token: string): Promise<SharePage | null> => {
  const cookie = (await cookies()).toString();
  const response = await fetch(`${internalUrl()}/api/v1/share/${encodeURIComponent(token)}`, { cache: 'no-store', headers: cookie ? { cookie } : {} });
  if (response.status === 404) return null;
  if (response.ok || response.status === 401) return (await response.json()) as SharePage;
  throw new Error(`The share page could not be read: ${response.status}.`);
});

/** How long until a moment, by the clock of the server that draws the page. */
export const untilMs = (at: string): number => Date.parse(at) - Date.now();
