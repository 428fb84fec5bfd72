import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricColumns } from '../../../domain/metrics/series.ts';
import { encodeOverview } from './overview-codec.ts';
import { OverviewRoom } from './overview-room.ts';
import { encodePacked } from './packed-segment.ts';

interface Point { readonly step: bigint; readonly timestamp: bigint; readonly value: number }
const series = (points: readonly Point[]): MetricColumns => ({
  key: '',
  steps: BigInt64Array.from(points, ({ step }) => step),
  timestamps: BigInt64Array.from(points, ({ timestamp }) => timestamp),
  values: Float64Array.from(points, ({ value }) => value),
});

const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
const anything = fc.oneof(fc.bigInt({ min: least, max: most }), fc.constantFrom(least, most, 2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n) + 1n, -1n, 0n));
const value = fc.oneof(fc.double(), fc.float(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE));
const pointsOf = (integer: fc.Arbitrary<bigint>) => fc.array(fc.record({ step: integer, timestamp: integer, value }), { maxLength: 20 });
const within = (bits: bigint) => fc.bigInt({ min: -(2n ** bits), max: 2n ** bits });

describe('an overview', () => {
  it.each([['a byte apart', within(6n)], ['two bytes apart', within(14n)], ['four bytes apart', within(30n)], ['further apart', within(52n)], ['any int64', anything]])('gives back every bit of numbers %s', (_, integer) => {
    const room = new OverviewRoom();
    fc.assert(fc.property(pointsOf(integer), (points) => {
      expect(room.read([encodeOverview(series(points))])).toEqual([series(points)]);
    }));
  });

  it('takes seven bytes a point where steps lie close, moments within a minute and values are float32', () => {
    const points = Array.from({ length: 2_000 }, (_unused, at) => ({ step: BigInt(at * 50), timestamp: BigInt(1_700_000_000_000 + at * 5_000 + (at % 7) * 800), value: Math.fround(Math.sin(at)) }));
    expect(encodeOverview(series(points)).length).toBeLessThan(7.05 * points.length);
  });

  it('is read from memory that begins anywhere', () => {
    const written = encodeOverview(series([{ step: 1n, timestamp: 2n, value: 3 }, { step: 2n, timestamp: 9n, value: 0.1 }]));
    const moved = Buffer.concat([Buffer.alloc(3), written]).subarray(3);
    expect(new OverviewRoom().read([moved])).toEqual(new OverviewRoom().read([written]));
  });

  it('is one piece with those that follow it, and stays apart from those that do not', () => {
    const [first, second] = [series([{ step: 1n, timestamp: 0n, value: 1 }, { step: 5n, timestamp: 0n, value: 2 }]), series([{ step: 6n, timestamp: 0n, value: 3 }])];
    const read = (...all: readonly MetricColumns[]) => new OverviewRoom().read(all.map(encodeOverview));
    expect(read(first, second).map(({ steps }) => [...steps])).toEqual([[1n, 5n, 6n]]);
    expect(read(second, first).map(({ steps }) => [...steps])).toEqual([[6n], [1n, 5n]]);
    expect(read()).toEqual([]);
  });

  it('is read in its former layout too, a packed segment', async () => {
    const old = series([{ step: 3n, timestamp: 4n, value: NaN }, { step: 8n, timestamp: 5n, value: 1.5 }]);
    expect(new OverviewRoom().read([await encodePacked([{ ...old, sequences: new Float64Array(2) }])])).toEqual([old]);
  });

  it('is refused when its bytes are not what was written', () => {
    const data = encodeOverview(series(Array.from({ length: 50 }, (_unused, at) => ({ step: BigInt(at), timestamp: 0n, value: at }))));
    const spoiled = (change: (copy: Buffer) => void) => { const copy = Buffer.from(data); change(copy); return copy; };
    for (const bad of [data.subarray(0, 5), data.subarray(0, 30), data.subarray(0, data.length - 8), Buffer.concat([data, Buffer.alloc(8)]), spoiled((copy) => { copy[3] = 9; }), spoiled((copy) => { copy.writeUInt32LE(3, 8); }), spoiled((copy) => { copy.writeUInt32LE(51, 4); })]) {
      expect(() => new OverviewRoom().read([bad])).toThrow(/overview|segment/i);
    }
  });
});
