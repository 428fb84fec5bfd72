import { extentOf, xDomain, yDomain } from './axis-domain.ts';
import type { ChartSeries, SeriesStyle, Span, XKind, YKind } from './chart-series.ts';
import { clippedExtent } from './clip-outliers.ts';
import { type EndLabel, labelsAtEnds } from './end-labels.ts';
import { tickText, tickTexts } from './number-words.ts';
import { type Polyline, toBandOutlines, toPolyline } from './polyline.ts';
import { type Scale, makeScale } from './scale.ts';
import { COLOURED_SERIES } from './series-style.ts';
import { smooth, UNSMOOTHED, type Smoothing } from './smooth.ts';
import { linearTicks, logTicks } from './ticks.ts';
import { leftOut, type LeftOut } from './left-out.ts';
import { xTicks, xTickText } from './x-axis.ts';

export interface LineChartView {
  readonly xKind: XKind;
  readonly yKind: YKind;
  readonly xLog?: boolean | undefined;
  /** Absent draws what was logged. */
  readonly smoothing?: Smoothing | undefined;
  /** Cuts the y axis off at the 1st and the 99th percentile of what is in view. */
  readonly clip?: boolean | undefined;
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

export interface LineChartLayout extends LeftOut {
  readonly size: PlotSize;
  readonly x: Scale;
  readonly y: Scale;
  readonly xTicks: readonly AxisTick[];
  readonly yTicks: readonly AxisTick[];
  readonly lines: readonly DrawnLine[];
  readonly labels: readonly EndLabel[];
}

/** Everything a line chart draws, in pixels of the plot area. Pure: the same input gives the same picture. */
export function layoutLineChart(series: readonly ChartSeries[], size: PlotSize, view: LineChartView): LineChartLayout {
  const live = series.some((one) => one.live === true);
  const how = view.smoothing ?? UNSMOOTHED;
  const smoothed = new Map(series.map((one) => [one.id, smooth(one.ys, how)]));
  const x = makeScale(kindOfX(view), domainOfX(series, view, live), [0, size.width]);
  const { domain, clipped } = domainOfY(valuesInView(series, smoothed, x.domain), view, live);
  const y = makeScale(view.yKind, domain, [size.height, 0]);
  const lines = series.map((one) => drawLine(one, smoothed.get(one.id) ?? one.ys, { x, y }));
  const xMarks = kindOfX(view) === 'log' ? logTicks(x.domain) : xTicks(x.domain, view.xKind);
  const yMarks = view.yKind === 'log' ? logTicks(domain) : linearTicks(domain);
  const yTexts = view.yKind === 'log' ? yMarks.map((at) => tickText(at, [at, at])) : tickTexts(yMarks, domain);
  return {
    size,
    x,
    y,
    lines,
    xTicks: xMarks.map((at) => ({ at, pixel: x.toPixel(at), text: xTickText(at, x.domain, view.xKind) })),
    yTicks: yMarks.map((at, place) => ({ at, pixel: y.toPixel(at), text: yTexts[place] ?? '' })),
    labels: series.length > 1 && series.length <= COLOURED_SERIES + 1 ? labelsAtEnds(series, lines, size) : [],
    ...leftOut(series, { x, y, xLog: kindOfX(view) === 'log', yLog: view.yKind === 'log', clipped }),
  };
}

/** For as long as this is the same a live chart keeps its axes: other lines, another kind of band or another view begin anew. */
export function axesFor(series: readonly ChartSeries[], { xKind, xLog, yKind, clip }: Omit<LineChartView, 'zoom'>): string {
  const band = series.find((one) => one.band !== undefined)?.band;
  return `${xKind} ${xLog} ${yKind} ${clip} ${series.length} ${series[0]?.id ?? ''} ${band?.spread}`;
}

/** A time of day has no logarithm. */
const kindOfX = (view: LineChartView): YKind => (view.xLog === true && view.xKind !== 'time' ? 'log' : 'linear');

function domainOfX(series: readonly ChartSeries[], view: LineChartView, live: boolean): Span {
  const kind = kindOfX(view);
  const extent = extentOf(series.map((one) => one.xs), kind);
  const window = windowOf(kind, view.zoom, extent);
  if (window !== null) return window;
  return kind === 'log' ? logX(extent) : xDomain(extent, view.previous?.x ?? null, live && view.zoom === null);
}

function domainOfY(inView: readonly (readonly number[])[], view: LineChartView, live: boolean): { readonly domain: Span; readonly clipped: boolean } {
  const clipped = view.clip === true ? clippedExtent(inView, view.yKind === 'log') : null;
  if (clipped !== null) return { domain: yDomain(clipped, view.yKind), clipped: true };
  return { domain: steadyY(yDomain(extentOf(inView, view.yKind), view.yKind), view, live), clipped: false };
}

/** A window may begin where a logarithm ends: then it begins with the first point that has one. */
function windowOf(kind: YKind, zoom: Span | null, extent: Span | null): Span | null {
  if (zoom === null || kind === 'linear' || zoom[0] > 0) return zoom;
  return extent !== null && extent[0] < zoom[1] ? [extent[0], zoom[1]] : null;
}

function logX(extent: Span | null): Span {
  if (extent === null) return [1, 10];
  return extent[0] === extent[1] ? [extent[0] / 2, extent[0] * 2] : extent;
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
  const bands: number[][] = [];
  for (const one of series) {
    const inView = (list: readonly number[]): number[] => list.filter((_, index) => isInside(one.xs[index], domain));
    lists.push(inView(smoothed.get(one.id) ?? one.ys));
    // Raw points stay on the paper behind the smoothed line: hiding them off the top would flatter the run.
    if (smoothed.get(one.id) !== one.ys) lists.push(inView(one.ys));
    if (one.band !== undefined) bands.push(inView(one.band.lower), inView(one.band.upper));
  }
  return [...lists, withinReach(extentOf(bands), extentOf(lists))];
}

/** The ends of the bands, as far as half the height of all lines beyond them: the interval of two repeats can be fifty times what they differ by, and would press every curve flat. */
function withinReach(bands: Span | null, lines: Span | null): number[] {
  if (bands === null) return [];
  const reach = lines === null ? 0 : (lines[1] - lines[0]) / 2;
  if (lines === null || reach === 0) return [...bands];
  return [Math.max(bands[0], lines[0] - reach), Math.min(bands[1], lines[1] + reach)];
}

function isInside(x: number | undefined, domain: Span): boolean {
  return x !== undefined && x >= domain[0] && x <= domain[1];
}

function drawLine(one: ChartSeries, values: readonly number[], scales: { readonly x: Scale; readonly y: Scale }): DrawnLine {
  const { x, y } = scales;
  const points = toPolyline({ xs: one.xs, ys: values }, x, y);
  return {
    id: one.id,
    style: one.style,
    points,
    raw: values === one.ys ? null : toPolyline({ xs: one.xs, ys: one.ys }, x, y),
    bands: one.band === undefined ? [] : toBandOutlines({ xs: one.xs, ...one.band }, x, y),
    head: headOf(points, x),
    // The dot says that a line goes on from there: not where a zoom ends before it does.
    live: one.live === true && (one.xs.at(-1) ?? Infinity) <= x.domain[1],
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
