import type { Interval } from '../statistics/estimate.ts';

/** Mirrored at zero for sign -1. */
export const turned = ({ low, high }: Interval, sign: 1 | -1): Interval => (sign === 1 ? { low, high } : { low: withoutNegativeZero(-high), high: withoutNegativeZero(-low) });

export const withoutNegativeZero = (value: number): number => value + 0;
