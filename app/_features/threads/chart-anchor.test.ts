import { expect, test } from 'vitest';
import type { ChartSeries } from '../../_charts/chart-series.ts';
import { BASELINE_STYLE } from '../../_charts/series-style.ts';
import { chartAnchor, drawnSteps } from './chart-anchor.ts';

const line = (xs: readonly number[]): ChartSeries => ({ id: 'a', label: 'a', xs, ys: xs.map(() => 1), style: BASELINE_STYLE });

test('a window drawn by hand becomes the first and the last step that were drawn in it', () => {
  const series = [line([0, 5, 10, 15, 20]), line([12, 18, 24])];
  expect(drawnSteps(series, [9.597731504646987, 18.46481285449521])).toEqual([10, 18]);
  expect(chartAnchor({ metric: 'acc', series, yKind: 'linear', drawnFrom: 'x' }, [9.6, 18.5])).toMatchObject({ kind: 'range', from: 10, to: 18 });
});

test('a window that holds fewer than two steps is widened to whole ones, and begins before it ends', () => {
  expect(drawnSteps([line([0, 100])], [10.2, 10.7])).toEqual([10, 11]);
  expect(drawnSteps([line([0, 10, 100])], [9.5, 10.5])).toEqual([9, 11]);
  expect(drawnSteps([], [4, 4])).toEqual([4, 5]);
});
