import { extentOf, xDomain, yDomain } from './axis-domain.ts';
import type { ChartSeries, SeriesStyle, Span, XKind, YKind } from './chart-series.ts';
import { type EndLabel, placeEndLabels } from './end-labels.ts';
import { tickText } from './number-words.ts';
import { type Polyline, toBandOutlines, toPolyline } from './polyline.ts';
import { type Scale, makeScale } from './scale.ts';
import { COLOURED_SERIES } from './series-style.ts';
import { smooth } from './smooth.ts';
import { linearTicks, logTicks } from './ticks.ts';
import { xTicks, xTickText } from './x-axis.ts';

export interface LineChartView {
  readonly xKind: XKind;
  readonly yKind: YKind;
  /** Share of the past that smoothing keeps; 0 draws what was logged. */
  readonly smoothing: number;
  /** The brushed window in x, or null for everything. */
  readonly zoom: Span | null;
  /** The axis ends drawn last, so that a growing chart leaps seldom. */
  readonly previous?: { readonly x: Span; readonly y: Span } | undefined;
}

export interface PlotSize {
  readonly width: number;
  readonly height: number;
}

export interface AxisTick {
  readonly at: number;
  readonly pixel: number;
  readonly text: string;
}

export interface DrawnLine {
  readonly id: string;
  readonly style: SeriesStyle;
  readonly points: Polyline;
  /** What was logged, behind a smoothed line. */
  readonly raw: Polyline | null;
  readonly bands: readonly Polyline[];
  /** The last drawn point; null when none is in view. */
  readonly head: { readonly x: number; readonly y: number } | null;
  readonly live: boolean;
}

export interface LineChartLayout {
  readonly size: PlotSize;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly AxisTick[];
  readonly yTicks: readonly AxisTick[];
  readonly lines: readonly DrawnLine[];
  readonly labels: readonly EndLabel[];
  /** Points a log axis cannot show because they are zero or less. */
  readonly notShown: number;
}

/** Everything a line chart draws, in pixels of the plot area. Pure: the same input gives the same picture. */
export function layoutLineChart(series: readonly ChartSeries[], size: PlotSize, view: LineChartView): LineChartLayout {
  const live = series.some((one) => one.live === true);
  const wholeX = xDomain(extentOf(series.map((one) => one.xs)), view.previous?.x ?? null, live && view.zoom === null);
  const domainX = view.zoom ?? wholeX;
  const smoothed = new Map(series.map((one) => [one.id, view.smoothing > 0 ? smooth(one.ys, view.smoothing) : one.ys]));
  const domainY = steadyY(yDomain(extentOf(valuesInView(series, smoothed, domainX), view.yKind), view.yKind), view, live);
  const x = makeScale('linear', domainX, [0, size.width]);
  const y = makeScale(view.yKind, domainY, [size.height, 0]);
  const lines = series.map((one) => drawLine(one, smoothed.get(one.id) ?? one.ys, { x, y, smoothing: view.smoothing }));
  return {
    size,
    x,
    y,
    lines,
    xTicks: xTicks(domainX, view.xKind).map((at) => ({ at, pixel: x.toPixel(at), text: xTickText(at, domainX, view.xKind) })),
    yTicks: (view.yKind === 'log' ? logTicks(domainY) : linearTicks(domainY)).map((at) => ({ at, pixel: y.toPixel(at), text: tickText(at, domainY) })),
    labels: series.length > 1 && series.length <= COLOURED_SERIES + 1 ? placedLabels(labelsOf(series, lines, size.width), [0, size.height]) : [],
    notShown: view.yKind === 'log' ? series.reduce((sum, one) => sum + one.ys.filter((value) => value <= 0).length, 0) : 0,
  };
}

/** While points arrive the y axis only grows: it never tightens around a value that scrolled by. */
function steadyY(wanted: Span, view: LineChartView, live: boolean): Span {
  const before = view.previous?.y;
  if (!live || before === undefined || view.zoom !== null) return wanted;
  const positive = view.yKind === 'linear' || before[0] > 0;
  return positive && before[0] <= wanted[0] && before[1] >= wanted[1] ? before : wanted;
}

function valuesInView(series: readonly ChartSeries[], smoothed: ReadonlyMap<string, readonly number[]>, domain: Span): number[][] {
  const lists: number[][] = [];
  for (const one of series) {
    const inView = (list: readonly number[]): number[] => list.filter((_, index) => isInside(one.xs[index], domain));
    lists.push(inView(smoothed.get(one.id) ?? one.ys));
    // Raw points stay on the paper behind the smoothed line: hiding them off the top would flatter the run.
    if (smoothed.get(one.id) !== one.ys) lists.push(inView(one.ys));
    if (one.band !== undefined) lists.push(inView(one.band.lower), inView(one.band.upper));
  }
  return lists;
}

function isInside(x: number | undefined, domain: Span): boolean {
  return x !== undefined && x >= domain[0] && x <= domain[1];
}

function drawLine(one: ChartSeries, values: readonly number[], scales: { readonly x: Scale; readonly y: Scale; readonly smoothing: number }): DrawnLine {
  const { x, y } = scales;
  const points = toPolyline({ xs: one.xs, ys: values }, x, y);
  return {
    id: one.id,
    style: one.style,
    points,
    raw: scales.smoothing > 0 ? toPolyline({ xs: one.xs, ys: one.ys }, x, y) : null,
    bands: one.band === undefined ? [] : toBandOutlines({ xs: one.xs, ...one.band }, x, y),
    head: headOf(points, x),
    live: one.live === true,
  };
}

function headOf(points: Polyline, x: Scale): { x: number; y: number } | null {
  for (let index = points.length - 2; index >= 0; index -= 2) {
    const px = points[index] ?? Number.NaN;
    const py = points[index + 1] ?? Number.NaN;
    if (!Number.isNaN(py) && px >= x.range[0] - 0.5 && px <= x.range[1] + 0.5) return { x: px, y: py };
  }
  return null;
}

/** Labels beside the plot keep clear of each other; so do those inside it. */
function placedLabels(labels: readonly EndLabel[], range: Span): EndLabel[] {
  return [...placeEndLabels(labels.filter((label) => label.x === null), range), ...placeEndLabels(labels.filter((label) => label.x !== null), range)];
}

/** A line that ends well before the edge, as finished repeats do beside a run that goes on, is named where it ends. */
const NEAR_THE_EDGE = 40;

function labelsOf(series: readonly ChartSeries[], lines: readonly DrawnLine[], width: number): EndLabel[] {
  const labels: EndLabel[] = [];
  for (const [index, line] of lines.entries()) {
    const text = series[index]?.label;
    if (line.head !== null && text !== undefined) labels.push({ id: line.id, text, y: line.head.y, x: line.head.x > width - NEAR_THE_EDGE || line.head.x > width * 0.8 ? null : line.head.x + 8 });
  }
  return labels;
}
