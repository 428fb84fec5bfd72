import { MOST_CROP_LINES, MOST_CROP_POINTS, type ChartCrop, type CropLine } from '../../domain/threads/chart-crop.ts';
import type { ChartSeries, SeriesStyle, Span, YKind } from './chart-series.ts';
import { nearestIndex, stopsOf } from './nearest.ts';
import { BASELINE_STYLE, seriesStyle } from './series-style.ts';

/** Share of all steps that lie on each side of the point: enough to see where lines come from and go to. */
const SIDE = 0.2;
/** Steps on each side even of a short chart. */
const LEAST = 3;

export interface CropOf {
  readonly series: readonly ChartSeries[];
  readonly step: number;
  readonly yKind: YKind;
  readonly drawnFrom: string;
}

/** What a chart shows around a step, small enough to be kept with a comment; undefined where nothing is drawn there. */
export function cropAround({ series, step, yKind, drawnFrom }: CropOf): ChartCrop | undefined {
  const stops = stopsOf(series);
  const here = nearestIndex(stops, step);
  const side = Math.max(LEAST, Math.round(SIDE * stops.length));
  const from = stops[Math.max(0, here - side)];
  const to = stops[Math.min(stops.length - 1, here + side)];
  if (from === undefined || to === undefined) return undefined;
  const lines = nearestLines(series, step).map((one) => lineOf(one, { from, to, step })).filter((line) => line.steps.length > 0);
  return lines.length === 0 ? undefined : { lines, log: yKind === 'log', drawnFrom };
}

/** The same over a window of steps. */
export function cropOver({ series, window: [from, to], yKind, drawnFrom }: Omit<CropOf, 'step'> & { readonly window: Span }): ChartCrop | undefined {
  const step = stopsOf(series).find((stop) => stop >= from && stop <= to);
  if (step === undefined) return undefined;
  const lines = nearestLines(series, step).map((one) => lineOf(one, { from, to, step })).filter((line) => line.steps.length > 0);
  return lines.length === 0 ? undefined : { lines, log: yKind === 'log', drawnFrom };
}

/** The baseline, and the lines that lead: those the figure lists first. Grey context has no colour to be told by, and stays away. */
function nearestLines(series: readonly ChartSeries[], step: number): ChartSeries[] {
  const drawn = series.filter((one) => colourOf(one.style) !== null && (one.xs[0] ?? Infinity) <= step && (one.xs.at(-1) ?? -Infinity) >= step);
  const baseline = drawn.filter((one) => colourOf(one.style) === 0);
  const others = drawn.filter((one) => colourOf(one.style) !== 0);
  return [...baseline.slice(0, 1), ...others].slice(0, MOST_CROP_LINES);
}

function lineOf(one: ChartSeries, window: { readonly from: number; readonly to: number; readonly step: number }): CropLine {
  const inside = [...one.xs.keys()].filter((index) => (one.xs[index] ?? -Infinity) >= window.from && (one.xs[index] ?? Infinity) <= window.to);
  const kept = thinned(inside, nearestIndex(one.xs, window.step));
  const row = (list: readonly number[]): (number | null)[] => kept.map((index) => short(list[index]));
  const line = { label: one.label.slice(0, 40), colour: colourOf(one.style) ?? 0, steps: kept.map((index) => one.xs[index] ?? 0), values: row(one.ys) };
  return one.band === undefined ? line : { ...line, low: row(one.band.lower), high: row(one.band.upper) };
}

/** Evenly fewer, with both ends and the point itself. */
function thinned(indexes: readonly number[], point: number): number[] {
  if (indexes.length <= MOST_CROP_POINTS) return [...indexes];
  const last = indexes.length - 1;
  const even = Array.from({ length: MOST_CROP_POINTS - 1 }, (_, place) => indexes[Math.round((place * last) / (MOST_CROP_POINTS - 2))] ?? 0);
  return [...new Set([...even, point])].toSorted((a, b) => a - b);
}

const short = (value: number | undefined): number | null => (value === undefined || !Number.isFinite(value) ? null : Number(value.toPrecision(5)));

/** 0 for the baseline, 1 to 8 for the eight hues, null for grey context. */
function colourOf(style: SeriesStyle): number | null {
  if (style.token === BASELINE_STYLE.token) return 0;
  const hue = /^--c([1-8])$/.exec(style.token);
  return hue === null ? null : Number(hue[1]);
}

/** The lines of a crop, as the layout of charts takes them. */
export function cropSeries(crop: ChartCrop): ChartSeries[] {
  const numbers = (list: readonly (number | null)[]): number[] => list.map((value) => value ?? Number.NaN);
  return crop.lines.map((line, index) => ({
    id: String(index), label: line.label, xs: line.steps, ys: numbers(line.values), style: line.colour === 0 ? BASELINE_STYLE : seriesStyle(line.colour - 1),
    ...(line.low === undefined || line.high === undefined ? {} : { band: { lower: numbers(line.low), upper: numbers(line.high) } }),
  }));
}
