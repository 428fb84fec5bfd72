'use client';

import { useMemo } from 'react';
import type { ChartPin } from '../../_charts/chart-pin.ts';
import { anchorFrom } from './thread-anchor.ts';
import { useThreads } from './use-threads.ts';

/** Where open threads about a subject point, by metric, for the pins on its charts. A thread's number is the same everywhere. */
export function useChartPins(subject: string, onOpen: (threadId: string) => void): ReadonlyMap<string, readonly ChartPin[]> {
  const { threads } = useThreads(subject);
  return useMemo(() => {
    const pins = new Map<string, ChartPin[]>();
    for (const [index, thread] of threads.entries()) {
      const anchor = anchorFrom(thread.anchor);
      if (anchor?.kind !== 'point' || thread.resolvedAt !== null) continue;
      const pin = { id: thread.id, x: anchor.step, number: index + 1, label: `Thread ${index + 1}, step ${anchor.step}`, onOpen: () => onOpen(thread.id) };
      pins.set(anchor.metric, [...(pins.get(anchor.metric) ?? []), pin]);
    }
    return pins;
  }, [threads, onOpen]);
}
