import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, type MetricPoint } from './series.ts';
import { exponentFor, mergeStretches, stretchesOf } from './stretches.ts';

const point = (step: bigint, value: number): MetricPoint => ({ key: 'm', step, timestamp: step * 10n, value });
const series = (points: readonly MetricPoint[]) => columnsOf(points)[0] ?? { key: 'm', steps: new BigInt64Array(), timestamps: new BigInt64Array(), values: new Float64Array() };
const points = fc.uniqueArray(fc.record({ step: fc.bigInt({ min: -40n, max: 90n }), value: fc.oneof(fc.constant(Number.NaN), fc.double({ min: -1e6, max: 1e6, noNaN: true })) }), { minLength: 1, maxLength: 60, selector: ({ step }) => step });

describe('stretches of a series', () => {
  it('hold mean, smallest, largest and number of the finite values of each bucket, and the place of what is no number', () => {
    const { steps, timestamps, means, lows, highs, counts } = stretchesOf(series([point(-1n, 7), point(0n, 1), point(1n, 2), point(3n, 6), point(4n, Number.NaN), point(9n, 5), point(10n, Infinity)]), 2);
    expect([...steps]).toEqual([-1n, 1n, 4n, 10n]);
    expect([...timestamps]).toEqual([-10n, 13n, 40n, 95n]);
    expect([...means]).toEqual([7, 3, Number.NaN, 5]);
    expect([...lows]).toEqual([7, 1, Number.NaN, 5]);
    expect([...highs]).toEqual([7, 6, Number.NaN, 5]);
    expect([...counts]).toEqual([1, 3, 0, 1]);
  });

  it('of pieces, however they were cut and thinned before, are those of the whole', () => {
    fc.assert(fc.property(points, fc.integer({ min: 1, max: 7 }), fc.integer({ min: 0, max: 3 }), (given, size, finer) => {
      const all = given.map(({ step, value }) => point(step, value));
      const pieces = Array.from({ length: Math.ceil(all.length / size) }, (_, at) => stretchesOf(series(all.slice(at * size, (at + 1) * size)), finer));
      const [whole, merged] = [stretchesOf(series(all), 3), mergeStretches('m', pieces, 3)];
      for (const exact of ['counts', 'lows', 'highs'] as const) expect([...merged[exact]]).toEqual([...whole[exact]]);
      expect([...merged.steps].map((step) => step >> 3n)).toEqual([...whole.steps].map((step) => step >> 3n));
      const apart = [...merged.means].filter((mean, at) => !Object.is(mean, whole.means[at]) && !(Math.abs(mean - (whole.means[at] ?? 0)) < 1e-6));
      expect(apart).toEqual([]);
    }));
  });

  it('stay in their buckets at the ends of what a step can be', () => {
    const ends = series([point(-(2n ** 63n), 1), point(2n ** 63n - 1n, 3)].map((each) => ({ ...each, timestamp: 0n })));
    expect([...stretchesOf(ends, 0).steps]).toEqual([-(2n ** 63n), 2n ** 63n - 1n]);
    expect([...stretchesOf(ends, 63).counts]).toEqual([1, 1]);
  });

  it('of many fit the number asked for, with the finest width that does', () => {
    expect([exponentFor(0n, 99n, 100), exponentFor(0n, 100n, 100), exponentFor(-1n, 0n, 1), exponentFor(0n, 99_999n, 1024)]).toEqual([0, 1, 63, 7]);
    fc.assert(fc.property(fc.bigInt({ min: 0n, max: 2n ** 40n }), fc.bigInt({ min: 0n, max: 2n ** 40n }), (from, length) => {
      const exponent = BigInt(exponentFor(from, from + length, 500));
      expect(Number(((from + length) >> exponent) - (from >> exponent))).toBeLessThan(500);
    }));
  });
});
