import { expect, test } from 'vitest';
import { withArrived } from './logged-points.ts';
import { matchingKeys, metricSections } from './metric-sections.ts';
import { RunSeriesStore } from './run-series-store.ts';

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

test('a metric filter needs every word', () => {
  expect(matchingKeys(['train/loss', 'val/loss', 'val/acc'], 'VAL lo')).toEqual(['val/loss']);
});

test('only those who look at a key hear of its points, and points that came before the first read are not lost', () => {
  const store = new RunSeriesStore();
  let heard = 0;
  store.subscribe('loss', () => { heard += 1; });
  store.arrived([{ key: 'loss', steps: [5], timestamps: [50], values: [0.5] }, { key: 'acc', steps: [5], timestamps: [50], values: [0.9] }]);
  expect(heard).toBe(1);
  store.read([{ key: 'loss', steps: [4, 5], timestamps: [40, 50], values: [0.6, 0.5] }]);
  expect(store.series('loss').steps).toEqual([4, 5]);
  expect(store.series('acc').steps).toEqual([5]);
  expect(store.keys()).toEqual(['loss', 'acc']);
});
