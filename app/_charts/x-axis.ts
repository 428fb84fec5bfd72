import type { Span, XKind } from './chart-series.ts';
import { linearTicks, tickStep } from './ticks.ts';
import { durationText, tickText } from './number-words.ts';

/** One logged series as it comes from the server: parallel arrays; null stands for NaN and infinities. */
export interface LoggedSeries {
  readonly steps: readonly number[];
  readonly timestamps: readonly number[];
  readonly values: readonly (number | null)[];
  /** Epoch milliseconds where the run's relative time begins; absent where only this series is known. */
  readonly start?: number | null | undefined;
  /** Points of the whole series, however few are here; absent where all of them are. */
  readonly count?: number | undefined;
}

export interface Points {
  readonly xs: number[];
  readonly ys: number[];
}

/** The series over the chosen x: step, wall-clock time (epoch ms) or seconds since the run's first point, of whichever metric; without that, since its own. Sorted by x; equal x keep their order. */
export function pointsOver(series: LoggedSeries, kind: XKind): Points {
  const start = series.start ?? series.timestamps.reduce((least, at) => Math.min(least, at), Infinity);
  const xs = series.steps.map((step, index) => {
    if (kind === 'step') return step;
    const at = series.timestamps[index] ?? Number.NaN;
    return kind === 'time' ? at : (at - start) / 1000;
  });
  const ys = series.values.map((value) => value ?? Number.NaN);
  if (xs.every((x, index) => index === 0 || (xs[index - 1] ?? x) <= x)) return { xs, ys };
  const order = xs.map((_, index) => index).toSorted((a, b) => (xs[a] ?? 0) - (xs[b] ?? 0) || a - b);
  return { xs: order.map((index) => xs[index] ?? 0), ys: order.map((index) => ys[index] ?? Number.NaN) };
}

const SECOND = 1000;
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 1_209_600, 2_592_000, 7_776_000, 31_536_000] as const;

function secondsStep(spanSeconds: number): number {
  return TIME_STEPS.find((step) => spanSeconds / step <= 4.999) ?? tickStep([0, spanSeconds]);
}

export function xTicks(span: Span, kind: XKind): number[] {
  if (kind === 'step') return linearTicks(span, span[1] - span[0] >= 1);
  const unit = kind === 'time' ? SECOND : 1;
  const seconds = (span[1] - span[0]) / unit;
  if (seconds < 5) return linearTicks(span);
  const step = secondsStep(seconds) * unit;
  const offset = kind === 'time' ? new Date(span[0]).getTimezoneOffset() * 60 * SECOND : 0;
  const ticks: number[] = [];
  for (let at = Math.ceil((span[0] - offset) / step) * step + offset; at <= span[1] + step * 1e-9 && ticks.length < 5; at += step) ticks.push(at);
  return ticks;
}

/** The text under a tick. Times of day under a day and a half, dates beyond. */
export function xTickText(x: number, span: Span, kind: XKind): string {
  if (kind === 'step') return tickText(x, span);
  if (kind === 'relative') return x === 0 ? '0' : durationText(x * SECOND);
  const width = span[1] - span[0];
  const at = new Date(x);
  if (width > 36 * 3600 * SECOND) return at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return at.toLocaleTimeString('en-GB', width < 300 * SECOND ? { hour: '2-digit', minute: '2-digit', second: '2-digit' } : { hour: '2-digit', minute: '2-digit' });
}

/** The crosshair's own words: "step 18", "14:02:11", "after 40 s". */
export function xValueText(x: number, kind: XKind): string {
  if (kind === 'step') return `step ${Number.isInteger(x) ? x : Number(x.toPrecision(6))}`;
  if (kind === 'relative') return `after ${durationText(x * SECOND)}`;
  return new Date(x).toLocaleString('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', second: '2-digit' });
}
