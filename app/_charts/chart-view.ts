import type { Span, XKind, YKind } from './chart-series.ts';
import { type Smoothing, smoothingFrom, smoothingText } from './smooth.ts';

/** How charts are drawn. */
export interface ChartView {
  readonly xKind: XKind;
  /** A logarithmic x axis, over steps or seconds; a time of day has no logarithm. */
  readonly xLog: boolean;
  readonly yKind: YKind;
  readonly smoothing: Smoothing;
  /** The y axis leaves out the lowest and the highest hundredth of the values. */
  readonly clip: boolean;
}

interface Readable { get(name: string): string | null }

const X_KINDS: readonly XKind[] = ['step', 'relative', 'time'];

/** Reads the chart view out of the address; anything odd is the default: steps, linear, unsmoothed, everything shown. */
export function chartViewFrom(params: Readable): ChartView {
  const xKind = X_KINDS.find((kind) => kind === params.get('x')) ?? 'step';
  return {
    xKind,
    xLog: params.get('xlog') === '1' && xKind !== 'time',
    yKind: params.get('y') === 'log' ? 'log' : 'linear',
    smoothing: smoothingFrom(params.get('smooth')),
    clip: params.get('clip') === '1',
  };
}

/** What the view adds to the address; defaults add nothing. A window in steps means nothing in seconds, so another x axis shows everything. */
export function chartViewParams(view: ChartView, before: ChartView): Readonly<Record<string, string | null>> {
  return {
    x: view.xKind === 'step' ? null : view.xKind, xlog: view.xLog && view.xKind !== 'time' ? '1' : null, y: view.yKind === 'log' ? 'log' : null,
    smooth: smoothingText(view.smoothing), clip: view.clip ? '1' : null,
    ...(view.xKind === before.xKind ? {} : { zoom: null }),
  };
}

/** What one chart does otherwise than the rest. Its x axis is everybody's. */
export type ChartOverride = Partial<Pick<ChartView, 'yKind' | 'smoothing' | 'clip'>>;

const OWN = 'y';

/** "y-log;gauss-5;clip": an override as words of an address; null when there is none. */
export function overrideText(own: ChartOverride): string | null {
  const words = [
    own.yKind === undefined ? null : `${OWN}-${own.yKind}`,
    own.smoothing === undefined ? null : (smoothingText(own.smoothing) ?? 'raw'),
    own.clip === undefined ? null : own.clip ? 'clip' : 'whole',
  ].filter((word) => word !== null);
  return words.length === 0 ? null : words.join(';');
}

/** Reads it back; words that say nothing are passed over. */
export function overrideFrom(text: string): ChartOverride {
  let own: ChartOverride = {};
  for (const word of text.split(';')) {
    const smoothing = smoothingFrom(word);
    if (word === 'y-log') own = { ...own, yKind: 'log' };
    else if (word === 'y-linear') own = { ...own, yKind: 'linear' };
    else if (word === 'clip' || word === 'whole') own = { ...own, clip: word === 'clip' };
    else if (word === 'raw' || smoothing.kind !== 'none') own = { ...own, smoothing };
  }
  return own;
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
