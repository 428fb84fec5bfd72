/** Index of the entry of ascending `xs` nearest to `x`; the earlier one when two are as near; -1 when there is none. */
export function nearestIndex(xs: readonly number[], x: number): number {
  if (xs.length === 0) return -1;
  let low = 0;
  let high = xs.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? Infinity) < x) low = middle + 1;
    else high = middle;
  }
  const before = low - 1;
  if (before < 0) return low;
  return x - (xs[before] ?? -Infinity) <= (xs[low] ?? Infinity) - x ? before : low;
}

/** The last index whose x is at or before `x`, or -1. */
export function indexAtOrBefore(xs: readonly number[], x: number): number {
  let low = 0;
  let high = xs.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((xs[middle] ?? Infinity) <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The x of all series, once each, ascending: where a crosshair may stop. */
export function stopsOf(series: readonly { readonly xs: readonly number[] }[]): number[] {
  if (series.length === 1) return [...new Set(series[0]?.xs ?? [])];
  const all = new Set<number>();
  for (const one of series) for (const x of one.xs) all.add(x);
  return [...all].toSorted((a, b) => a - b);
}

/** The line nearest to a pixel, within `reach` pixels: for hover over many lines. */
export function nearestLine(lines: readonly { readonly id: string; readonly points: Float32Array }[], at: { readonly x: number; readonly y: number }, reach = 24): string | null {
  let best: string | null = null;
  let bestDistance = reach;
  for (const line of lines) {
    for (let index = 0; index + 3 < line.points.length; index += 2) {
      const distance = distanceToSegment(at, line.points.subarray(index, index + 4));
      if (distance < bestDistance) {
        bestDistance = distance;
        best = line.id;
      }
    }
  }
  return best;
}

function distanceToSegment(at: { readonly x: number; readonly y: number }, segment: Float32Array): number {
  const [x0 = Number.NaN, y0 = Number.NaN, x1 = Number.NaN, y1 = Number.NaN] = segment;
  if (Math.abs(at.x - x0) > 48 && Math.abs(at.x - x1) > 48 && (at.x < Math.min(x0, x1) || at.x > Math.max(x0, x1))) return Infinity;
  const length = (x1 - x0) ** 2 + (y1 - y0) ** 2;
  const along = length > 0 ? Math.max(0, Math.min(1, ((at.x - x0) * (x1 - x0) + (at.y - y0) * (y1 - y0)) / length)) : 0;
  const distance = Math.hypot(at.x - (x0 + along * (x1 - x0)), at.y - (y0 + along * (y1 - y0)));
  return Number.isNaN(distance) ? Infinity : distance;
}
