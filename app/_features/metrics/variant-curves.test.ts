import { expect, test } from 'vitest';
import { variantCurve, withDetail, type Averages } from './variant-curves.ts';

const SAID = { xs: [0, 1], n: [4, 1], mean: [4, 5], median: [2.5, 5], min: [1, 5], max: [10, 5], sd: [3, null], se: [1.5, null], ciLow: [0, null], ciHigh: [8, null] };
const drawn = (spread: Parameters<typeof variantCurve>[2]) => { const { middle, lower, upper } = variantCurve({ id: 'v', label: 'v' }, SAID, spread); return [middle, lower, upper]; };

test('a band is what was asked for, around the mean or the median; a run alone has none', () => {
  expect(drawn('ci')).toEqual([[4, 5], [0, null], [8, null]]);
  expect(drawn('se')).toEqual([[4, 5], [2.5, null], [5.5, null]]);
  expect(drawn('sd')).toEqual([[4, 5], [1, null], [7, null]]);
  expect(drawn('range')).toEqual([[4, 5], [1, null], [10, null]]);
  expect(drawn('median')).toEqual([[2.5, 5], [1, null], [10, null]]);
});

const averages = (xs: readonly number[], xKind: Averages['xKind'] = 'step'): Averages => ({ xKind, variants: [variantCurve({ id: 'v', label: 'v' }, { xs, n: xs.map(() => 2), mean: xs, ciLow: xs, ciHigh: xs })] });
const xsOf = (found: Averages | null) => found?.variants.map(({ xs, n, middle, upper }) => [xs, n.length, middle, upper.length]);

test('the detail of a part stands in place of what was there, and the rest stays', () => {
  const joined = [0, 10, 18, 19, 20, 21, 30, 40];
  expect(xsOf(withDetail(averages([0, 10, 20, 30, 40]), averages([18, 19, 20, 21])))).toEqual([[joined, 8, joined, 8]]);
  expect(xsOf(withDetail(averages([0, 10]), averages([])))).toEqual([[[0, 10], 2, [0, 10], 2]]);
  expect(xsOf(withDetail(averages([0, 10]), averages([5], 'time')))).toEqual([[[5], 1, [5], 1]]);
  expect(withDetail(null, null)).toBeNull();
});
