import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, placesOf } from './series.ts';
import { thin } from './thin.ts';

const series = (values: readonly number[]) => columnsOf(values.map((value, at) => ({ key: 'm', step: BigInt(at), timestamp: 0n, value })))[0] ?? { key: 'm', steps: new BigInt64Array(), timestamps: new BigInt64Array(), values: new Float64Array() };
const values = fc.array(fc.oneof({ weight: 9, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }) }, { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) }), { minLength: 1, maxLength: 300 });

describe('a thinned series', () => {
  it('fits the budget, is a part of the series in order, and keeps its ends', () => {
    fc.assert(fc.property(values, fc.integer({ min: 5, max: 60 }), (given, budget) => {
      const whole = series(given);
      const few = thin(whole, budget);
      const steps = [...few.steps];
      expect(few.values.length).toBeLessThanOrEqual(Math.max(budget, 5));
      expect(steps).toEqual([...new Set(steps)].toSorted((a, b) => Number(a - b)));
      for (const place of placesOf(few)) expect(place.value).toBe(given[Number(place.step)]);
      expect([steps[0], steps.at(-1)]).toEqual([0n, BigInt(given.length - 1)]);
    }));
  });

  it('keeps the lowest and the highest value, and that there was a value that is none', () => {
    fc.assert(fc.property(values, fc.integer({ min: 5, max: 60 }), (given, budget) => {
      const few = [...thin(series(given), budget).values];
      const finite = (all: readonly number[]): number[] => all.filter((value) => Number.isFinite(value));
      expect(Math.min(...finite(few))).toBe(Math.min(...finite(given)));
      expect(Math.max(...finite(few))).toBe(Math.max(...finite(given)));
      expect(finite(few).length < few.length).toBe(finite(given).length < given.length);
    }));
  });

  it('is the series itself when it fits', () => {
    const whole = series([3, 1, 2]);
    expect(thin(whole, 5)).toBe(whole);
  });

  it('keeps every spike of a long series at a pixel budget', () => {
    const spikes = [1_111, 55_555, 98_765];
    const given = Array.from({ length: 100_000 }, (_, at) => (spikes.includes(at) ? 9 : Math.sin(at / 1_000)));
    expect([...thin(series(given), 1_000).steps].map(Number)).toEqual(expect.arrayContaining(spikes));
  });
});
