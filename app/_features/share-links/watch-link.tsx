'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';

/** Browsers cannot wait longer at a stretch. */
const LONGEST_WAIT_MS = 2_147_483_647;

/** News of one page gather for this long, so that a sweep does not redraw it at every run. */
const GATHER_MS = 3000;

interface WatchLinkProps { readonly token: string; readonly closesInMs: number; readonly children: ReactNode }

/** Keeps an open share page honest: when its link is taken back, or what it shows is deleted or held back, it closes at once, at its last moment it closes by itself, and what changes appears. Without events the page otherwise stays as it was drawn. `closesInMs` is counted by the server: the reader's clock may be wrong. */
export function WatchLink({ token, closesInMs, children }: WatchLinkProps) {
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
  useEffect(() => {
    if (closesInMs > LONGEST_WAIT_MS) return;
    const timer = setTimeout(() => setGone(true), closesInMs);
    return () => clearTimeout(timer);
  }, [closesInMs]);
  if (!gone) return children;
  return (
    <div className="shared">
      <main className="article" role="alert"><h1>This page is not available any more</h1><p className="tx">Its link has ended, or what it showed was taken away or may not be shown now. Whoever sent it to you can say more.</p></main>
    </div>
  );
}
