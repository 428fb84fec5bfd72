import type { Span, YKind } from './chart-series.ts';
import { roundOutward } from './ticks.ts';

const GROWTH = [1, 1.5, 2, 3, 4, 5, 6, 8, 10] as const;

/** Smallest and largest finite value, or null when there is none. On a log axis only values above zero exist. */
export function extentOf(lists: Iterable<readonly number[]>, kind: YKind = 'linear'): Span | null {
  let low = Infinity;
  let high = -Infinity;
  for (const list of lists) {
    for (const value of list) {
      if (!Number.isFinite(value) || (kind === 'log' && value <= 0)) continue;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low <= high ? [low, high] : null;
}

/** The y axis for these values: round ends, never a band of zero height. */
export function yDomain(extent: Span | null, kind: YKind): Span {
  if (extent === null) return kind === 'log' ? [0.1, 1] : [0, 1];
  if (kind === 'linear') return roundOutward(extent);
  const [low, high] = extent;
  if (low === high) return [low / 2, high * 2];
  // Ends at 1, 2 or 5 times a power of ten: a whole decade of empty paper below the data would flatten it.
  return [roundLog(low, 'down'), roundLog(high, 'up')];
}

function roundLog(value: number, direction: 'down' | 'up'): number {
  const decade = Number(`1e${Math.floor(Math.log10(value))}`);
  const factors = direction === 'down' ? [5, 2, 1] : [1, 2, 5, 10];
  const found = factors.find((factor) => (direction === 'down' ? factor * decade <= value * (1 + 1e-9) : factor * decade >= value * (1 - 1e-9)));
  return (found ?? 1) * decade;
}

/** The next round maximum at or above `value`: 1, 1.5, 2, 3, 4, 5, 6, 8 or 10 times a power of ten. */
export function roundAbove(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return value;
  const decade = Number(`1e${Math.floor(Math.log10(value))}`);
  return (GROWTH.find((factor) => factor * decade >= value) ?? 10) * decade;
}

/**
 * The x axis while points arrive: it keeps its end until a point passes it, then leaps to the next round end a quarter further on,
 * so that the drawn line does not shrink with every point. When nothing is live the axis ends with the data.
 */
export function xDomain(extent: Span | null, previous: Span | null, live: boolean): Span {
  if (extent === null) return [0, 1];
  const [low, high] = extent;
  if (!live) return low === high ? [low - 0.5, high + 0.5] : extent;
  if (previous !== null && previous[0] <= low && previous[1] >= high && previous[1] > previous[0]) return [low, previous[1]];
  return [low, low + roundAbove(Math.max((high - low) * 1.25, 1))];
}
