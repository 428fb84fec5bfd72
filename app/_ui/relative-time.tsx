'use client';

import { useSyncExternalStore } from 'react';
import { formatMoment, formatRelative } from './moments.ts';

const SECOND = 1_000;
/** Most of what a page shows changes by the minute, so most of it need not be drawn each second. */
const SLOW_TICK_IN_MS = 10 * SECOND;
const YOUNG_IN_MS = 60 * SECOND;

/** One clock for the whole page, running only while something on it shows a time. */
function clockOf(tickInMs: number) {
  const listeners = new Set<() => void>();
  let now = Date.now();
  let timer: ReturnType<typeof setInterval> | null = null;
  const tick = () => {
    now = Date.now();
    for (const each of listeners) each();
  };
  return {
    present: (): number => now,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      // It stood still while nothing showed a time.
      if (timer === null) now = Date.now();
      timer ??= setInterval(tick, tickInMs);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0 && timer) { clearInterval(timer); timer = null; }
      };
    },
  };
}

const slow = clockOf(SLOW_TICK_IN_MS);
const fast = clockOf(SECOND);

/** Whether a moment is so near that its words change by the second. */
export const isYoung = (at: number, now: number): boolean => Math.abs(now - at) < YOUNG_IN_MS;

const useClock = ({ subscribe, present }: typeof slow): number | null => useSyncExternalStore(subscribe, present, () => null);

/** The present in epoch milliseconds, moving every 10 s; null while the server draws, which has no clock of the reader's. */
export const useNow = (): number | null => useClock(slow);

/** The same, moving each second while `often` says so: for a duration that runs, or a moment not a minute away. */
export function useNowOften(often: (now: number) => boolean): number | null {
  const slowly = useClock(slow);
  const quickly = useClock(slowly !== null && often(slowly) ? fast : slow);
  // The fast clock stood still while nobody asked it.
  return slowly === null || quickly === null ? null : Math.max(slowly, quickly);
}

/** "5 min ago" (short: "5 min"), then a date; the exact moment on hover and for machines. */
export function RelativeTime({ at, short = false }: { readonly at: string; readonly short?: boolean }) {
  const moment = new Date(at);
  const present = useNowOften((now) => isYoung(moment.getTime(), now));
  return (
    <time dateTime={at} title={formatMoment(moment)} suppressHydrationWarning>
      {present === null ? at.slice(0, 10) : formatRelative(moment, new Date(present), short)}
    </time>
  );
}
