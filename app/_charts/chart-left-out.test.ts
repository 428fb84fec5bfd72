import { expect, test } from 'vitest';
import type { ChartSeries } from './chart-series.ts';
import { clippedExtent } from './clip-outliers.ts';
import { layoutLineChart, type LineChartView } from './line-chart-layout.ts';
import { notShownWords } from './not-shown-words.ts';

const VIEW: LineChartView = { xKind: 'step', yKind: 'linear', zoom: null };
const SIZE = { width: 100, height: 100 };
const line = (ys: readonly number[], xs = ys.map((_, index) => index)): ChartSeries => ({ id: 'loss', label: 'loss', xs, ys, style: { token: '--c1', dash: [] } });

test('clipping ends the axis at the percentiles and counts what lies beyond', () => {
  const ys = Array.from({ length: 200 }, (_, index) => (index === 50 ? 1e6 : index / 200));
  const layout = layoutLineChart([line(ys)], SIZE, { ...VIEW, clip: true });
  expect(layout.y.domain[1]).toBeLessThan(2);
  expect(layout.notShown.clipped).toBe(1);
  expect(notShownWords(layout.notShown)).toBe('Of 200 points here, 1 is beyond the 1st to 99th percentile.');
});

test('where clipping would leave nothing to draw everything is shown', () => {
  expect(clippedExtent([[1, 1, 1, 1]], false)).toBeNull();
  expect(clippedExtent([[Number.NaN]], false)).toBeNull();
  expect(layoutLineChart([line([2, 2, 2])], SIZE, { ...VIEW, clip: true }).notShown.clipped).toBe(0);
});

test('percentiles are read between the two nearest values', () => {
  expect(clippedExtent([Array.from({ length: 101 }, (_, index) => index)], false)).toEqual([1, 99]);
});

test('a logarithmic x axis has no step 0, and says so', () => {
  const layout = layoutLineChart([line([5, 4, 3], [0, 1, 100])], SIZE, { ...VIEW, xLog: true });
  expect(layout.x.domain).toEqual([1, 100]);
  expect(layout.x.toPixel(10)).toBeCloseTo(50);
  expect(layout.lines[0]?.points.filter((pixel) => !Number.isNaN(pixel))).toHaveLength(4);
  expect(layout.notShown.beforeStart).toBe(1);
  expect(notShownWords(layout.notShown)).toBe('Of 3 points here, 1 is at x = 0 or before: no place on a log x axis.');
});

test('a window that reaches below zero begins with the first point that has a logarithm', () => {
  expect(layoutLineChart([line([5, 4, 3], [0, 2, 100])], SIZE, { ...VIEW, xLog: true, zoom: [-5, 50] }).x.domain).toEqual([2, 50]);
});

test('steps that are all zero or below still give a paper to draw on', () => {
  const layout = layoutLineChart([line([1, 2], [-3, 0])], SIZE, { ...VIEW, xLog: true });
  expect(layout.x.domain).toEqual([1, 10]);
  expect(layout.notShown.beforeStart).toBe(2);
});

test('what was logged and is no number is marked where it was logged, and counted', () => {
  const layout = layoutLineChart([line([1, Number.NaN, 3, Number.NaN, Number.NaN])], SIZE, VIEW);
  expect(layout.gaps).toEqual([25, 75, 100]);
  expect(notShownWords(layout.notShown)).toBe('Of 5 points here, 3 are not finite.');
});

test('a mean over repeats that ends is no value that is not finite', () => {
  expect(layoutLineChart([{ ...line([1, Number.NaN]), counts: [3, 0] }], SIZE, VIEW).notShown.notFinite).toBe(0);
});

test('points outside the window that the chart is zoomed to are not among those it speaks of', () => {
  expect(notShownWords(layoutLineChart([line([Number.NaN, 1, Number.NaN, -3, 4])], SIZE, { ...VIEW, yKind: 'log', zoom: [1, 3] }).notShown)).toBe('Of 3 points here, 1 is at or below zero: no place on a log axis; 1 is not finite.');
});

test('a chart that shows everything says nothing', () => {
  expect(notShownWords(layoutLineChart([line([1, 2])], SIZE, VIEW).notShown)).toBeNull();
});
