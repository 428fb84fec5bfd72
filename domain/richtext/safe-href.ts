const SAFE = /^(?:https?|mailto|lemma):/i;
const MOST_HREF = 2000;

/** The address if a link may lead there: http, https, mailto, a place in Lemma ("/…", "#…", "lemma:…") or relative to here; null for any other scheme, such as javascript: and data:. */
export function safeHref(given: unknown): string | null {
  if (typeof given !== 'string') return null;
  // A browser passes over blanks before an address and over tabs and line ends in it; so must who judges it.
  const href = given.replaceAll(/[\p{Cc}\u2028\u2029]/gu, '').trim();
  if (href === '' || href.length > MOST_HREF) return null;
  if (SAFE.test(href)) return href;
  return /^[^/?#]*:/.test(href) ? null : href;
}

/** Whether the address lies in this installation: fetching a picture from elsewhere would tell that place who reads a note, and when. */
export const isOwnAddress = (href: string): boolean => href.startsWith('/') && !/^\/[/\\]/.test(href);
