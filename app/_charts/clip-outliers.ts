import type { Span } from './chart-series.ts';

const SHARE = 0.01;

/** The range that all but the lowest and the highest hundredth of the values share; null where that leaves nothing to draw. */
export function clippedExtent(lists: Iterable<readonly number[]>, positiveOnly: boolean): Span | null {
  const values: number[] = [];
  for (const list of lists) for (const value of list) if (Number.isFinite(value) && (!positiveOnly || value > 0)) values.push(value);
  if (values.length < 3) return null;
  const sorted = Float64Array.from(values).sort();
  const span: Span = [quantile(sorted, SHARE), quantile(sorted, 1 - SHARE)];
  return span[0] < span[1] ? span : null;
}

/** Between the two nearest values, as NumPy and R (type 7) do by default (Hyndman and Fan, 1996). */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
