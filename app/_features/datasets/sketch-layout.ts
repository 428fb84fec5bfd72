import { scaleLinear } from 'd3-scale';

export interface Lies { readonly min: number; readonly max: number; readonly mean: number; readonly quantiles: readonly number[] }

/** Places from 0 to 100 on a scale that several share. */
export interface SketchLayout { readonly min: number; readonly max: number; readonly low: number; readonly high: number; readonly tail: readonly [number, number]; readonly median: number; readonly mean: number }

/** Both versions of a column on one scale, so that a shift is seen and not only read. A column of one value stands in the middle. */
export function layOutSketches(sketches: readonly Lies[]): readonly SketchLayout[] {
  const [least, most] = [Math.min(...sketches.map(({ min }) => min)), Math.max(...sketches.map(({ max }) => max))];
  const place = least === most ? () => 50 : scaleLinear([least, most], [1, 99]);
  return sketches.map(({ min, max, mean, quantiles: [p5 = min, p25 = min, p50 = min, p75 = max, p95 = max] }) =>
    ({ min: place(min), max: place(max), tail: [place(p5), place(p95)], low: place(p25), high: place(p75), median: place(p50), mean: place(mean) }));
}
