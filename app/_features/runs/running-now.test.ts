import { expect, it } from 'vitest';
import { headlineMetric } from './running-now.tsx';
import { headOf, sparklinePath } from './run-sparkline.tsx';

const metric = (key: string) => ({ key, last: 1, lastText: '1', lastStep: 1, count: 2 });
const run = (keys: string[], wanted: string | null) => ({ id: 'r', name: 'r', seed: null, health: { state: 'HEALTHY' as const, reason: null }, startedAt: null, createdAt: '', metrics: keys.map(metric), experiment: { key: 'VIS-1', name: 'x', hypothesis: wanted ? { metric: wanted } : null } });

it('glances at the metric of the hypothesis first, then at one of validation, never at the machine', () => {
  expect(headlineMetric(run(['loss', 'val_acc'], 'loss'))?.key).toBe('loss');
  expect(headlineMetric(run(['system/cpu', 'loss', 'val_acc'], null))?.key).toBe('val_acc');
  expect(headlineMetric(run(['system/cpu', 'loss'], null))?.key).toBe('loss');
  expect(headlineMetric(run(['system/cpu'], null))).toBeNull();
});

it('draws the small curve into its box and leaves out what is not finite', () => {
  expect(sparklinePath([0, 1, 2], [0, null, 1])).toEqual({ path: 'M0 22L100 2', last: [100, 2] });
  expect(sparklinePath([0], [1])).toBeNull();
});

it('says the last point of the curve as the value now, and in words what no curve can show', () => {
  const summary = { last: 0.1, lastText: '0.1' };
  expect(headOf({ series: [{ steps: [0, 40], values: [0.1, 0.25] }], metrics: [summary] })).toEqual({ value: '0.2500', step: 40 });
  expect(headOf({ series: [{ steps: [0, 41], values: [0.1, null] }], metrics: [{ last: null, lastText: '-Infinity' }] })).toEqual({ value: '−Infinity', step: 41 });
  expect(headOf({ series: [{ steps: [0, 41], values: [0.1, null] }], metrics: [summary] })).toEqual({ value: 'not finite', step: 41 });
  expect(headOf(undefined)).toBeNull();
});
