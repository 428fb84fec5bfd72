import { decimalsFor } from '../../_ui/numbers.ts';

/** Decimals for a column of estimates: what the narrowest interval deserves, so that points line up. Undefined where no interval says: each number then shows its own figures. */
export function columnDecimals(intervals: readonly { readonly low: number | null | undefined; readonly high: number | null | undefined }[]): number | undefined {
  const wanted = intervals.filter(({ low, high }) => low != null && high != null && high > low).map(({ low, high }) => decimalsFor(low, high));
  return wanted.length === 0 ? undefined : Math.min(6, Math.max(...wanted));
}

/** The option as the number formatter takes it. */
export const withDecimals = (decimals: number | undefined): { readonly decimals?: number } => (decimals === undefined ? {} : { decimals });
