import { landOn } from '../../_ui/land-on.ts';

/** Goes to the first unread comment below what has the focus, or to the first of all. Those on screen carry data-unread. */
export function nextUnread(): void {
  const unread = [...document.querySelectorAll<HTMLElement>('[data-unread]')];
  const here = document.activeElement;
  const below = unread.filter((one) => here === null || (one !== here && (here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0));
  const next = below[0] ?? unread[0];
  if (next === undefined) return;
  next.focus({ preventScroll: true });
  landOn(next, 'center');
}
