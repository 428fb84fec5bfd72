import { expect, test } from 'vitest';
import type { ChartSeries } from './chart-series.ts';
import { seriesStyle } from './series-style.ts';
import { sharedName, shortLabel } from './short-labels.ts';

const named = (...labels: string[]): ChartSeries[] => labels.map((label) => ({ id: label, label, xs: [], ys: [], style: seriesStyle(0) }));

test('a name that all treatments share is said once', () => {
  expect(sharedName(named('baseline', 'lr=0.1', 'lr=3e-4'))).toBe('lr');
  expect(['baseline', 'lr=0.1'].map((label) => shortLabel(label, 'lr'))).toEqual(['baseline', '0.1']);
});

test('lines that differ in more than one thing keep their whole names', () => {
  for (const labels of [['lr=0.1', 'wd=0.1'], ['lr=0.1, wd=0', 'lr=0.3, wd=0'], ['lr=0.1'], ['lr=0.1', 'run 7, seed 1'], []]) expect(sharedName(named('baseline', ...labels))).toBeNull();
  expect(shortLabel('lr=0.1', null)).toBe('lr=0.1');
});
