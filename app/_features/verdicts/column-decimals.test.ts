import { expect, test } from 'vitest';
import { columnDecimals } from './column-decimals.ts';

test('a column has the decimals of its narrowest interval', () => {
  expect(columnDecimals([{ low: 0.48, high: 1.18 }, { low: 0.01, high: 0.03 }])).toBe(3);
});

test('single runs do not round a column away', () => {
  expect(columnDecimals([{ low: null, high: null }, { low: 1, high: 1 }])).toBeUndefined();
});
