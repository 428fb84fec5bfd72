import { expect, test } from 'vitest';
import { newBest } from './new-best.ts';

const of = (experimentId: string, ...values: number[]) => ({ experimentId, values });
const before = of('a', 0.9, 0.91, 0.92);

test('a clear step beyond the best so far is one, with its interval', () => {
  expect(newBest('INCREASE', of('b', 0.95, 0.96, 0.97), [before, of('c', 0.8, 0.81)])).toBe('Better than the best before by 0.050, very likely between 0.027 and 0.073, from 3 repeats against 3.');
  expect(newBest('DECREASE', of('b', 0.2, 0.21, 0.22), [of('a', 0.3, 0.31, 0.32)])).toMatch(/^Better than the best before by 0\.1/);
});

test('a step within the noise, a step back, a single run and the first of all are none', () => {
  expect(newBest('INCREASE', of('b', 0.9, 0.92, 0.95), [before])).toBeNull();
  expect(newBest('INCREASE', of('b', 0.8, 0.81, 0.82), [before])).toBeNull();
  expect(newBest('DECREASE', of('b', 0.95, 0.96, 0.97), [before])).toBeNull();
  expect(newBest('INCREASE', of('b', 0.99), [before])).toBeNull();
  expect(newBest('INCREASE', of('b', 0.95, 0.96, 0.97), [])).toBeNull();
  expect(newBest('INCREASE', of('b', 0.95, 0.96, 0.97), [of('b', 0.1, 0.2), of('c', 0.5)])).toBeNull();
});
