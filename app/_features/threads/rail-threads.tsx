'use client';

import Link from 'next/link';
import { Section } from '../../_ui/section.tsx';
import { ThreadView } from './thread-view.tsx';
import { useThreads } from './use-threads.ts';

const SHOWN = 2;

/** The open threads beside the page; all of them are under Discussion. */
export function RailThreads({ subject, experimentKey, dataNow }: { readonly subject: string; readonly experimentKey: string; readonly dataNow: (metric: string) => string }) {
  const { threads } = useThreads(subject);
  const open = threads.map((thread, index) => ({ thread, number: index + 1 })).filter(({ thread }) => thread.resolvedAt === null);
  if (open.length === 0) return threads.length === 0 ? null : <Section title="Threads" count={threads.length}><p className="hint mt-2">All are resolved. <Link className="lk" href={`/e/${experimentKey}?tab=discussion`}>Read them</Link></p></Section>;
  return (
    <section aria-label="Open threads">
      {open.slice(-SHOWN).map(({ thread, number }) => <ThreadView key={thread.id} thread={thread} number={number} dataNow={dataNow} />)}
      {open.length > SHOWN && <p className="mt-2"><Link className="lk" href={`/e/${experimentKey}?tab=discussion`}>{open.length - SHOWN} more open</Link></p>}
    </section>
  );
}
