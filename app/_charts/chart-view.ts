import type { ChartView } from './chart-controls.tsx';
import type { Span, XKind } from './chart-series.ts';

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

/** What the view adds to the address; defaults add nothing. A window in steps means nothing in seconds, so another x axis shows everything. */
export function chartViewParams(view: ChartView, before: ChartView): Readonly<Record<string, string | null>> {
  return {
    x: view.xKind === 'step' ? null : view.xKind, y: view.yKind === 'log' ? 'log' : null, smooth: view.smoothing > 0 ? String(view.smoothing) : null,
    ...(view.xKind === before.xKind ? {} : { zoom: null }),
  };
}

/** "2.5~18": the window in x that charts are zoomed to. */
export function zoomText(zoom: Span | null): string | null {
  if (zoom === null) return null;
  const digits = Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(zoom[1] - zoom[0]))));
  return zoom.map((end) => String(Number(end.toFixed(digits)))).join('~');
}

/** Reads a window; anything odd shows everything. */
export function zoomFrom(text: string | null): Span | null {
  const [low, high, ...more] = (text ?? '').split('~').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (low === undefined || high === undefined || more.length > 0) return null;
  return Number.isFinite(low) && Number.isFinite(high) && low < high ? [low, high] : null;
}
