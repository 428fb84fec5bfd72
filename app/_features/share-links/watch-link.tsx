'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';

/** News of one page gather for this long, so that a sweep does not redraw it at every run. */
const GATHER_MS = 3000;

/** Keeps an open share page honest: when its link is taken back it closes at once, and what changes appears. Without events the page stays as it was drawn. */
export function WatchLink({ token, children }: { readonly token: string; readonly children: ReactNode }) {
  const router = useRouter();
  const [gone, setGone] = useState(false);
  useEffect(() => {
    const address = `/api/v1/share/${encodeURIComponent(token)}/events`;
    const events = new EventSource(address);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const close = (): void => { setGone(true); events.close(); };
    events.addEventListener('gone', close);
    events.addEventListener('changed', () => { timer ??= setTimeout(() => { timer = undefined; router.refresh(); }, GATHER_MS); });
    // Refused, not cut off: a link that ended while the connection was away.
    events.addEventListener('error', () => { if (events.readyState === EventSource.CLOSED) void fetch(address, { method: 'HEAD' }).then(({ status }) => { if (status === 404) close(); }, () => undefined); });
    return () => { clearTimeout(timer); events.close(); };
  }, [router, token]);
  if (!gone) return children;
  return (
    <div className="shared">
      <main className="article" role="alert"><h1>This page was taken back</h1><p className="tx">Its link has ended, so there is nothing to see here any more. Whoever sent it to you can make a new one.</p></main>
    </div>
  );
}
