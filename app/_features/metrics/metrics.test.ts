import { expect, test } from 'vitest';
import { withArrived } from './logged-points.ts';
import { wordSearch } from './metric-search.ts';
import { metricSections } from './metric-sections.ts';

const EMPTY = { steps: [], timestamps: [], values: [] };

test('points that arrive after the last one are appended', () => {
  const series = withArrived(EMPTY, { steps: [0, 1], timestamps: [10, 20], values: [1, 2] });
  expect(withArrived(series, { steps: [2], timestamps: [30], values: [3] })).toEqual({ steps: [0, 1, 2], timestamps: [10, 20, 30], values: [1, 2, 3] });
});

test('a point that was read and then arrives live is counted once, and late points find their place', () => {
  const series = withArrived(EMPTY, { steps: [0, 2], timestamps: [10, 30], values: [1, 3] });
  const merged = withArrived(series, { steps: [2, 1], timestamps: [30, 20], values: [3, 2] });
  expect(merged).toEqual({ steps: [0, 1, 2], timestamps: [10, 20, 30], values: [1, 2, 3] });
});

test('two values logged at one step are both kept', () => {
  const series = withArrived(EMPTY, { steps: [1, 1], timestamps: [10, 11], values: [1, 2] });
  expect(series.steps).toEqual([1, 1]);
});

test('not-a-number arrives as null and stays a point', () => {
  const series = withArrived(EMPTY, { steps: [0, 1], timestamps: [10, 20], values: [null, 1] });
  expect(withArrived(series, { steps: [0], timestamps: [10], values: [null] }).values).toEqual([null, 1]);
});

test('metrics are grouped by what stands before the slash, the machine last', () => {
  expect(metricSections(['val/acc', 'loss', 'system/gpu', 'train/loss_10', 'train/loss_9'])).toEqual([
    { name: 'Metrics', keys: ['loss'] },
    { name: 'train', keys: ['train/loss_9', 'train/loss_10'] },
    { name: 'val', keys: ['val/acc'] },
    { name: 'system', keys: ['system/gpu'] },
  ]);
});

test('a search needs every word, whatever the case', () => {
  const keys = ['train/loss', 'val/loss', 'val/acc'];
  expect(keys.filter(wordSearch('VAL lo').matches)).toEqual(['val/loss']);
  expect(keys.filter(wordSearch('  ').matches)).toEqual(keys);
});
