import type { ChartSeries, Span } from './chart-series.ts';
import type { Scale } from './scale.ts';

/** Of the points that a picture was given, which may be fewer than were logged: those in view that it does not show, by the reason why. */
export interface NotShown {
  /** At or below zero, on a logarithmic y axis. */
  readonly belowZero: number;
  /** At a step or second at or below zero, on a logarithmic x axis. */
  readonly beforeStart: number;
  /** Beyond the percentiles that the y axis is cut off at. */
  readonly clipped: number;
  /** Logged, but NaN or infinite. */
  readonly notFinite: number;
  /** All in view that the picture was given. */
  readonly given: number;
}

/** Why a point in view is not drawn. */
type Reason = Exclude<keyof NotShown, 'given'>;

export interface LeftOut {
  readonly notShown: NotShown;
  /** Where in x something was logged that is no number: pixels, each once. */
  readonly gaps: readonly number[];
}

interface Axes {
  readonly x: Scale;
  readonly y: Scale;
  readonly xLog: boolean;
  readonly yLog: boolean;
  readonly clipped: boolean;
}

/** What of the points in view a picture leaves out. */
export function leftOut(series: readonly ChartSeries[], axes: Axes): LeftOut {
  const notShown = { belowZero: 0, beforeStart: 0, clipped: 0, notFinite: 0, given: 0 };
  const gaps = new Set<number>();
  for (const { xs, ys, counts } of series) {
    for (const [index, at] of xs.entries()) {
      const reason = reasonFor(at, ys[index] ?? Number.NaN, axes);
      // A mean over repeats has no value where too few of them have one: nobody logged that.
      if (reason === 'outside' || (reason === 'notFinite' && counts !== undefined)) continue;
      notShown.given += 1;
      if (reason === null) continue;
      notShown[reason] += 1;
      if (reason === 'notFinite') gaps.add(Math.round(axes.x.toPixel(at)));
    }
  }
  return { notShown, gaps: [...gaps] };
}

/** Why a point is not drawn: also for being outside the window that the chart is zoomed to. Null for one that is. */
function reasonFor(at: number, value: number, { x, y, xLog, yLog, clipped }: Axes): Reason | 'outside' | null {
  if (xLog && at <= 0) return 'beforeStart';
  if (!inside(at, x.domain)) return 'outside';
  if (!Number.isFinite(value)) return 'notFinite';
  if (yLog && value <= 0) return 'belowZero';
  return clipped && !inside(value, y.domain) ? 'clipped' : null;
}

const inside = (value: number, domain: Span): boolean => value >= domain[0] && value <= domain[1];
