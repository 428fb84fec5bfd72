import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentOf, WHOLE, within, type MetricRange } from './range.ts';
import { columnsOf, placesOf, type MetricPoint } from './series.ts';

const columns = (points: readonly MetricPoint[]) => columnsOf(points)[0] ?? { key: 'm', steps: new BigInt64Array(), timestamps: new BigInt64Array(), values: new Float64Array() };
const points = fc.array(fc.record({ key: fc.constant('m'), step: fc.bigInt({ min: -9n, max: 9n }), timestamp: fc.bigInt({ min: 0n, max: 30n }), value: fc.double() }), { maxLength: 30 });
const end = fc.option(fc.oneof(fc.double({ min: -12, max: 34, noNaN: true }), fc.bigInt({ min: -12n, max: 34n })), { nil: null });

describe('a range of a series', () => {
  it('holds the points whose step, moment or time since the beginning lies between its ends', () => {
    fc.assert(fc.property(points, fc.constantFrom('step', 'time', 'relative'), end, end, (given, axis: MetricRange['axis'], from, to) => {
      fc.pre(from === null || to === null || from <= to);
      const whole = columns(given);
      const x = ({ step, timestamp }: { step: bigint; timestamp: bigint }): bigint => (axis === 'step' ? step : axis === 'time' ? timestamp : timestamp - 5n);
      const expected = placesOf(whole).filter((place) => (from === null || x(place) >= from) && (to === null || x(place) <= to));
      expect(placesOf(within(whole, extentOf({ axis, from, to }, 5n)))).toEqual(expected);
    }));
  });

  it('that is everything is the series itself', () => {
    const whole = columns([{ key: 'm', step: -(2n ** 63n), timestamp: 1n, value: 1 }, { key: 'm', step: 2n ** 63n - 1n, timestamp: 2n, value: 1 }]);
    expect(within(whole, WHOLE)).toBe(whole);
    expect(within(whole, extentOf({ axis: 'relative', from: -Infinity, to: Infinity }, 1n))).toBe(whole);
  });

  it('is refused when it is no number or ends before it begins', () => {
    expect(() => extentOf({ axis: 'step', from: Number.NaN }, 0n)).toThrow(expect.objectContaining({ code: 'metric/bad-range' }));
    expect(() => extentOf({ axis: 'time', from: 2, to: 1.5 }, 0n)).toThrow(expect.objectContaining({ code: 'metric/bad-range' }));
  });
});
