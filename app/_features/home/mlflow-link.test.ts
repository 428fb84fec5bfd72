import { expect, it } from 'vitest';
import { readMlflowLink } from './mlflow-link.ts';

it('reads the links MLflow’s client prints', () => {
  expect(readMlflowLink('#/experiments/7')).toEqual({ experiment: '7', run: null });
  expect(readMlflowLink('#/experiments/0/runs/0123456789abcdef0123456789abcdef')).toEqual({ experiment: '0', run: '0123456789abcdef0123456789abcdef' });
  expect(readMlflowLink('#/experiments/7?searchFilter=')).toEqual({ experiment: '7', run: null });
});

it('takes nothing else for one', () => {
  expect(['', '#main', '#/models/x', '#/experiments/x', '#/experiments/7/runs/..%2f'].map(readMlflowLink).filter(Boolean)).toEqual([]);
});
