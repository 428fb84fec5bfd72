import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { curvesOver, type Curve, type Repeat } from './curve.ts';
import reference from './reference/values.json' with { type: 'json' };

const of = (xs: readonly number[], ys: readonly number[], counts: readonly number[]): Repeat => ({ xs, ys, lows: ys, highs: ys, counts });
const repeat = (points: Readonly<Record<number, number>>): Repeat => {
  const xs = Object.keys(points).map(Number).toSorted((a, b) => a - b);
  return of(xs, xs.map((x) => points[x] ?? NaN), xs.map((x) => Number(Number.isFinite(points[x]))));
};
const over = (repeats: readonly Repeat[], width = 1): Curve => {
  const [curve] = curvesOver([repeats], width);
  if (!curve) throw new Error('no curve');
  return curve;
};

describe('a curve over runs', () => {
  it('agrees with NumPy and SciPy at the steps of all runs, whichever they logged', () => {
    const curve = over(reference.runs.map(({ steps, values }) => of(steps, values, steps.map(() => 1))));
    expect(curve.xs).toEqual(reference.points.map(({ x }) => x));
    expect(curve.n).toEqual(reference.points.map(({ n }) => n));
    for (const name of ['mean', 'median', 'min', 'max', 'sd', 'se', 'ciLow', 'ciHigh'] as const) {
      const apart = reference.points.filter((point, at) => {
        const [theirs, ours] = [point[name] ?? NaN, curve[name][at] ?? NaN];
        return !Object.is(theirs, ours) && !(Math.abs(theirs - ours) <= 1e-9 * Math.max(1, Math.abs(theirs)));
      });
      expect(apart, name).toEqual([]);
    }
  });

  it('is what one computes by hand: 2, 4, 9 have mean 5, median 4, deviation √13, error √(13/3), and an interval of 4.303 errors', () => {
    const curve = over([repeat({ 0: 2 }), repeat({ 0: 4 }), repeat({ 0: 9 })]);
    expect(curve).toMatchObject({ xs: [0], n: [3], mean: [5], median: [4], min: [2], max: [9] });
    expect(curve.sd[0]).toBeCloseTo(Math.sqrt(13), 12);
    expect(curve.se[0]).toBeCloseTo(Math.sqrt(13 / 3), 12);
    expect(curve.ciLow[0]).toBeCloseTo(5 - 4.302_652_729_696_142 * Math.sqrt(13 / 3), 9);
    expect(over([repeat({ 0: 2 })])).toMatchObject({ n: [1], mean: [2], sd: [NaN], ciLow: [NaN] });
  });

  it('makes nothing up before the first or after the last point of a run', () => {
    expect(over([repeat({ 0: 1, 10: 1 }), repeat({ 4: 3, 6: 3 })])).toMatchObject({ xs: [0, 4, 6, 10], n: [1, 2, 2, 1], mean: [1, 2, 2, 1] });
  });

  it('counts a run that was no number neither there nor on the way to it', () => {
    const curve = over([repeat({ 0: 1, 1: NaN, 3: 5 }), repeat({ 0: 3, 1: 3, 2: 3, 3: 3 }), repeat({ 1: NaN })]);
    expect(curve).toMatchObject({ xs: [0, 1, 2, 3], n: [2, 1, 1, 2], mean: [2, 3, 3, 4] });
    expect(over([repeat({ 0: 1, 1: NaN })])).toMatchObject({ xs: [0, 1], n: [1, 0], mean: [1, NaN] });
  });

  it('takes the mean of a bucket, weighted by counts, and places it where was logged', () => {
    const curve = over([of([0, 3, 10], [1, 4, 9], [3, 1, 2]), repeat({ 1: 5, 12: 7 })], 4);
    expect(curve.xs).toEqual([(0 * 3 + 3 + 1) / 5, 10, 12]);
    expect(curve.mean).toEqual([(1.75 + 5) / 2, (9 + 5 + (2 * (10 - 1)) / 11) / 2, 7]);
  });

  it('keeps a single spike in its smallest and largest value, however wide the bucket, and takes the straight line between buckets', () => {
    const spiked = { xs: [0, 1, 8], ys: [2, 3, 1], lows: [1, -50, 1], highs: [99, 4, 1], counts: [10, 10, 1] };
    const curve = over([spiked, repeat({ 0: 2, 5: 4, 8: 4 })], 4);
    expect(curve).toMatchObject({ min: [-50, expect.closeTo(1.6, 9), 1], max: [99, 4, 4] });
    expect(curve.mean[0]).toBe(2.25);
  });

  it('of one group shares its places with the other groups, and has none where only those were logged', () => {
    const [a, b] = curvesOver([[repeat({ 0: 1, 8: 2 })], [repeat({ 1: 5, 4: 6, 9: 7 })]], 4);
    expect([a?.xs, b?.xs]).toEqual([[0.5, 8.5], [0.5, 4, 8.5]]);
  });

  it('lies between its ends, whatever the runs', () => {
    const points = fc.dictionary(fc.integer({ min: 0, max: 40 }).map(String), fc.oneof(fc.constant(NaN), fc.double({ min: -1e6, max: 1e6, noNaN: true })), { minKeys: 1, maxKeys: 20 });
    fc.assert(fc.property(fc.array(points, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 9 }), (runs, width) => {
      const curve = over(runs.map((each) => repeat(each)), width);
      expect(curve.xs).toEqual([...curve.xs].toSorted((x, y) => x - y));
      const outside = curve.xs.filter((_, at) => (curve.n[at] ?? 0) > 0 && [curve.mean, curve.median].some((line) => (line[at] ?? 0) < (curve.min[at] ?? 0) - 1e-6 || (line[at] ?? 0) > (curve.max[at] ?? 0) + 1e-6));
      expect(outside).toEqual([]);
    }));
  });
});
