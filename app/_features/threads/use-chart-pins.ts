'use client';

import { useMemo } from 'react';
import { anchorText } from '../../../domain/threads/anchor.ts';
import type { ChartPin } from '../../_charts/chart-pin.ts';
import { useOpenPlaces } from './use-threads.ts';

/** Where open threads about a subject point, by metric, for the pins on its charts. A thread's number is the same everywhere. */
export function useChartPins(subject: string, onOpen: (threadId: string) => void): ReadonlyMap<string, readonly ChartPin[]> {
  const places = useOpenPlaces(subject);
  return useMemo(() => {
    const pins = new Map<string, ChartPin[]>();
    for (const { id, number, anchor } of places) {
      if (anchor.kind !== 'point' && anchor.kind !== 'range') continue;
      const span = anchor.kind === 'range' ? { x: (anchor.from + anchor.to) / 2, from: anchor.from, to: anchor.to } : { x: anchor.step };
      const pin: ChartPin = { id, number, ...span, label: `Thread ${number}, ${anchorText(anchor).replace(`on ${anchor.metric}, `, '')}`, onOpen: () => onOpen(id) };
      pins.set(anchor.metric, [...(pins.get(anchor.metric) ?? []), pin]);
    }
    return pins;
  }, [places, onOpen]);
}
