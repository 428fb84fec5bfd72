'use client';

import Link from 'next/link';
import { Section } from '../../_ui/section.tsx';
import { ThreadView } from './thread-view.tsx';
import { useThreads } from './use-threads.ts';
import { useTyping } from './use-typing.ts';

const SHOWN = 2;

/** The open threads beside the page; all of them are under Discussion. */
export function RailThreads({ subject, experimentKey, dataNow }: { readonly subject: string; readonly experimentKey: string; readonly dataNow: (metric: string) => string }) {
  const { threads, totalCount, unread } = useThreads(subject);
  const typing = useTyping(subject);
  const open = threads.filter((thread) => thread.resolvedAt === null);
  const discussion = `/e/${experimentKey}?tab=discussion`;
  if (open.length === 0) return totalCount === 0 ? null : <Section title="Threads" count={totalCount}><p className="hint mt-2">{totalCount > threads.length ? 'The newest are resolved.' : 'All are resolved.'} <Link className="lk" href={discussion}>Read them</Link></p></Section>;
  return (
    <section aria-label="Open threads">
      {open.slice(-SHOWN).map((thread) => <ThreadView key={thread.id} thread={thread} dataNow={dataNow} typing={typing} />)}
      {(totalCount > SHOWN || unread > 0) && <p className="mt-2 text-12"><Link className="lk" href={discussion}>{totalCount === 1 ? 'To the thread' : `All ${totalCount} threads`}</Link>{unread > 0 && <span className="new-count ml-2">{unread} new</span>}</p>}
    </section>
  );
}
