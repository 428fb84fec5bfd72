import { isOwnAddress, safeHref } from '../../domain/richtext/safe-href.ts';

/** Whether a picture or file may be fetched while someone reads: only from here. One from elsewhere would tell that server who reads, and when. */
export const isOwnFile = (address: unknown): address is string => typeof address === 'string' && isOwnAddress(address) && !/[\s\\]/.test(address);

/** Whether a link may be followed. Everything else, scripts above all, is text. */
export const isSafeLink = (address: unknown): address is string => typeof address === 'string' && safeHref(address) === address && !address.startsWith('lemma:');

/** What a person typed as a link, made whole: "example.org" is a page. Null where it may not be followed. */
export function linkFrom(typed: string): string | null {
  const text = typed.trim();
  if (/^[\w.+-]+@[\w-]+(\.[\w-]+)+$/.test(text)) return `mailto:${text}`;
  if (/^[\w-]+(\.[\w-]+)+([/:?#]\S*)?$/.test(text)) return `https://${text}`;
  return isSafeLink(text) && /^(https?:|mailto:|[/#])/i.test(text) ? text : null;
}
