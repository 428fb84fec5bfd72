'use client';

import { useSyncExternalStore } from 'react';
import { durationText, valueText } from '../../_charts/number-words.ts';
import { useNowOften } from '../../_ui/relative-time.tsx';
import type { CurveStore } from '../metrics/curve-store.ts';
import type { RunDetail } from './run-documents.ts';

interface RunFactsProps {
  readonly run: RunDetail;
  readonly live: boolean;
  readonly store: CurveStore;
}

/** The few facts one looks at first: how far, how long, when last heard, and the hypothesis' metric. */
export function RunFacts({ run, live, store }: RunFactsProps) {
  const now = useNowOften(() => live);
  const heard = useSyncExternalStore(store.subscribeAny, store.newest, store.newest);
  const heardStep = useSyncExternalStore(store.subscribeAny, store.lastStep, store.lastStep);
  const lastStep = run.metrics.reduce((most, metric) => (metric.lastStep === null ? most : Math.max(most ?? metric.lastStep, metric.lastStep)), heardStep);
  const took = lastedMs(run, live ? now : null);
  const facts: (readonly [string, string] | null)[] = [
    lastStep === null ? null : ['last step', valueText(lastStep)],
    took === null ? null : [live ? 'running for' : 'took', durationText(took)],
    live ? lastHeard(heard, now) : null,
    ['metrics', String(run.metrics.length)],
    // While points stream in the count would lag behind what the curves show.
    live ? null : ['points', run.metrics.reduce((sum, metric) => sum + metric.count, 0).toLocaleString('en-US')],
    ['seed', run.seed ?? 'none logged'],
  ];
  return <dl className="facts">{facts.map((fact) => fact && <div key={fact[0]}><dt>{fact[0]}</dt><dd>{fact[1]}</dd></div>)}</dl>;
}

function lastedMs(run: RunDetail, now: number | null): number | null {
  if (run.durationMs !== null) return run.durationMs;
  return now === null || run.startedAt === null ? null : Math.max(0, now - Date.parse(run.startedAt));
}

function lastHeard(heard: number, now: number | null): readonly [string, string] | null {
  if (heard === 0 || now === null) return null;
  return ['last heard', now - heard < 15_000 ? 'now' : `${durationText(now - heard)} ago`];
}
