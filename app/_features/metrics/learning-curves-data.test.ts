import { expect, test } from 'vitest';
import { curveFinding, learningCurves, type CurveRun } from './learning-curves-data.ts';

const run = (id: string, variantId: string, values: readonly number[], more: Partial<CurveRun> = {}): CurveRun => ({
  id, name: id, status: 'FINISHED', seed: id.slice(-1), counted: true, variantId, variantLabel: `variant ${variantId}`,
  logged: { steps: values.map((_, step) => step), timestamps: values.map((_, step) => step * 1000), values }, ...more,
});
const VIEW = { xKind: 'step', lines: 'variants', baselineId: 'b', order: ['b', 't'], keep: ['t'] } as const;
const RUNS = [run('b1', 'b', [1, 2, 3]), run('b2', 'b', [1, 2.2, 3]), run('t1', 't', [0, 3, 5]), run('t2', 't', [0, 3, 5.4])];

test('repeats of a variant are one line with a band, the baseline dashed grey', () => {
  const lines = learningCurves(RUNS, VIEW);
  expect(lines.map((line) => [line.id, line.style.token])).toEqual([['b', '--ink-3'], ['t', '--c1']]);
  expect(lines[1]?.ys).toEqual([0, 3, 5.2]);
  expect(lines[1]?.counts).toEqual([2, 2, 2]);
});

test('runs that do not count are not in the mean, and one run has no band', () => {
  const lines = learningCurves([...RUNS, run('t3', 't', [9, 9, 9], { counted: false, status: 'FAILED' })], VIEW);
  expect(lines.find((line) => line.id === 't')?.ys).toEqual([0, 3, 5.2]);
  expect(learningCurves([run('t1', 't', [1, 2])], VIEW)[0]?.band).toBeUndefined();
});

test('a run that still goes on is drawn by itself in the colour of its variant', () => {
  const lines = learningCurves([...RUNS, run('t9', 't', [0, 2], { counted: false, status: 'RUNNING' })], VIEW);
  const own = lines.find((line) => line.id === 't9');
  expect(own).toMatchObject({ live: true, label: 'variant t, seed 9', style: { token: '--c1' } });
});

test('every run can have its own line', () => {
  expect(learningCurves(RUNS, { ...VIEW, lines: 'runs' }).map((line) => line.id)).toEqual(['b1', 'b2', 't1', 't2']);
});

const twice = (id: string, values: readonly number[], apart: number): CurveRun[] => [run(`${id}1`, id, values.map((value) => value - apart)), run(`${id}2`, id, values.map((value) => value + apart))];
const found = (baseline: readonly number[], treatment: readonly number[], apart = 0.01): string | null => curveFinding(learningCurves([...twice('b', baseline, apart), ...twice('t', treatment, apart)], VIEW), 'b', 't');

test('the finding says from where on the bands lie apart, and nothing where one run a side proves nothing', () => {
  expect(found([1, 2, 3, 4], [0, 3, 5, 6])).toBe('variant t ends above the baseline, and stays above it from step 1 on.');
  expect(found([1, 2, 3], [4, 5, 6])).toBe('variant t is above the baseline at every step.');
  expect(found([1, 2, 3], [1, 2, 2])).toBe('variant t ends below the baseline.');
  expect(curveFinding(learningCurves([run('b1', 'b', [1, 2]), run('t1', 't', [2, 3])], VIEW), 'b', 't')).toBeNull();
});

test('means that lie apart claim nothing while their bands overlap', () => {
  expect(found([1, 2, 3], [1.1, 2.1, 3.1], 1)).toBe('The bands of variant t and the baseline overlap at every step.');
  expect(found([1, 2, 3], [2, 3, 3])).toBe('The bands of variant t and the baseline overlap at the end.');
});
