import { expect, test } from 'vitest';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { fits } from './evidence.ts';
import { curvesFrom, keptCurves } from './frozen-curves.ts';

const line = (id: string, points: number, faint = false): ChartSeries => ({
  id, label: `line ${id}`, xs: Array.from({ length: points }, (_, at) => at), ys: Array.from({ length: points }, (_, at) => (at === 3 ? Number.NaN : Math.sin(at) / 3)),
  band: { lower: Array.from({ length: points }, () => -1), upper: Array.from({ length: points }, () => 1) }, style: { token: 'c1', dash: [6, 3], faint },
});

test('a short line comes back as it was, gaps too', () => {
  const [back] = curvesFrom(keptCurves([line('a', 5)]));
  expect(back?.xs).toEqual([0, 1, 2, 3, 4]);
  expect(back?.ys[3]).toBeNaN();
  expect(back?.style).toEqual({ token: 'c1', dash: [6, 3] });
  expect(back?.band?.upper).toEqual([1, 1, 1, 1, 1]);
});

test('many long lines are thinned until a note can keep them, first and last point always', () => {
  const kept = keptCurves(Array.from({ length: 20 }, (_, at) => line(String(at), 5_000)));
  expect(fits(kept)).toBe(true);
  const [first] = curvesFrom(kept);
  expect(first?.xs[0]).toBe(0);
  expect(first?.xs.at(-1)).toBe(4_999);
});

test('lines in the background are left out where others stand before them, and counted', () => {
  const kept = keptCurves([line('a', 5), line('b', 5, true)]);
  expect(kept.lines).toHaveLength(1);
  expect(kept.leftOut).toBe(1);
});

test('what is no line is not drawn', () => {
  for (const lines of [null, 7, [null], [{ xs: [1], ys: [1, 2] }], [{ xs: ['a'], ys: [1] }]]) expect(curvesFrom({ lines })).toEqual([]);
  expect(curvesFrom({ lines: [{ xs: [1], ys: [2], style: { token: 'url(https://spy.example)', dash: ['x'] } }] })[0]?.style).toEqual({ token: 'ink-3', dash: [] });
});
