import { expect, it } from 'vitest';
import { decimalsFor, formatBytes, formatInterval, formatNumber, formatP, formatReading } from './numbers.ts';

it('writes a real minus, and a plus where a sign is asked for', () => {
  expect(formatNumber(-0.61, { decimals: 2 })).toBe('\u22120.61');
  expect(formatNumber(0.83, { decimals: 2, sign: true })).toBe('+0.83');
  expect(formatNumber(-0.001, { decimals: 2, sign: true })).toBe('0.00');
});

it('gives a number as many decimals as its interval deserves', () => {
  expect(decimalsFor(0.48, 1.18)).toBe(2);
  expect(decimalsFor(0.0048, 0.0118)).toBe(4);
  expect(decimalsFor(-30, 50)).toBe(0);
  expect(decimalsFor(null, null)).toBe(3);
});

it('writes intervals, p-values, sizes and readings as the look says', () => {
  expect(formatInterval(-0.71, 0.01, 2)).toBe('[\u22120.71, 0.01]');
  expect([0.00001, 0.0018, 0.04, 0.429].map(formatP)).toEqual(['p < 0.0001', 'p = 0.0018', 'p = 0.040', 'p = 0.43']);
  expect([12, 1_400, 3_200_000].map(formatBytes)).toEqual(['12 B', '1.4 kB', '3.2 MB']);
  expect([0.141, 12.5, 4096, Number.NaN].map(formatReading)).toEqual(['0.1410', '12.50', '4,096', 'NaN']);
});
