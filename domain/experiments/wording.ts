import type { Interval } from '../statistics/estimate.ts';

const MINUS = '\u2212';

/** As many decimals as the uncertainty deserves: two significant digits of the half-width, at most 8; four significant digits where no interval is known. */
function decimalsFor(size: number, digits: number): number {
  if (size === 0 || !Number.isFinite(size)) return 0;
  return Math.min(8, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(size)))));
}

function plain(value: number, decimals: number): string {
  const magnitude = Math.abs(value);
  if (magnitude !== 0 && (magnitude >= 1e9 || magnitude < 1e-8)) return signed(value, magnitude.toExponential(2));
  const text = magnitude.toFixed(decimals);
  return Number(text) === 0 ? text : signed(value, text);
}
const signed = (value: number, magnitude: string): string => (value < 0 ? MINUS + magnitude : magnitude);

/** Writes numbers that belong to one interval, all with the same decimals. */
export function figuresFor(interval: Interval | null, fallback: number): (value: number) => string {
  const decimals = interval ? decimalsFor((interval.high - interval.low) / 2, 2) : decimalsFor(fallback, 4);
  return (value) => plain(value, decimals);
}

/** A number as somebody typed it: 0.005, not 0.005000. */
export const asTyped = (value: number): string => String(value).replace('-', MINUS);

export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;
