import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CorruptSegment, decodeSegment, encodeSegment, segmentBytes, type SegmentColumns } from './segment.ts';

const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const columns = fc.array(fc.tuple(int64, int64, fc.oneof(fc.double(), fc.constantFrom(-0, NaN, Infinity, -Infinity))), { maxLength: 9 })
  .map((points): SegmentColumns => ({
    steps: BigInt64Array.from(points, ([step]) => step),
    timestamps: BigInt64Array.from(points, ([, timestamp]) => timestamp),
    values: Float64Array.from(points, ([, , value]) => value),
  }));

function encoded(series: readonly SegmentColumns[]): Uint8Array {
  const bytes = new Uint8Array(segmentBytes(series));
  expect(encodeSegment(series, bytes)).toBe(bytes.length);
  return bytes;
}

describe('a segment', () => {
  it('gives back every bit, for any number of series of any length, wherever it lies in memory', () => {
    fc.assert(fc.property(fc.array(columns, { maxLength: 7 }), fc.integer({ min: 0, max: 9 }), (series, offset) => {
      const bytes = encoded(series);
      const elsewhere = new Uint8Array(bytes.length + offset);
      elsewhere.set(bytes, offset);
      const decoded = decodeSegment(elsewhere.subarray(offset));
      expect(decoded.length).toBe(series.length);
      decoded.forEach((own, at) => {
        expect(own.steps).toEqual(series[at]?.steps);
        expect(own.timestamps).toEqual(series[at]?.timestamps);
        expect([...own.values].map((value) => Object.is(value, -0))).toEqual([...(series[at]?.values ?? [])].map((value) => Object.is(value, -0)));
        expect(own.values).toEqual(series[at]?.values);
      });
    }));
  });

  it('can be written behind another one', () => {
    const one = { steps: BigInt64Array.of(1n), timestamps: BigInt64Array.of(2n), values: Float64Array.of(3) };
    const size = segmentBytes([one]);
    const both = new Uint8Array(size * 2);
    encodeSegment([one], both);
    encodeSegment([one], both.subarray(size));
    expect(decodeSegment(both.subarray(size))).toEqual(decodeSegment(both.subarray(0, size)));
  });

  it('refuses bytes that were cut, changed or are something else', () => {
    const bytes = encoded([{ steps: BigInt64Array.of(1n, 2n), timestamps: BigInt64Array.of(2n, 3n), values: Float64Array.of(3, 4) }]);
    const changed = (at: number, to: number): Uint8Array => bytes.with(at, to);
    for (const bad of [new Uint8Array(), bytes.subarray(0, 8), bytes.subarray(0, bytes.length - 1), changed(0, 0), changed(3, 9), changed(8, 9), changed(16, 1)]) {
      expect(() => decodeSegment(bad)).toThrow(CorruptSegment);
    }
  });
});
