import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyWithin, checkPoints, columnsOf, comparePlaces, compareValues, mergeColumns, placesOf, pointsAlsoIn, withoutPoints, type MetricPoint } from './series.ts';

const value = fc.oneof(fc.constantFrom(0, -0, NaN, Infinity, -Infinity, 1), fc.double());
const place = fc.record({ step: fc.bigInt({ min: -2n, max: 2n }), timestamp: fc.bigInt({ min: 0n, max: 1n }), value });
const points = fc.array(place.map((each): MetricPoint => ({ key: 'm', ...each })), { maxLength: 20 });
const spell = ({ step, timestamp, value: number }: { step: bigint; timestamp: bigint; value: number }): string => `${step}/${timestamp}/${Object.is(number, -0) ? '-0' : number}`;
const spelled = (given: readonly MetricPoint[]): string[] => columnsOf(given).flatMap(placesOf).map(spell);

describe('the order of values', () => {
  it('is total: NaN is the largest, -0 comes before 0', () => {
    expect([0, NaN, -Infinity, 1, -0, Infinity, -1].toSorted(compareValues)).toEqual([-Infinity, -1, -0, 0, 1, Infinity, NaN]);
    fc.assert(fc.property(value, value, value, (a, b, c) => {
      expect(compareValues(a, b) + compareValues(b, a)).toBe(0);
      expect(compareValues(a, b) === 0).toBe(Object.is(a, b));
      const [low, middle, high] = [a, b, c].toSorted(compareValues);
      expect(compareValues(low ?? 0, middle ?? 0) <= 0 && compareValues(middle ?? 0, high ?? 0) <= 0 && compareValues(low ?? 0, high ?? 0) <= 0).toBe(true);
    }));
  });
});

describe('columns of a series', () => {
  it('hold each point of a batch once, in order', () => {
    fc.assert(fc.property(points, (given) => {
      const distinct = [...new Map(given.map((each) => [spell(each), each])).values()].toSorted(comparePlaces).map(spell);
      expect(spelled(given)).toEqual(distinct);
      expect(spelled([...given, ...given].toReversed())).toEqual(distinct);
    }));
  });

  it('merge to the same series however the points were split', () => {
    fc.assert(fc.property(points, points, points, (a, b, c) => {
      const pieces = [a, b, c].flatMap(columnsOf);
      expect(placesOf(mergeColumns('m', pieces)).map(spell)).toEqual(spelled([...a, ...b, ...c]));
    }));
  });

  it('lose exactly the points that are stored already', () => {
    fc.assert(fc.property(points, points, (given, stored) => {
      const known = new Set(stored.map(spell));
      const news = columnsOf(given).flatMap((columns) => placesOf(withoutPoints(columns, mergeColumns('m', columnsOf(stored)))));
      expect(news.map(spell)).toEqual(spelled(given).filter((each) => !known.has(each)));
    }));
  });

  it('tell which points are stored too, also when only those are kept to compare with', () => {
    fc.assert(fc.property(points, points, (given, stored) => {
      const known = new Set(stored.map(spell));
      const kept = mergeColumns('m', columnsOf(stored));
      for (const columns of columnsOf(given)) {
        const both = pointsAlsoIn(columns, kept);
        expect(placesOf(both).map(spell)).toEqual(spelled(given).filter((each) => known.has(each)));
        expect(placesOf(withoutPoints(columns, both)).map(spell)).toEqual(placesOf(withoutPoints(columns, kept)).map(spell));
      }
    }));
  });

  it('know whether one of them lies within steps and timestamps', () => {
    const bounds = fc.record({ firstStep: fc.bigInt(-2n, 2n), lastStep: fc.bigInt(-2n, 2n), firstTimestamp: fc.bigInt(0n, 1n), lastTimestamp: fc.bigInt(0n, 1n) });
    fc.assert(fc.property(points, bounds, (given, within) => {
      const inside = given.some(({ step, timestamp }) => step >= within.firstStep && step <= within.lastStep && timestamp >= within.firstTimestamp && timestamp <= within.lastTimestamp);
      expect(columnsOf(given).some((columns) => anyWithin(columns, within))).toBe(inside);
    }));
  });

  it('keep metrics apart, in the order they came', () => {
    const point = (key: string): MetricPoint => ({ key, step: 0n, timestamp: 0n, value: 1 });
    expect(columnsOf([point('b'), point('a'), point('b')]).map(({ key, values }) => [key, values.length])).toEqual([['b', 1], ['a', 1]]);
    expect(columnsOf([])).toEqual([]);
    expect(mergeColumns('m', []).values.length).toBe(0);
  });
});

describe('points', () => {
  it('are refused when a store could not keep them exactly', () => {
    const good: MetricPoint = { key: 'm', step: 2n ** 63n - 1n, timestamp: -(2n ** 63n), value: NaN };
    expect(() => checkPoints([good])).not.toThrow();
    expect(() => checkPoints([good, { ...good, step: 2n ** 63n }])).toThrow(expect.objectContaining({ code: 'metric/step-out-of-range' }));
    expect(() => checkPoints([{ ...good, timestamp: -(2n ** 63n) - 1n }])).toThrow(expect.objectContaining({ code: 'metric/timestamp-out-of-range' }));
    expect(() => checkPoints([{ ...good, key: '\0' }])).toThrow(expect.objectContaining({ code: 'metric/bad-name' }));
  });
});
