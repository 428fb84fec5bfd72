import type { ChartView } from './chart-controls.tsx';
import type { XKind } from './chart-series.ts';

const X_KINDS: readonly XKind[] = ['step', 'relative', 'time'];

/** Reads the chart view out of the address; anything odd is the default: steps, linear, unsmoothed. */
export function chartViewFrom(params: { get(name: string): string | null }): ChartView {
  const smoothing = Number(params.get('smooth') ?? '0');
  return {
    xKind: X_KINDS.find((kind) => kind === params.get('x')) ?? 'step',
    yKind: params.get('y') === 'log' ? 'log' : 'linear',
    smoothing: Number.isFinite(smoothing) ? Math.min(0.99, Math.max(0, smoothing)) : 0,
  };
}

/** What the view adds to the address; defaults add nothing. */
export function chartViewParams(view: ChartView): Record<'x' | 'y' | 'smooth', string | null> {
  return { x: view.xKind === 'step' ? null : view.xKind, y: view.yKind === 'log' ? 'log' : null, smooth: view.smoothing > 0 ? String(view.smoothing) : null };
}
