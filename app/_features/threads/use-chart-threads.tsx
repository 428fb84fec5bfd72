'use client';

import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { anchorText, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import type { ChartPin } from '../../_charts/chart-pin.ts';
import type { ChartSeries, Span } from '../../_charts/chart-series.ts';
import { useAddress } from '../../_ui/use-address.ts';
import { chartViewFrom } from '../../_charts/chart-view.ts';
import { chartAnchor } from './chart-anchor.ts';
import { StartThreadDialog } from './start-thread-dialog.tsx';
import { useOpenPlaces } from './use-threads.ts';

interface ChartThreads {
  readonly pins: ReadonlyMap<string, readonly ChartPin[]>;
  /** Absent for who may not comment. */
  readonly onComment: ((metric: string, at: number | Span, series: readonly ChartSeries[]) => void) | undefined;
  /** Where the first words are written; stands beside the charts. */
  readonly dialog: ReactNode;
}

/** The threads of charts about a subject: pins of the open ones, and the way to begin one. */
export function useChartThreads(subject: string, mayComment: boolean, drawnFrom: (metric: string) => string): ChartThreads {
  const { yKind } = chartViewFrom(useAddress().params);
  const [anchor, setAnchor] = useState<ThreadAnchor | null>(null);
  return {
    pins: useChartPins(subject),
    onComment: mayComment ? (metric, at, series) => setAnchor(chartAnchor({ metric, series, yKind, drawnFrom: drawnFrom(metric) }, at)) : undefined,
    dialog: <StartThreadDialog anchor={anchor} subject={subject} onClose={() => setAnchor(null)} />,
  };
}

/** Where open threads about a subject point, by metric. A thread's number is the same everywhere. */
export function useChartPins(subject: string): ReadonlyMap<string, readonly ChartPin[]> {
  const places = useOpenPlaces(subject);
  const { set } = useAddress();
  const open = useCallback((id: string) => set({ tab: 'discussion', thread: id }, true), [set]);
  return useMemo(() => {
    const pins = new Map<string, ChartPin[]>();
    for (const { id, number, anchor } of places) {
      if (anchor.kind !== 'point' && anchor.kind !== 'range') continue;
      const span = anchor.kind === 'range' ? { x: (anchor.from + anchor.to) / 2, from: anchor.from, to: anchor.to } : { x: anchor.step };
      const pin: ChartPin = { id, number, ...span, label: `Thread ${number}, ${anchorText(anchor).replace(`on ${anchor.metric}, `, '')}`, onOpen: () => open(id) };
      pins.set(anchor.metric, [...(pins.get(anchor.metric) ?? []), pin]);
    }
    return pins;
  }, [places, open]);
}
