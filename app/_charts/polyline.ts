import type { Scale } from './scale.ts';

/** Pixel pairs x, y, x, y, …; NaN pairs are gaps, so that one array draws a broken line. */
export type Polyline = Float32Array;

/**
 * Points as pixels. Where several fall into one pixel column only the first, lowest, highest and last are kept (the M4 aggregation,
 * Jugel et al., VLDB 2014): the drawn line is the same to the pixel and no spike is lost.
 */
export function toPolyline(points: { readonly xs: readonly number[]; readonly ys: readonly number[] }, x: Scale, y: Scale): Polyline {
  const count = points.xs.length;
  const dense = count > 4 * Math.abs(x.range[1] - x.range[0]);
  const out: number[] = [];
  let column: Column | null = null;
  for (let index = 0; index < count; index += 1) {
    const px = x.toPixel(points.xs[index] ?? Number.NaN);
    // A point without a place in x has none on the paper.
    const py = Number.isNaN(px) ? Number.NaN : y.toPixel(points.ys[index] ?? Number.NaN);
    if (!dense || Number.isNaN(py)) {
      column = flush(column, out);
      out.push(Number.isNaN(py) ? Number.NaN : px, py);
      continue;
    }
    const place = Math.floor(px);
    if (column === null || column.place !== place) {
      flush(column, out);
      column = { place, first: [px, py], low: [px, py], high: [px, py], last: [px, py] };
      continue;
    }
    if (py < column.low[1]) column.low = [px, py];
    if (py > column.high[1]) column.high = [px, py];
    column.last = [px, py];
  }
  flush(column, out);
  return Float32Array.from(out);
}

type Pixel = readonly [number, number];
interface Column {
  readonly place: number;
  readonly first: Pixel;
  low: Pixel;
  high: Pixel;
  last: Pixel;
}

function flush(column: Column | null, out: number[]): null {
  if (column === null) return null;
  const between = column.low[0] <= column.high[0] ? [column.low, column.high] : [column.high, column.low];
  const kept: Pixel[] = [];
  for (const pixel of [column.first, ...between, column.last]) {
    const before = kept.at(-1);
    if (before === undefined || before[0] !== pixel[0] || before[1] !== pixel[1]) kept.push(pixel);
  }
  for (const pixel of kept) out.push(pixel[0], pixel[1]);
  return null;
}

/** Closed outlines of a band, one for each stretch where both ends exist; upper edge forward, lower edge back. */
export function toBandOutlines(band: { readonly xs: readonly number[]; readonly lower: readonly number[]; readonly upper: readonly number[] }, x: Scale, y: Scale): Polyline[] {
  const outlines: Polyline[] = [];
  let upper: number[] = [];
  let lower: number[] = [];
  const close = (): void => {
    if (upper.length >= 4) {
      const back: number[] = [];
      for (let index = lower.length - 2; index >= 0; index -= 2) back.push(lower[index] ?? 0, lower[index + 1] ?? 0);
      outlines.push(Float32Array.from([...upper, ...back]));
    }
    upper = [];
    lower = [];
  };
  // A lower end that a log axis cannot show runs off the bottom of the paper: the band reaches there, it does not end.
  const floor = y.range[0];
  for (let index = 0; index < band.xs.length; index += 1) {
    const px = x.toPixel(band.xs[index] ?? Number.NaN);
    const high = y.toPixel(band.upper[index] ?? Number.NaN);
    const lowValue = band.lower[index] ?? Number.NaN;
    const low = y.toPixel(lowValue);
    if (Number.isNaN(px) || Number.isNaN(high) || Number.isNaN(lowValue)) {
      close();
      continue;
    }
    upper.push(px, high);
    lower.push(px, Number.isNaN(low) ? floor : low);
  }
  close();
  return outlines;
}

/** An SVG path of the line, one decimal, with a new start after each gap. */
export function toPath(line: Polyline, closed = false): string {
  let path = '';
  let drawing = false;
  for (let index = 0; index + 1 < line.length; index += 2) {
    const x = line[index] ?? Number.NaN;
    const y = line[index + 1] ?? Number.NaN;
    if (Number.isNaN(x) || Number.isNaN(y)) {
      drawing = false;
      continue;
    }
    path += `${drawing ? 'L' : 'M'}${round(x)} ${round(y)}`;
    drawing = true;
  }
  return closed && path !== '' ? `${path}Z` : path;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
