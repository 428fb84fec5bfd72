import { expect, test } from 'vitest';
import { cropFrom } from '../../domain/threads/chart-crop.ts';
import { cropAround, cropSeries } from './chart-crop.ts';
import type { ChartSeries } from './chart-series.ts';
import { BASELINE_STYLE, QUIET_STYLE, seriesStyle } from './series-style.ts';

const line = (id: string, style: ChartSeries['style'], length = 100): ChartSeries => {
  const xs = Array.from({ length }, (_, step) => step + 1);
  return { id, label: id, style, xs, ys: xs.map((x) => Math.sin(x) / 3), band: { lower: xs.map((x) => (x === 1 ? Number.NaN : -1)), upper: xs.map(() => 1) } };
};
const around = (series: readonly ChartSeries[], step: number) => cropAround({ series, step, yKind: 'linear', drawnFrom: 'ab12' });

test('a crop holds the point and what is around it, and is one that the server keeps', () => {
  const crop = around([line('treatment', seriesStyle(0)), line('baseline', BASELINE_STYLE)], 51);
  expect(cropFrom(JSON.parse(JSON.stringify(crop)))).toEqual(crop);
  expect(crop?.lines.map(({ label, colour }) => [label, colour])).toEqual([['baseline', 0], ['treatment', 1]]);
  const steps = crop?.lines[0]?.steps ?? [];
  expect([steps[0], steps.includes(51), steps.at(-1)]).toEqual([31, true, 71]);
});

test('a short chart is kept whole near its middle, and a gap stays a gap', () => {
  const [only] = around([line('run', seriesStyle(0), 5)], 2)?.lines ?? [];
  expect(only?.steps).toEqual([1, 2, 3, 4, 5]);
  expect(only?.low?.[0]).toBeNull();
});

test('grey context and lines that are not there at the step stay away', () => {
  expect(around([line('context', QUIET_STYLE)], 5)).toBeUndefined();
  expect(around([line('short', seriesStyle(1), 10), line('long', seriesStyle(2))], 40)?.lines.map(({ label }) => label)).toEqual(['long']);
  expect(around([], 5)).toBeUndefined();
});

test('a crop is drawn in the colours the figure had', () => {
  const crop = around([line('mixup', seriesStyle(4)), line('baseline', BASELINE_STYLE)], 20);
  expect(crop && cropSeries(crop).map(({ style }) => style)).toEqual([BASELINE_STYLE, seriesStyle(4)]);
});
