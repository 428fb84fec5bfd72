import type { Span } from './chart-series.ts';

const LEAST_PIXELS = 6;

/** The window that a drag from one pixel to another asks for; null for a click, or a drag too short to be meant. */
export function brushedWindow(from: number, to: number, toValue: (pixel: number) => number): Span | null {
  if (Math.abs(to - from) < LEAST_PIXELS) return null;
  return [toValue(Math.min(from, to)), toValue(Math.max(from, to))];
}

/** Twice as near (or as far) around a point that keeps its place on the screen; null when that shows everything again. */
export function zoomedAround(window: Span, whole: Span, at: number, factor: number): Span | null {
  const share = window[1] > window[0] ? (at - window[0]) / (window[1] - window[0]) : 0.5;
  const width = (window[1] - window[0]) * factor;
  if (width >= whole[1] - whole[0]) return null;
  const low = Math.min(Math.max(at - share * width, whole[0]), whole[1] - width);
  return [low, low + width];
}
