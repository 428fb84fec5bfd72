'use client';

import { useSyncExternalStore } from 'react';
import { formatMoment, formatRelative } from './moments.ts';

const TICK_IN_MS = 10_000;
const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | null = null;

/** One clock for the whole page, running only while something on it shows a time. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  // It stood still while nothing showed a time.
  if (timer === null) now = Date.now();
  timer ??= setInterval(() => {
    now = Date.now();
    for (const each of listeners) each();
  }, TICK_IN_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0 && timer) { clearInterval(timer); timer = null; }
  };
}

/** The present in epoch milliseconds, moving every 10 s; null while the server draws, which has no clock of the reader's. */
export const useNow = (): number | null => useSyncExternalStore(subscribe, () => now, () => null);

/** "5 min ago" (short: "5 min"), then a date; the exact moment on hover and for machines. */
export function RelativeTime({ at, short = false }: { readonly at: string; readonly short?: boolean }) {
  const present = useNow();
  const moment = new Date(at);
  return (
    <time dateTime={at} title={formatMoment(moment)} suppressHydrationWarning>
      {present === null ? at.slice(0, 10) : formatRelative(moment, new Date(present), short)}
    </time>
  );
}
