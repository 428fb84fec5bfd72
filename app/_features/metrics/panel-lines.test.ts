import { expect, test } from 'vitest';
import { panelLines, type PanelLook } from './panel-lines.ts';
import { variantCurve } from './variant-curves.ts';

const run = (id: string, variantId: string | null, status = 'FINISHED') => ({ id, name: id, status, seed: null, counted: status === 'FINISHED', variantId, variantLabel: variantId });
const LOOK: PanelLook = { runs: [run('r1', 'v'), run('r2', 'v')], xKind: 'step', baselineId: null, order: [] };
const runCurves = new Map(['r1', 'r2', 'r3'].map((id, place) => [id, { steps: [0, 1], timestamps: [0, 1_000], values: [place, place + 1] }]));
const curves = { curves: runCurves, averages: null };
const NOTHING = { curves: new Map<string, never>(), averages: null };
const styles = (look: Partial<PanelLook>, keys = ['loss']) => panelLines(keys, () => curves, { ...LOOK, ...look }).map(({ id, style }) => [id, style.token, style.dash.length > 0]);

test('one run has a line a metric, each in its own colour', () => {
  expect(styles({ runs: [run('r1', 'v')] }, ['loss', 'acc'])).toEqual([['loss', '--c1', false], ['acc', '--c2', true]]);
});

test('runs have the colour of their variant; repeats of the only one are told apart by run', () => {
  expect(styles({ runs: [run('r1', 'v'), run('r2', 'v'), run('r3', 'w')] }).map(([, token]) => token)).toEqual(['--c1', '--c1', '--c2']);
  expect(styles({}).map(([, token]) => token)).toEqual(['--c1', '--c2']);
});

test('a second metric of many runs is dashed, under a name of its own', () => {
  const lines = panelLines(['loss', 'acc'], () => curves, LOOK);
  expect(lines.map(({ id, label }) => [id, label])).toEqual([['loss r1', 'loss, r1'], ['loss r2', 'loss, r2'], ['acc r1', 'acc, r1'], ['acc r2', 'acc, r2']]);
  expect(lines.map(({ style }) => style.dash.length > 0)).toEqual([false, false, true, true]);
});

test('where variants were averaged each is one line with its band, and only runs that still go on are beside it', () => {
  const v = variantCurve({ id: 'v', label: 'v' }, { xs: [0, 1], n: [2, 2], mean: [0.5, 1.5], min: [0, 1], max: [1, 2] }, 'range');
  const lines = (xKind: 'step' | 'time') => panelLines(['loss'], () => ({ curves: runCurves, averages: { xKind: 'step', variants: [v] } }), { ...LOOK, runs: [run('r1', 'v'), run('r2', 'v'), run('r3', 'v', 'RUNNING')], xKind });
  expect(lines('step').map(({ id }) => id)).toEqual(['v', 'r3']);
  expect(lines('step')[0]).toMatchObject({ ys: [0.5, 1.5], band: { lower: [0, 1], upper: [1, 2], spread: 'range' } });
  // Averages over steps have no place on an axis of time.
  expect(lines('time').map(({ id }) => id)).toEqual(['r3']);
});

test('a run that did not log a metric has no line', () => {
  expect(panelLines(['loss'], () => NOTHING, LOOK)).toEqual([]);
  expect(panelLines(['loss'], () => NOTHING, { ...LOOK, runs: [run('r1', null)] })).toEqual([]);
});
