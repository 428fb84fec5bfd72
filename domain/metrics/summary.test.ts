import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, type MetricColumns, type MetricPoint } from './series.ts';
import { extendState, type SeriesState } from './summary.ts';

const point = (step: number, value: number, timestamp = step): MetricPoint => ({ key: 'm', step: BigInt(step), timestamp: BigInt(timestamp), value });
const columns = (points: readonly MetricPoint[]): MetricColumns[] => [...columnsOf(points)];
const stateAfter = (batches: readonly (readonly MetricPoint[])[]): SeriesState | null => batches.flatMap(columns).reduce<SeriesState | null>(extendState, null);

describe('the summary of a series', () => {
  it('knows the last point, the extremes and where they were first reached', () => {
    expect(stateAfter([[point(1, 5), point(2, -1), point(3, 5), point(4, -1), point(5, 2)]])).toEqual({
      key: 'm', count: 5, firstStep: 1n, lastStep: 5n, lastTimestamp: 5n, lastValue: 2, minValue: -1, minStep: 2n, maxValue: 5, maxStep: 1n,
    });
  });

  it('leaves NaN out of the extremes, and counts infinities', () => {
    expect(stateAfter([[point(1, NaN)]])).toMatchObject({ count: 1, lastValue: NaN, minValue: null, minStep: null, maxValue: null });
    expect(stateAfter([[point(1, NaN)], [point(2, 3)], [point(3, Infinity)], [point(4, NaN)]])).toMatchObject({ count: 4, lastValue: NaN, minValue: 3, minStep: 2n, maxValue: Infinity, maxStep: 3n });
  });

  it('takes the larger value for the last one at the same step and moment', () => {
    expect(stateAfter([[point(1, 7, 0)], [point(1, 3, 0)]])).toMatchObject({ lastValue: 7 });
    expect(stateAfter([[point(1, 3, 0)], [point(1, 7, 0)]])).toMatchObject({ lastValue: 7 });
  });

  it('is the same however the points were split and in whatever order the batches came', () => {
    const distinct = fc.uniqueArray(fc.record({ step: fc.integer({ min: -5, max: 5 }), value: fc.oneof(fc.constantFrom(NaN, Infinity, 1, 2), fc.double({ noNaN: true })) }), { minLength: 1, maxLength: 12, selector: ({ step, value }) => `${step}/${value}` });
    fc.assert(fc.property(distinct, fc.integer({ min: 1, max: 4 }), (given, size) => {
      const points = given.map(({ step, value }) => point(step, value === 0 ? 0 : value));
      const batches = Array.from({ length: Math.ceil(points.length / size) }, (_, at) => points.slice(at * size, (at + 1) * size));
      expect(stateAfter(batches)).toEqual(stateAfter([points]));
      expect(stateAfter(batches.toReversed())).toEqual(stateAfter([points]));
    }));
  });
});
