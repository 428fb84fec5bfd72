import { describe, expect, it } from 'vitest';
import { chooseRows, FULL_ROW, LARGEST_ROW, packedRows, type Packable } from './plan-packing.ts';
import type { PackedSeries } from './packed-segment.ts';

const came = (sequence: number, points: number): Packable => ({ sequence, points, packed: false, series: 3 });
const packed = (sequence: number, points: number, series = 3): Packable => ({ sequence, points, packed: true, series });
const sequences = (rows: readonly Packable[]) => rows.map(({ sequence }) => sequence).toSorted((a, b) => a - b);

describe('what is packed', () => {
  it('is all that came, and what was packed before while that is not twice as large', () => {
    expect(sequences(chooseRows([packed(1, 1000), packed(2, 130), packed(3, 40), came(4, 10), came(5, 10)], 1e6, false))).toEqual([3, 4, 5]);
    expect(sequences(chooseRows([packed(1, 1000), packed(2, 130), packed(3, 40), came(4, 20), came(5, 20)], 1e6, false))).toEqual([2, 3, 4, 5]);
  });
  it('is everything when the run rests, but for rows that are full', () => {
    expect(sequences(chooseRows([packed(1, FULL_ROW, 1), packed(1, 5000, 1), packed(2, 100), came(3, 1)], 1e6, true))).toEqual([1, 2, 3]);
  });
  it('is the oldest of what came when there is no room for all', () => {
    expect(sequences(chooseRows([packed(1, 5), came(2, 60), came(3, 60), came(4, 60)], 130, false))).toEqual([1, 2, 3]);
  });
  it('is a single append larger than the room, but nothing when nothing came', () => {
    expect(sequences(chooseRows([came(1, 500)], 100, false))).toEqual([1]);
    expect(chooseRows([packed(1, 500)], 1e6, true)).toEqual([]);
    expect(chooseRows([], 1e6, true)).toEqual([]);
  });
  it('lets each point be packed a logarithmic number of times', () => {
    let rows: Packable[] = [];
    let rewritten = 0;
    for (let turn = 1; turn <= 1024; turn += 1) {
      const all = [...rows, came(turn, 1)];
      const chosen = new Set(chooseRows(all, 1e9, false));
      const points = [...chosen].reduce((sum, row) => sum + row.points, 0);
      rewritten += points;
      rows = [...all.filter((row) => !chosen.has(row)), packed(turn, points)];
    }
    expect(rewritten / 1024).toBeLessThan(2 * Math.log2(1024));
    expect(rows.length).toBeLessThanOrEqual(11);
  });
});

function piece(from: number, to: number, sequence = 1): PackedSeries {
  const steps = Array.from({ length: to - from }, (_, at) => from + at);
  return { sequences: new Float64Array(steps.length).fill(sequence), steps: BigInt64Array.from(steps, BigInt), timestamps: BigInt64Array.from(steps, BigInt), values: Float64Array.from(steps) };
}

describe('the rows', () => {
  it('hold many short series together, in order, each point with its append', () => {
    const rows = packedRows(new Map([['7', [piece(5, 8, 2), piece(0, 5, 1)]], ['8', [piece(0, 2)]]]));
    expect(rows.map(({ seriesIds }) => seriesIds)).toEqual([['7', '8']]);
    expect([...rows[0]?.series[0]?.values ?? []]).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...rows[0]?.series[0]?.sequences ?? []]).toEqual([1, 1, 1, 1, 1, 2, 2, 2]);
  });
  it('hold so few series that a page of charts need not open all of a thousand', () => {
    const rows = packedRows(new Map(Array.from({ length: 300 }, (_, at) => [String(at), [piece(0, 2)]] as const)));
    expect(rows.map(({ seriesIds }) => seriesIds.length)).toEqual([128, 128, 44]);
  });
  it('sort what came in any order', () => {
    const odd = (at: number) => piece(at, at + 1, at);
    const [row] = packedRows(new Map([['7', [odd(3), piece(0, 2, 9), odd(2), odd(5), odd(4)]]]));
    expect([...row?.series[0]?.values ?? []]).toEqual([0, 1, 2, 3, 4, 5]);
    expect([...row?.series[0]?.sequences ?? []]).toEqual([9, 9, 2, 3, 4, 5]);
  });
  it('are a long series\' own, none too large, with an overview that keeps its extremes', () => {
    const long = piece(0, LARGEST_ROW + 10);
    long.values[777] = 1e9;
    const rows = packedRows(new Map([['7', [long]], ['8', [piece(0, 1)]]]));
    expect(rows.map(({ seriesIds, series, overview }) => [seriesIds, series[0]?.values.length, overview?.values.includes(1e9)])).toEqual([[['7'], LARGEST_ROW / 2 + 5, true], [['7'], LARGEST_ROW / 2 + 5, false], [['8'], 1, undefined]]);
    expect(rows[0]?.overview?.values.length).toBeLessThanOrEqual(2048);
  });
});
