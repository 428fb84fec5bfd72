import { expect, test } from 'vitest';
import { extentOf, roundAbove, xDomain, yDomain } from './axis-domain.ts';
import { chartTable, toCsv } from './chart-table.ts';
import type { ChartSeries, Span } from './chart-series.ts';
import { chartSvg } from './chart-svg.ts';
import { readoutOrder, valuesAt } from './crosshair-values.ts';
import { describeChart } from './describe-chart.ts';
import { placeEndLabels } from './end-labels.ts';
import { axesFor, layoutLineChart, type LineChartView } from './line-chart-layout.ts';
import { indexAtOrBefore, nearestIndex, nearestLine, stopsOf } from './nearest.ts';
import { durationText, tickText, tickTexts, valueText } from './number-words.ts';
import { toBandOutlines, toPath, toPolyline } from './polyline.ts';
import { makeScale } from './scale.ts';
import { assignStyles, BASELINE_STYLE, faint, QUIET_STYLE, quietOpacity, seriesStyle } from './series-style.ts';
import { smooth, type Smoothing } from './smooth.ts';
import type { Spread } from './spread.ts';
import { linearTicks, logTicks, roundOutward } from './ticks.ts';
import { pointsOver, xTicks, xTickText } from './x-axis.ts';
import { brushedWindow, zoomedAround } from './zoom-window.ts';

const ema = (weight: number): Smoothing => ({ kind: 'ema', weight });
const VIEW: LineChartView = { xKind: 'step', yKind: 'linear', zoom: null };
const line = (id: string, ys: readonly number[], more: Partial<ChartSeries> = {}): ChartSeries => ({ id, label: id, xs: ys.map((_, index) => index), ys, style: seriesStyle(0), ...more });

test('an axis has two to five ticks at round values, whatever the span', () => {
  for (const span of [[0, 1], [0.123, 0.129], [-3, 7], [0, 60], [92, 98.4], [1e-9, 3e-9], [-1e12, 4e12], [0.00001, 1e6], [1, 40]] as Span[]) {
    const ticks = linearTicks(span);
    expect(ticks.length).toBeGreaterThanOrEqual(2);
    expect(ticks.length).toBeLessThanOrEqual(5);
    const slack = (span[1] - span[0]) * 1e-8;
    for (const tick of ticks) expect(tick >= span[0] - slack && tick <= span[1] + slack).toBe(true);
  }
  expect(linearTicks([0, 1])).toEqual([0, 0.5, 1]);
  expect(linearTicks([0, 0.4])).toEqual([0, 0.1, 0.2, 0.3, 0.4]);
});

test('ticks of steps are whole numbers', () => {
  expect(linearTicks([0, 2], true)).toEqual([0, 1, 2]);
  expect(linearTicks([1, 60], true)).toEqual([20, 40, 60]);
});

test('a log axis marks powers of ten, and 2 and 5 between when there are few', () => {
  expect(logTicks([0.001, 10])).toEqual([0.001, 0.01, 0.1, 1, 10]);
  expect(logTicks([0.05, 2])).toEqual([0.05, 0.1, 0.5, 1]);
  expect(logTicks([1e-12, 1e8]).length).toBeLessThanOrEqual(5);
  expect(logTicks([0.2, 0.5])).toEqual([0.2, 0.5]);
  expect(logTicks([0.31, 0.34]).length).toBeGreaterThanOrEqual(2);
});

test('the y axis ends at round values and never has zero height', () => {
  expect(yDomain([0.12, 0.87], 'linear')).toEqual([0, 1]);
  expect(yDomain([3, 3], 'linear')[0]).toBeLessThan(3);
  expect(yDomain([0, 0], 'linear')).toEqual([-1, 1]);
  expect(yDomain(null, 'linear')).toEqual([0, 1]);
  expect(yDomain([0.03, 2.3], 'log')).toEqual([0.02, 5]);
  expect(roundOutward([-0.31, 0.62])).toEqual([-0.4, 0.8]);
});

test('a log axis leaves out what is zero or less instead of inventing a place for it', () => {
  expect(extentOf([[-1, 0, 0.5, 2, Number.NaN]], 'log')).toEqual([0.5, 2]);
  expect(extentOf([[-1, 0]], 'log')).toBeNull();
  const layout = layoutLineChart([line('loss', [0, -1, 0.5, 2])], { width: 100, height: 100 }, { ...VIEW, yKind: 'log' });
  expect(layout.notShown.belowZero).toBe(2);
  expect([...(layout.lines[0]?.points ?? [])].filter((value) => Number.isNaN(value)).length).toBe(4);
});

test('each tick of a log axis is written for itself', () => {
  const layout = layoutLineChart([line('loss', [1e-5, 1, 2e4])], { width: 100, height: 100 }, { ...VIEW, yKind: 'log' });
  expect(layout.yTicks.map(({ text }) => text)).toEqual(['1e-5', '0.001', '0.1', '10', '1000'].slice(0, layout.yTicks.length));
});

test('a live x axis grows in steps: it keeps its end until a point passes it', () => {
  const first = xDomain([0, 10], null, true);
  expect(first).toEqual([0, 15]);
  expect(xDomain([0, 15], first, true)).toEqual([0, 15]);
  expect(xDomain([0, 16], first, true)).toEqual([0, 20]);
  expect(xDomain([0, 16], first, false)).toEqual([0, 16]);
  expect(roundAbove(76)).toBe(80);
});

test('a live y axis does not tighten around what scrolled by', () => {
  const one = [line('a', [1, 2, 3], { live: true })];
  const layout = layoutLineChart(one, { width: 100, height: 100 }, { ...VIEW, previous: { x: [0, 5], y: [0, 10] } });
  expect(layout.y.domain).toEqual([0, 10]);
  expect(layoutLineChart([line('a', [1, 2, 3])], { width: 100, height: 100 }, { ...VIEW, previous: { x: [0, 5], y: [0, 10] } }).y.domain).toEqual([1, 3]);
});

test('the y axis follows a band no further than half the height of the lines', () => {
  const domain = (lower: number, upper: number) => layoutLineChart([line('a', [0, 10], { band: { lower: [lower, lower], upper: [upper, upper] } })], { width: 100, height: 100 }, VIEW).y.domain;
  expect(domain(0, 10)).toEqual([0, 10]);
  expect(domain(-90, 90)).toEqual([-5, 15]);
});

test('a scale goes there and back, linear and log', () => {
  for (const kind of ['linear', 'log'] as const) {
    const scale = makeScale(kind, [0.1, 10], [200, 0]);
    expect(scale.toPixel(0.1)).toBeCloseTo(200);
    expect(scale.toPixel(10)).toBeCloseTo(0);
    expect(scale.toValue(scale.toPixel(3))).toBeCloseTo(3);
  }
  expect(makeScale('log', [0.1, 10], [200, 0]).toPixel(1)).toBeCloseTo(100);
  expect(makeScale('log', [0.1, 10], [200, 0]).toPixel(0)).toBeNaN();
});

test('smoothing starts at the first value, keeps a constant constant and leaves a gap a gap', () => {
  expect(smooth([4, 4, 4], ema(0.9))).toEqual([4, 4, 4].map((value) => expect.closeTo(value, 12)));
  const [a, b, c] = smooth([1, Number.NaN, 3], ema(0.5));
  expect(a).toBeCloseTo(1);
  expect(b).toBeNaN();
  // (0.25·1 + 0.5·3) / (1 − 0.25)
  expect(c).toBeCloseTo(1.75 / 0.75);
  expect(smooth([1, 2], ema(0))).toEqual([1, 2]);
});

test('smoothing keeps the logged line behind the smoothed one and both on the paper', () => {
  const layout = layoutLineChart([line('loss', [0, 10, 0, 10])], { width: 100, height: 100 }, { ...VIEW, smoothing: ema(0.9) });
  expect(layout.lines[0]?.raw).not.toBeNull();
  expect(layout.y.domain).toEqual([0, 10]);
});

test('the nearest point is found between points, at the ends and in an empty line', () => {
  const xs = [0, 10, 20];
  expect([-5, 4, 5, 6, 14, 99].map((x) => nearestIndex(xs, x))).toEqual([0, 0, 0, 1, 1, 2]);
  expect(nearestIndex([], 3)).toBe(-1);
  expect(indexAtOrBefore(xs, 9)).toBe(0);
  expect(indexAtOrBefore(xs, -1)).toBe(-1);
  expect(stopsOf([{ xs: [0, 2] }, { xs: [1, 2] }])).toEqual([0, 1, 2]);
});

test('the nearest line is the one under the pointer, across gaps', () => {
  const lines = [
    { id: 'low', points: Float32Array.from([0, 90, 100, 90]) },
    { id: 'high', points: Float32Array.from([0, 10, Number.NaN, Number.NaN, 60, 10, 100, 10]) },
  ];
  expect(nearestLine(lines, { x: 50, y: 86 })).toBe('low');
  expect(nearestLine(lines, { x: 80, y: 14 })).toBe('high');
  expect(nearestLine(lines, { x: 50, y: 50 })).toBeNull();
});

test('a dense line keeps its spikes when many points share a pixel', () => {
  const xs = Array.from({ length: 100_000 }, (_, index) => index);
  const ys = xs.map((x) => (x === 54_321 ? 1000 : x % 7));
  const scaled = toPolyline({ xs, ys }, makeScale('linear', [0, 100_000], [0, 300]), makeScale('linear', [0, 1000], [100, 0]));
  expect(scaled.length / 2).toBeLessThan(300 * 4 + 8);
  let top = Infinity;
  for (let index = 1; index < scaled.length; index += 2) top = Math.min(top, scaled[index] ?? Infinity);
  expect(top).toBe(0);
});

test('a gap breaks the line and the path starts anew', () => {
  const drawn = toPolyline({ xs: [0, 1, 2, 3], ys: [1, Number.NaN, 2, 3] }, makeScale('linear', [0, 3], [0, 30]), makeScale('linear', [0, 3], [30, 0]));
  expect(toPath(drawn)).toBe('M0 20M20 10L30 0');
});

test('a band is drawn only where two repeats or more leave an interval', () => {
  const x = makeScale('linear', [0, 3], [0, 30]);
  const y = makeScale('linear', [0, 10], [100, 0]);
  const outlines = toBandOutlines({ xs: [0, 1, 2, 3], lower: [1, 1, Number.NaN, 1], upper: [2, 2, Number.NaN, 2] }, x, y);
  expect(outlines.length).toBe(1);
  expect([...(outlines[0] ?? [])]).toEqual([0, 80, 10, 80, 10, 90, 0, 90]);
});

test('end labels do not overlap and stay inside', () => {
  const placed = placeEndLabels([['a', 50], ['b', 52], ['c', 99], ['d', 98]].map(([id, y]) => ({ id: String(id), text: String(id), y: Number(y), x: null })), [0, 100]);
  const ys = placed.map((label) => label.y);
  for (let index = 1; index < ys.length; index += 1) expect((ys[index] ?? 0) - (ys[index - 1] ?? 0)).toBeGreaterThanOrEqual(14);
  expect(Math.max(...ys)).toBeLessThanOrEqual(100);
  expect(placed.map((label) => label.id)).toEqual(['a', 'b', 'd', 'c']);
});

test('a line is named at its end, even when it ends early', () => {
  const layout = layoutLineChart([line('long', [1, 2, 3, 4, 5]), line('short', [5, 4])], { width: 400, height: 100 }, VIEW);
  expect(layout.labels.map((label) => [label.id, label.x])).toEqual([['long', null], ['short', 108]]);
});

test('a name inside the plot stands clear of lines and of other names, or is left to the key', () => {
  const crossed = layoutLineChart([line('long', [1, 2, 2, 2, 2]), line('short', [1, 2])], { width: 400, height: 20 }, VIEW);
  expect(crossed.labels.map(({ id }) => id)).toEqual(['long']);
  const two = layoutLineChart([line('long', [1, 1, 1, 1, 1]), line('a', [9, 9]), line('b', [9, 9])], { width: 400, height: 200 }, VIEW);
  const [, a, b] = two.labels;
  expect(Math.abs((a?.y ?? 0) - (b?.y ?? 0))).toBeGreaterThanOrEqual(14);
});

test('colours follow the fixed order and there is never a ninth hue', () => {
  expect(seriesStyle(0)).toEqual({ token: '--c1', dash: [] });
  expect(seriesStyle(5)).toEqual({ token: '--c6', dash: [6, 3] });
  const ids = Array.from({ length: 12 }, (_, index) => `r${index}`);
  const styles = assignStyles(ids, { baseline: 'r0', keep: ['r7', 'r3'] });
  expect(styles.get('r0')).toBe(BASELINE_STYLE);
  expect(styles.get('r7')).toEqual(seriesStyle(0));
  expect(styles.get('r3')).toEqual(seriesStyle(1));
  expect(styles.get('r5')).toBe(QUIET_STYLE);
  expect(quietOpacity(50)).toBe(0.35);
  expect(quietOpacity(1000)).toBeCloseTo(0.07);
});

test('points can be read over time and over time since the start, sorted', () => {
  const logged = { steps: [0, 1, 2], timestamps: [5000, 9000, 7000], values: [1, null, 3] };
  expect(pointsOver(logged, 'relative')).toEqual({ xs: [0, 2, 4], ys: [1, 3, Number.NaN] });
  expect(pointsOver(logged, 'step')).toEqual({ xs: [0, 1, 2], ys: [1, Number.NaN, 3] });
});

test('time axes tick at times people say', () => {
  expect(xTicks([0, 240], 'relative')).toEqual([0, 60, 120, 180, 240]);
  expect(xTickText(120, [0, 240], 'relative')).toBe('2 min');
  expect(xTicks([0, 7200], 'relative')).toEqual([0, 1800, 3600, 5400, 7200]);
});

test('numbers are written with the real minus sign and no more figures than help', () => {
  expect(valueText(-0.123456)).toBe('−0.1235');
  expect(valueText(1e-7)).toBe('1e-7');
  expect(valueText(12_345_678)).toBe('1.235e7');
  // A series holds NaN where the run logged NaN or an infinity: "not a number" would be wrong of the second.
  expect(valueText(Number.NaN)).toBe('not finite');
  expect(tickText(20_000, [0, 60_000])).toBe('20k');
  expect(durationText(7_500_000)).toBe('2 h 5 min');
});

test.each([
  [[0.95, 0.955, 0.96], ['0.950', '0.955', '0.960']],
  [[-0.5, 0, 0.5, 1], ['−0.5', '0', '0.5', '1.0']],
  [[0, 10_000, 12_500], ['0', '10.0k', '12.5k']],
  [[1, 2, 3], ['1', '2', '3']],
  [[0.0001, 0.0002], ['1e-4', '2e-4']],
])('marks of an axis have the same decimals: %j', (marks, texts) => expect(tickTexts(marks, [marks[0] ?? 0, marks.at(-1) ?? 0])).toEqual(texts));

test('the table behind a chart holds every point, and its CSV cannot run as a formula', () => {
  const table = chartTable([line('a', [1, 2]), { ...line('=b,', [3]), band: { lower: [2], upper: [4] } }], 'step');
  expect(table.rows).toEqual([[0, 1, 3, 2, 4], [1, 2, null, null, null]]);
  expect(toCsv(table).split('\r\n')[0]).toBe(`step,a,"'=b,, mean","'=b,, 95 % low","'=b,, 95 % high"`);
});

test('the columns of a band say what its line and its ends are', () => {
  const columns = (spread: Spread) => chartTable([line('v', [3], { band: { lower: [2], upper: [4], spread } })], 'step').columns.slice(1);
  expect(columns('se')).toEqual(['v, mean', 'v, standard error low', 'v, standard error high']);
  expect(columns('sd')).toEqual(['v, mean', 'v, standard deviation low', 'v, standard deviation high']);
  expect(columns('range')).toEqual(['v, mean', 'v, min', 'v, max']);
  expect(columns('median')).toEqual(['v, median', 'v, min', 'v, max']);
});

test('the axes of a live chart begin anew with another kind of band, and with variants in place of runs', () => {
  const band = (spread: Spread) => [line('v', [3], { band: { lower: [2], upper: [4], spread } })];
  const kinds = [[line('r', [3])], [line('v', [3])], band('ci'), band('se')].map((series) => axesFor(series, VIEW));
  expect(new Set(kinds).size).toBe(4);
  expect(axesFor([line('v', [3, 4])], VIEW)).toBe(axesFor([line('v', [3])], VIEW));
});

test('a run beside the line of its variant is thin and pale, and the readout says the variant', () => {
  const series = [line('v', [1, 2]), line('v, seed 3', [1.5, 3], { style: faint(seriesStyle(0)) })];
  expect(readoutOrder(valuesAt(series, 1)).map(({ id }) => id)).toEqual(['v']);
  expect(readoutOrder(valuesAt(series.slice(1), 1)).map(({ id }) => id)).toEqual(['v, seed 3']);
  const strokes = [...chartSvg(layoutLineChart(series, { width: 100, height: 100 }, VIEW), 'loss', () => 'black').matchAll(/stroke-width="([\d.]+)"( stroke-opacity="[\d.]+")?/g)];
  expect(strokes.map(([, width, opacity]) => [Number(width), opacity !== undefined])).toEqual([[1.75, false], [1, true]]);
});

test('the sentence for those who hear a chart tells where it starts, ends and turns', () => {
  expect(describeChart('train/loss by step', [line('train/loss', [2, 0.5, 0.75])], 'step')).toBe('train/loss by step. train/loss falls from 2 at step 0 to 0.75 at step 2; lowest 0.5, highest 2.');
  expect(describeChart('loss', [line('loss', [Number.NaN])], 'step')).toContain('no values yet');
});

test('a drag is a window, a click is not, and zooming out far enough shows everything', () => {
  const toValue = (pixel: number): number => pixel / 10;
  expect(brushedWindow(80, 20, toValue)).toEqual([2, 8]);
  expect(brushedWindow(20, 23, toValue)).toBeNull();
  expect(zoomedAround([0, 100], [0, 100], 50, 0.5)).toEqual([25, 75]);
  expect(zoomedAround([25, 75], [0, 100], 50, 2)).toBeNull();
  expect(zoomedAround([0, 100], [0, 100], 0, 0.5)).toEqual([0, 50]);
});

test('a zoomed chart fits its y axis to what is in view', () => {
  const layout = layoutLineChart([line('loss', [100, 1, 2, 3])], { width: 100, height: 100 }, { ...VIEW, zoom: [1, 3] });
  expect(layout.y.domain).toEqual([1, 3]);
  expect(layout.x.domain).toEqual([1, 3]);
});

test('the exported picture stands alone and cannot carry script', () => {
  const layout = layoutLineChart([line('<script>', [1, 2]), line('b', [2, 3])], { width: 100, height: 100 }, VIEW);
  const svg = chartSvg(layout, 'a < b', () => '#000');
  expect(svg).not.toContain('<script>');
  expect(svg).toContain('a &lt; b');
});

test('a thousand runs are laid out with all their points accounted for', () => {
  const many = Array.from({ length: 1000 }, (_, run) => line(`r${run}`, Array.from({ length: 200 }, (_v, step) => Math.sin(step / 20) + run / 1000)));
  const layout = layoutLineChart(many, { width: 800, height: 240 }, VIEW);
  expect(layout.lines.length).toBe(1000);
  expect(layout.lines.every((drawn) => drawn.points.length === 400)).toBe(true);
  expect(layout.labels).toEqual([]);
});
