import { conflict, forbidden, notFound, Refusal } from '../refusal.ts';
import { onOneLine, requiredText } from '../richtext/plain-text.ts';

const MOST_NAME = 80;
const MOST_BODY = 4_000;

/** How a guest wants to be called, on one line; marks that turn the direction of writing are taken out, so that a name cannot rearrange what stands around it. */
export function guestName(given: string): string {
  return requiredText(onOneLine(given), { code: 'guest/name', name: 'Your name', maxLength: MOST_NAME });
}

/** What a guest says: plain text, never Markdown, so that nothing in it is a picture, a link or a mention. */
export const guestBody = (given: string): string => requiredText(given, { code: 'guest/comment', name: 'The comment', maxLength: MOST_BODY });

/** Comments that one link takes in all. */
export const MOST_GUEST_COMMENTS = 500;

export function requireGuestRoom(comments: number): void {
  if (comments >= MOST_GUEST_COMMENTS) throw conflict('guest/full', 'This page takes no more comments. Write to whoever sent you the link.');
}

export interface GuestSituation {
  /** Whether the link opens its page, and what it shows may be shown. */
  readonly opens: boolean;
  /** Whether its password is still missing. */
  readonly locked: boolean;
  readonly guestsMayComment: boolean;
}

/** Why somebody who holds a link may not comment through it; null when they may. What does not open says nothing else of itself. */
export function guestRefusal({ opens, locked, guestsMayComment }: GuestSituation): Refusal | null {
  if (!opens) return notFound('share/unknown', 'There is no such page: the link was revoked, has expired, or never was.');
  if (locked) return new Refusal('unauthenticated', 'share/locked', 'This page has a password. Unlock it first.');
  return guestsMayComment ? null : forbidden('guest/not-allowed', 'This page takes no comments. Write to whoever sent you the link.');
}
