import { expect, test } from 'vitest';
import { forestAxisLabels } from './forest-axis.ts';

const texts = (...args: Parameters<typeof forestAxisLabels>): string[] => forestAxisLabels(...args).map((label) => label.text);

test('the axis names no effect, the bar and both ends where there is room', () => {
  expect(texts({ min: -2, max: 2 }, 0.5)).toEqual(['−2', '0', '+0.5 bar', '+2']);
  expect(texts({ min: -1, max: 1 }, null)).toEqual(['−1', '0', '+1']);
});

test('zero steps aside for a bar that is close, and a bar at the edge keeps only its word', () => {
  const labels = forestAxisLabels({ min: -0.1, max: 0.02 }, 0.005);
  expect(labels.find((label) => label.text === '0')?.anchor).toBe('e');
  expect(labels.at(-1)?.text).toBe('bar');
});
