import { cookies, headers } from 'next/headers';
import { cache } from 'react';
import type { SharePage, SharePreview } from '../../../contracts/share-page.ts';
import { PAGES_WORD_HEADER, SHARE_LOOK_HEADER } from '../../../domain/sharing/share-look.ts';
import { internalUrl, pagesWord } from './env.ts';

/**
 * What a share link shows, asked of our own server with the reader's cookies, so that an unlocked page stays unlocked, and saying whose look it is.
 * Null when the link is revoked, expired or unknown. Asked once a request.
 * @throws when the server answers anything else.
 */
export const readSharePage = cache(async (token: string): Promise<SharePage | null> => {
  const cookie = (await cookies()).toString();
  const look = (await headers()).get(SHARE_LOOK_HEADER) ?? 'view';
  const response = await fetch(`${internalUrl()}/api/v1/share/${encodeURIComponent(token)}`, { cache: 'no-store', headers: { [SHARE_LOOK_HEADER]: look, [PAGES_WORD_HEADER]: pagesWord(), ...(cookie ? { cookie } : {}) } });
  if (response.status === 404) return null;
  if (response.ok || response.status === 401) return (await response.json()) as SharePage;
  throw new Error(`The share page could not be read: ${response.status}.`);
});

/** What the picture beside a link shows: asked without anybody's cookies, as it is the same for all. Null when the link is revoked, expired or unknown. */
export async function readSharePreview(token: string): Promise<SharePreview | null> {
  const response = await fetch(`${internalUrl()}/api/v1/share/${encodeURIComponent(token)}/preview`, { cache: 'no-store' });
  if (response.status === 404) return null;
  if (response.ok) return (await response.json()) as SharePreview;
  throw new Error(`What the picture shows could not be read: ${response.status}.`);
}

/** How long until a moment, by the clock of the server that draws the page. */
export const untilMs = (at: string): number => Date.parse(at) - Date.now();
