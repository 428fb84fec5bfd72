'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useState, type ReactNode } from 'react';
import { ReadPace } from './read-pace.ts';
import { ReopenPace } from './reopen-pace.ts';
import { GONE_TITLE, SharePageGone } from './share-page-gone.tsx';

/** Browsers cannot wait longer at a stretch. */
const LONGEST_WAIT_MS = 2_147_483_647;

/** Null where nobody answers. */
const statusOf = (address: string): Promise<number | null> => fetch(address, { method: 'HEAD' }).then(({ status }) => status, () => null);

interface WatchLinkProps { readonly token: string; readonly closesInMs: number; readonly children: ReactNode }

/** Keeps an open share page honest: when its link is taken back, or what it shows is deleted or held back, it closes at once, at its last moment it closes by itself, and what changes appears. Events that fail are opened again until they hold. Without events the page otherwise stays as it was drawn. `closesInMs` is counted by the server: the reader's clock may be wrong. */
export function WatchLink({ token, closesInMs, children }: WatchLinkProps) {
  const router = useRouter();
  const [gone, setGone] = useState(false);
  useEffect(() => {
    const address = `/api/v1/share/${encodeURIComponent(token)}/events`;
    const [pace, reopening] = [new ReadPace(), new ReopenPace()];
    let left = false;
    let events: EventSource | undefined;
    let [reading, opening]: (ReturnType<typeof setTimeout> | undefined)[] = [];
    const leave = (): void => { left = true; clearTimeout(reading); clearTimeout(opening); events?.close(); };
    const close = (): void => { leave(); setGone(true); };
    const read = (): void => { reading = undefined; pace.read(performance.now()); router.refresh(); };
    const open = (query: '' | '?again'): void => {
      const source = new EventSource(address + query);
      events = source;
      source.addEventListener('gone', close);
      source.addEventListener('open', () => { reopening.opened(performance.now()); });
      source.addEventListener('changed', () => { reading ??= setTimeout(read, pace.waitFrom(performance.now())); });
      // A browser gives up for good at any answer but 200, as a restarting server gives: asking again is ours. A 404 is the end: the link ended meanwhile.
      source.addEventListener('error', () => {
        source.close();
        void statusOf(address).then((status) => {
          if (left) return;
          if (status === 404) close();
          else opening = setTimeout(() => { open('?again'); }, reopening.waitAfterFailure(performance.now(), Math.random()));
        });
      });
    };
    open('');
    return leave;
  }, [router, token]);
  useEffect(() => {
    if (closesInMs > LONGEST_WAIT_MS) return;
    const timer = setTimeout(() => setGone(true), closesInMs);
    return () => clearTimeout(timer);
  }, [closesInMs]);
  useEffect(() => { if (gone) document.title = GONE_TITLE; }, [gone]);
  if (!gone) return children;
  return <SharePageGone />;
}
