import { expect, test } from 'vitest';
import { lineageAnswer } from './lineage-answer.ts';

const best = (value: { readonly mean: number; readonly ciLow: number | null; readonly ciHigh: number | null; readonly n: number } | null, ...names: readonly string[]) => ({ best: { metric: 'acc', steps: names.map((name) => ({ name })), value } });

test('says how many steps led to the best, and which was the last', () => {
  expect(lineageAnswer({ best: null })).toBe('Nothing has been supported by the evidence yet.');
  expect(lineageAnswer(best(null, 'Mixup'))).toBe('One experiment led to the best acc: Mixup.');
  expect(lineageAnswer(best(null, 'Shift', 'Mixup'))).toBe('2 experiments, each built on the one before, led to the best acc. The last is Mixup.');
});

test('says how good the best is with its interval, and that one run has none', () => {
  expect(lineageAnswer(best({ mean: 0.96812, ciLow: 0.9612, ciHigh: 0.975, n: 3 }, 'Mixup'))).toBe('One experiment led to the best acc, 0.9681 (mean of 3 runs, very likely between 0.9612 and 0.9750): Mixup.');
  expect(lineageAnswer(best({ mean: 0.9681, ciLow: null, ciHigh: null, n: 1 }, 'Mixup'))).toMatch(/^One experiment led to the best acc, 0\.968\d* \(one run, no interval\): Mixup\.$/);
});
