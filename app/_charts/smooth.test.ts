import { expect, test } from 'vitest';
import { type Smoothing, smooth, smoothingFrom, smoothingText } from './smooth.ts';

const close = (values: readonly number[]) => values.map((value) => (Number.isNaN(value) ? Number.NaN : expect.closeTo(value, 10)));
const ALL: readonly Smoothing[] = [{ kind: 'ema', weight: 0.9 }, { kind: 'gauss', sigma: 2 }, { kind: 'mean', points: 5 }];

test('every kind leaves a constant constant, ends and neighbours of gaps included, and a gap a gap', () => {
  const values = [7, 7, 7, Number.NaN, 7, 7, Number.NaN, 7];
  for (const how of ALL) expect(smooth(values, how)).toEqual(close(values));
});

test('every kind gives one point back as it is, and nothing for nothing', () => {
  for (const how of ALL) {
    expect(smooth([3], how)).toEqual(close([3]));
    expect(smooth([], how)).toEqual([]);
    expect(smooth([Number.NaN, Number.NaN], how)).toEqual([Number.NaN, Number.NaN]);
  }
});

test('the exponential average corrects its start: the second of two values weighs 1 / (1 + w)', () => {
  expect(smooth([0, 1], { kind: 'ema', weight: 0.5 })).toEqual(close([0, 1 / 1.5]));
});

test('a Gaussian spreads one spike evenly to both sides and keeps its weight', () => {
  const values = Array.from({ length: 41 }, (_, at) => (at === 20 ? 1 : 0));
  const smoothed = smooth(values, { kind: 'gauss', sigma: 3 });
  expect(smoothed[17]).toBeCloseTo(smoothed[23] ?? 0, 12);
  expect(smoothed[23]).toBeCloseTo((smoothed[20] ?? 0) * Math.exp(-0.5), 12);
  expect(smoothed.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 6);
});

test('a running mean is the mean of what stands within half a window', () => {
  expect(smooth([1, 2, 3, 4, 100], { kind: 'mean', points: 3 })).toEqual(close([1.5, 2, 3, 107 / 3, 52]));
});

test('a spike that the window has passed leaves nothing behind', () => {
  expect(smooth([1e18, 1, 1, 1, 1], { kind: 'mean', points: 3 }).slice(3)).toEqual(close([1, 1]));
});

test('smoothing is read back from the address; the odd is none, the excessive its limit', () => {
  for (const how of [...ALL, { kind: 'none' } as const]) expect(smoothingFrom(smoothingText(how))).toEqual(how);
  for (const odd of ['', 'x', '-1', 'gauss', 'gauss-', 'mean-0', '1e9', null]) expect(smoothingFrom(odd)).toEqual({ kind: 'none' });
  expect(smoothingFrom('3')).toEqual({ kind: 'ema', weight: 0.99 });
  expect(smoothingFrom('gauss-100000')).toEqual({ kind: 'gauss', sigma: 100 });
});
