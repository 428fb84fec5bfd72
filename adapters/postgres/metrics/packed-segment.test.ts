import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodePacked, decodeStretches, encodePacked, encodeStretches, type PackedSeries } from './packed-segment.ts';

const series = (points: readonly { readonly sequence: number; readonly step: bigint; readonly timestamp: bigint; readonly value: number }[]): PackedSeries => ({
  sequences: Float64Array.from(points, ({ sequence }) => sequence),
  steps: BigInt64Array.from(points, ({ step }) => step),
  timestamps: BigInt64Array.from(points, ({ timestamp }) => timestamp),
  values: Float64Array.from(points, ({ value }) => value),
});

const int64 = fc.oneof(fc.bigInt({ min: -5n, max: 5n }), fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), fc.constantFrom(2n ** 53n - 1n, 2n ** 53n, -(2n ** 53n) + 1n, 2n ** 31n, -(2n ** 31n)));
const small = fc.bigInt({ min: -(2n ** 40n), max: 2n ** 40n });
const value = fc.oneof(fc.double(), fc.float(), fc.constantFrom(0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE));
const anySeries = (integer: fc.Arbitrary<bigint>) => fc.array(fc.record({ sequence: fc.nat(), step: integer, timestamp: integer, value }), { maxLength: 20 });

describe('a packed segment', () => {
  it.each([['any int64', int64], ['integers whose differences are small or not', small]])('gives back every bit: %s', async (_, integer) => {
    await fc.assert(fc.asyncProperty(fc.array(anySeries(integer), { maxLength: 4 }), async (all) => {
      const written = all.map(series);
      expect(decodePacked(await encodePacked(written))).toEqual(written);
    }));
  });

  it('takes at most 4.5 bytes a point of a noisy float32 curve with steps and timestamps', async () => {
    let state = 1;
    const noise = (): number => { state = (state * 1_103_515_245 + 12_345) % 2 ** 31; return state / 2 ** 31 - 0.5; };
    let timestamp = 1_700_000_000_000;
    const points = Array.from({ length: 65_536 }, (_unused, at) => {
      timestamp += 120 + Math.round(noise() * 20);
      return { sequence: Math.floor(at / 5), step: BigInt(at), timestamp: BigInt(timestamp), value: Math.fround(2 * Math.exp(-at / 20_000) + 0.1 * noise()) };
    });
    expect((await encodePacked([series(points)])).length / points.length).toBeLessThan(4.5);
  });

  it('is refused when its bytes are not what was written', async () => {
    const data = await encodePacked([series(Array.from({ length: 50 }, (_unused, at) => ({ sequence: at, step: BigInt(at), timestamp: 0n, value: at })))]);
    const spoiled = (change: (copy: Buffer) => Buffer | undefined) => { const copy = Buffer.from(data); return change(copy) ?? copy; };
    for (const bad of [data.subarray(0, 10), data.subarray(0, data.length - 4), spoiled((copy) => { copy.writeUInt32LE(51, 8); }), spoiled((copy) => { copy.writeUInt32LE(10, 12); }), spoiled((copy) => { copy[3] = 1; })]) {
      expect(() => decodePacked(bad)).toThrow(/segment|column|lengths/);
    }
  });

  it('of stretches gives them back, their ends at most 0.004 % further out, and of those from before their ends the means for both', async () => {
    const stretches = { key: '', steps: BigInt64Array.of(1n, 5n, 9n, 11n), timestamps: BigInt64Array.of(7n, 8n, 9n, 9n), means: Float64Array.of(0.1, NaN, 3, 0), lows: Float64Array.of(-2.9, NaN, 3, -1e300), highs: Float64Array.of(9.1, NaN, 3, 1e300), counts: Float64Array.of(4, 0, 1, 2) };
    const { lows, highs, ...others } = decodeStretches(await encodeStretches(stretches));
    expect(others).toEqual({ key: '', steps: stretches.steps, timestamps: stretches.timestamps, means: stretches.means, counts: stretches.counts });
    expect([lows.slice(1), highs.slice(1)]).toEqual([stretches.lows.slice(1), stretches.highs.slice(1)]);
    expect(lows[0]).toBeLessThan(-2.9);
    expect(lows[0]).toBeGreaterThan(-2.9 * 1.000_04);
    expect(highs[0]).toBeGreaterThan(9.1);
    expect(highs[0]).toBeLessThan(9.1 * 1.000_04);
    const { steps, timestamps, means, counts } = stretches;
    expect(decodeStretches(await encodePacked([{ sequences: counts, steps, timestamps, values: means }]))).toEqual({ ...stretches, lows: means, highs: means });
  });

  it('of stretches keeps the low beside a spike: what it is rounded by is its own size, not the size of the spike', async () => {
    const [one, none] = [Float64Array.of(1), Float64Array.of(0)];
    const { lows } = decodeStretches(await encodeStretches({ key: '', steps: BigInt64Array.of(1n), timestamps: BigInt64Array.of(1n), means: Float64Array.of(1e6), lows: Float64Array.of(0.4321), highs: Float64Array.of(1e9), counts: one }));
    expect(lows[0]).toBeCloseTo(0.4321, 4);
    expect(decodeStretches(await encodeStretches({ key: '', steps: BigInt64Array.of(1n), timestamps: BigInt64Array.of(1n), means: none, lows: none, highs: none, counts: one })).lows).toEqual(none);
  });
});
