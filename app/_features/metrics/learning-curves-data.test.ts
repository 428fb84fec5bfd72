import { expect, test } from 'vitest';
import { curveFinding, learningCurves, type CurveRun, type CurveView } from './learning-curves-data.ts';
import { variantCurve, type VariantCurve } from './variant-curves.ts';

const run = (id: string, variantId: string, values: readonly number[], more: Partial<CurveRun> = {}): CurveRun => ({
  id, name: id, status: 'FINISHED', seed: id.slice(-1), counted: true, variantId, variantLabel: `variant ${variantId}`,
  logged: { steps: values.map((_, step) => step), timestamps: values.map((_, step) => step * 1000), values }, ...more,
});
const VIEW = { xKind: 'step', lines: 'variants', baselineId: 'b', order: ['b', 't'], keep: ['t'] } as const;
const curve = (id: string, mean: readonly (number | null)[], more: { readonly n?: number; readonly half?: number; readonly counts?: readonly number[] } = {}): VariantCurve => {
  const { n = 2, half = 0.1, counts = mean.map(() => n) } = more;
  const ends = (sign: number) => mean.map((value, at) => (value === null || (counts[at] ?? 0) < 2 ? null : value + sign * half));
  return variantCurve({ id, label: `variant ${id}` }, { xs: mean.map((_, at) => at), n: counts, mean, ciLow: ends(-1), ciHigh: ends(1) });
};
const drawn = (curves: readonly VariantCurve[], runs: readonly CurveRun[] = [], view: CurveView = VIEW) => learningCurves({ curves, runs }, view);
const CURVES = [curve('b', [1, 2.1, 3]), curve('t', [0, 3, 5.2])];

test('repeats of a variant are one line with a band, the baseline dashed grey', () => {
  const lines = drawn(CURVES.toReversed());
  expect(lines.map((line) => [line.id, line.label, line.style.token])).toEqual([['b', 'baseline', '--ink-3'], ['t', 'variant t', '--c1']]);
  expect(lines[1]).toMatchObject({ ys: [0, 3, 5.2], counts: [2, 2, 2], band: { upper: [0.1, 3.1, expect.closeTo(5.3, 9)] } });
});

test('one run has no band, a place without a number is a gap, and a line ends where fewer than half of the repeats are left', () => {
  expect(drawn([curve('t', [1, null, 3], { n: 1 })])[0]).toMatchObject({ ys: [1, Number.NaN, 3], counts: [1, 1, 1] });
  expect(drawn([curve('t', [1, 2], { n: 1 })])[0]?.band).toBeUndefined();
  expect(drawn([curve('t', [1, 2, 9], { counts: [3, 3, 1] })])[0]).toMatchObject({ xs: [0, 1], counts: [3, 3] });
});

test('a run that still goes on is drawn by itself, faint in the colour of its variant', () => {
  const lines = drawn(CURVES, [run('t9', 't', [0, 2], { counted: false, status: 'RUNNING' })]);
  const own = lines.find((line) => line.id === 't9');
  expect(own).toMatchObject({ live: true, label: 'variant t, seed 9', style: { token: '--c1', faint: true } });
  expect(lines.find((line) => line.id === 't')?.style.faint).toBeUndefined();
});

test('variants without an average yet have colours of their own', () => {
  const lines = drawn([], ['u', 'v', 'u'].map((variant, at) => run(`${variant}${at}`, variant, [0, 2], { counted: false, status: 'RUNNING' })));
  const [first, second, third] = lines.map(({ style }) => style.token);
  expect(first).toBe(third);
  expect(first).not.toBe(second);
});

test('every run can have its own line', () => {
  const runs = [run('b1', 'b', [1, 2, 3]), run('b2', 'b', [1, 2.2, 3]), run('t1', 't', [0, 3, 5])];
  expect(drawn([], runs, { ...VIEW, lines: 'runs' }).map((line) => line.id)).toEqual(['b1', 'b2', 't1']);
});

const found = (baseline: readonly number[], treatment: readonly number[], half = 0.01, n = 2): string | null => curveFinding(drawn([curve('b', baseline, { half, n }), curve('t', treatment, { half, n })]), 'b', 't');

test('the finding says from where on the bands lie apart, and nothing where one run a side proves nothing', () => {
  expect(found([1, 2, 3, 4], [0, 3, 5, 6])).toBe('variant t ends above the baseline, and stays above it from step 1 on.');
  expect(found([1, 2, 3], [4, 5, 6])).toBe('variant t is above the baseline at every step.');
  expect(found([1, 2, 3], [1, 2, 2])).toBe('variant t ends below the baseline.');
  expect(found([1, 2], [2, 3], 0.01, 1)).toBeNull();
});

test('means that lie apart claim nothing while their bands overlap', () => {
  expect(found([1, 2, 3], [1.1, 2.1, 3.1], 1)).toBe('The bands of variant t and the baseline overlap at every step.');
  expect(found([1, 2, 3], [2, 3, 3])).toBe('The bands of variant t and the baseline overlap at the end.');
});
