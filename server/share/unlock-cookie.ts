import { createHmac, timingSafeEqual } from 'node:crypto';

/** The part of a link that an unlocked browser is bound to: another password locks it again. */
export interface LockedLink { readonly id: string; readonly passwordHash: string | null; readonly expiresAt: Date }

/** How long a browser stays unlocked, in seconds. */
const UNLOCKED_S = 12 * 3600;

const nameOf = (link: LockedLink): string => `lemma-share-${link.id}`;
const sign = (secret: string, link: LockedLink, until: number): string =>
  createHmac('sha256', secret).update(JSON.stringify(['lemma share unlock 1', link.id, link.passwordHash, until])).digest('base64url');

/** Set-Cookie values that unlock the page and its data, each for its own path only. */
export function unlockCookies(secret: string, link: LockedLink, given: { readonly token: string; readonly now: Date; readonly secure: boolean }): readonly string[] {
  const until = Math.min(Math.floor(given.now.getTime() / 1000) + UNLOCKED_S, Math.floor(link.expiresAt.getTime() / 1000));
  const maxAge = Math.max(0, until - Math.floor(given.now.getTime() / 1000));
  return [`/s/${given.token}`, `/api/v1/share/${given.token}`].map((path) =>
    `${nameOf(link)}=${until}.${sign(secret, link, until)}; Path=${path}; Max-Age=${maxAge}; HttpOnly; SameSite=Lax${given.secure ? '; Secure' : ''}`);
}

/** Whether this request carries an unlock cookie of the link's present password that has not run out. */
export function isUnlocked(secret: string, link: LockedLink, cookies: string | undefined, now: Date): boolean {
  const values = (cookies ?? '').split(/;\s*/).filter((each) => each.startsWith(`${nameOf(link)}=`)).map((each) => each.slice(nameOf(link).length + 1));
  return values.some((value) => {
    const [, until, mac] = /^(\d{1,12})\.([A-Za-z0-9_-]{43})$/.exec(value) ?? [];
    if (until === undefined || mac === undefined || Number(until) * 1000 <= now.getTime()) return false;
    return timingSafeEqual(Buffer.from(mac), Buffer.from(sign(secret, link, Number(until))));
  });
}
