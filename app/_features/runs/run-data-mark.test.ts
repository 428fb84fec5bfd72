import { expect, test } from 'vitest';
import { drawnFrom } from './run-data-mark.ts';

test('the mark of a curve changes with its last step, not with that of another', () => {
  const run = (lastStep: number) => ({ status: 'RUNNING', metrics: [{ key: 'acc', lastStep }, { key: 'loss', lastStep: 3 }] });
  expect(drawnFrom(run(4), 'acc')).not.toBe(drawnFrom(run(5), 'acc'));
  expect(drawnFrom(run(4), 'loss')).toBe(drawnFrom(run(5), 'loss'));
  expect(drawnFrom(run(4), 'other')).toBe('running, no step');
});
