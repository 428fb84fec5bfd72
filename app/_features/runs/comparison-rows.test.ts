import { expect, test } from 'vitest';
import { comparisonLines, differsFromFirst } from './comparison-rows.ts';

const COMPARED = {
  config: [{ name: 'lr', values: ['0.1', '0.2', null], differs: true }, { name: 'batch', values: ['8', '8', '8'], differs: false }],
  code: [], data: [], environment: [{ name: 'numpy', values: ['2', '2', '2'], differs: false }],
  metrics: [{ name: 'acc', values: [0.5, 0.5, null], differs: false }],
};

test('only differences are shown, and metrics always', () => {
  expect(comparisonLines(COMPARED, true).map((line) => line.name)).toEqual(['lr', 'acc']);
  expect(comparisonLines(COMPARED, false).map((line) => line.name)).toEqual(['lr', 'batch', 'numpy', 'acc']);
});

test('cells are read against the first run, and a missing value is a difference', () => {
  const [lr] = comparisonLines(COMPARED, true);
  expect(lr && [0, 1, 2].map((index) => differsFromFirst(lr, index))).toEqual([false, true, true]);
});

test('the metrics of a row have the same decimals', () => {
  const [row] = comparisonLines({ ...COMPARED, config: [], metrics: [{ name: 'acc', values: [0.934837, 0.06934, null], differs: true }] }, true);
  expect(row?.values).toEqual(['0.93484', '0.06934', null]);
});
