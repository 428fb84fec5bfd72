import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import type { Points } from './x-axis.ts';

/** What a group of runs is drawn as: its mean with the 95 % interval of the mean, its standard error, its standard deviation or its extremes; or its median with the extremes. */
export const SPREADS = ['ci', 'se', 'sd', 'range', 'median'] as const;
export type Spread = (typeof SPREADS)[number];

export interface RepeatBand {
  readonly xs: number[];
  /** The mean, or the median where that was asked for. */
  readonly mean: number[];
  /** Ends of the band, pointwise; NaN where fewer than two repeats logged this x. */
  readonly lower: number[];
  readonly upper: number[];
  /** Repeats that logged a number at this x. */
  readonly counts: number[];
}

/**
 * The middle of the repeats at every x that any of them logged, and the band around it; by default the mean with mean ± t(0.975, n − 1) · s / √n.
 * Pointwise: each x is covered with 95 %, the whole curve with less; captions say so. Several points of one run at one x: the last counts.
 */
export function bandOverRepeats(repeats: readonly Points[], spread: Spread = 'ci'): RepeatBand {
  const byX = new Map<number, number[]>();
  for (const repeat of repeats) {
    const own = new Map<number, number>();
    for (const [index, x] of repeat.xs.entries()) own.set(x, repeat.ys[index] ?? Number.NaN);
    for (const [x, value] of own) {
      const values = byX.get(x) ?? [];
      if (Number.isFinite(value)) values.push(value);
      byX.set(x, values);
    }
  }
  const xs = [...byX.keys()].toSorted((a, b) => a - b);
  const band: RepeatBand = { xs, mean: [], lower: [], upper: [], counts: [] };
  for (const x of xs) {
    const values = byX.get(x) ?? [];
    const { middle, lower, upper } = bandAt(values, spread);
    band.mean.push(middle);
    band.lower.push(lower);
    band.upper.push(upper);
    band.counts.push(values.length);
  }
  return band;
}

function bandAt(values: readonly number[], spread: Spread): { readonly middle: number; readonly lower: number; readonly upper: number } {
  const n = values.length;
  if (n === 0) return { middle: Number.NaN, lower: Number.NaN, upper: Number.NaN };
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const middle = spread === 'median' ? median(values) : mean;
  if (n === 1) return { middle, lower: Number.NaN, upper: Number.NaN };
  if (spread === 'range' || spread === 'median') return { middle, lower: Math.min(...values), upper: Math.max(...values) };
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const half = spread === 'sd' ? sd : (sd / Math.sqrt(n)) * (spread === 'ci' ? tQuantile(0.975, n - 1) : 1);
  return { middle, lower: mean - half, upper: mean + half };
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[half] ?? Number.NaN) : ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2;
}

/** Repeats of unlike length thin out at the end, and a mean over fewer runs can leap there: cuts the band where less than half the repeats are left. */
export function cutWhereThin(band: RepeatBand, repeats: number): RepeatBand {
  const least = Math.max(1, Math.ceil(repeats / 2));
  let end = band.xs.length;
  while (end > 0 && (band.counts[end - 1] ?? 0) < least) end -= 1;
  if (end === band.xs.length || end === 0) return band;
  const cut = (list: readonly number[]): number[] => list.slice(0, end);
  return { xs: cut(band.xs), mean: cut(band.mean), lower: cut(band.lower), upper: cut(band.upper), counts: cut(band.counts) };
}

const GRID = 300;

/**
 * Repeats brought to common x, so that a mean at an x is over all repeats that reached it. Long series arrive thinned, each at its own steps;
 * where steps differ the value between two points is read off the straight line drawn between them, as the chart draws it. Nothing is made up outside a repeat's own extent.
 */
export function alignRepeats(repeats: readonly Points[]): Points[] {
  const union = [...new Set(repeats.flatMap((repeat) => repeat.xs))].toSorted((a, b) => a - b);
  const longest = Math.max(0, ...repeats.map((repeat) => new Set(repeat.xs).size));
  if (union.length <= longest * 1.2) return [...repeats];
  const every = Math.max(1, Math.ceil(union.length / GRID));
  const grid = union.filter((_, index) => index % every === 0 || index === union.length - 1);
  return repeats.map((repeat) => readOff(repeat, grid));
}

function readOff(repeat: Points, grid: readonly number[]): Points {
  const out: Points = { xs: [], ys: [] };
  let at = 0;
  for (const x of grid) {
    while (at + 1 < repeat.xs.length && (repeat.xs[at + 1] ?? Infinity) <= x) at += 1;
    const x0 = repeat.xs[at];
    if (x0 === undefined || x0 > x || x > (repeat.xs.at(-1) ?? -Infinity)) continue;
    out.xs.push(x);
    out.ys.push(between({ x: x0, y: repeat.ys[at] ?? Number.NaN }, { x: repeat.xs[at + 1] ?? x0, y: repeat.ys[at + 1] ?? Number.NaN }, x));
  }
  return out;
}

function between(a: { readonly x: number; readonly y: number }, b: { readonly x: number; readonly y: number }, x: number): number {
  return x === a.x || b.x === a.x ? a.y : a.y + ((b.y - a.y) * (x - a.x)) / (b.x - a.x);
}
