import Link from 'next/link';
import type { ReactNode } from 'react';
import { mentionOfHref } from '../../domain/richtext/mentions.ts';

/** Where a mention leads; null for people, who have no page, and for what is known by a key that only its words hold. */
function pageOf(href: string, words: ReactNode): string | null {
  const mention = mentionOfHref(href);
  if (mention?.kind === 'run') return `/r/${mention.id}`;
  if (mention?.kind === 'hypothesis') return `/h/${mention.id}`;
  return mention?.kind === 'experiment' && typeof words === 'string' && /^[A-Z0-9]+-\d+$/.test(words) ? `/e/${words}` : null;
}

/** A mention in Markdown. */
export function MentionLink({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  const page = pageOf(href, children);
  return page === null ? <span className="mention">{children}</span> : <Link className="lk mention" href={page}>{children}</Link>;
}
