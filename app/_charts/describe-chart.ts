import type { ChartSeries, XKind } from './chart-series.ts';
import { valueText } from './number-words.ts';
import { xValueText } from './x-axis.ts';

/** What the chart shows, in a sentence, for those who hear it: where the line starts and ends, and its extremes. */
export function describeSeries(one: ChartSeries, xKind: XKind): string {
  const points: { x: number; y: number }[] = [];
  for (const [index, x] of one.xs.entries()) {
    const y = one.ys[index];
    if (y !== undefined && Number.isFinite(y)) points.push({ x, y });
  }
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined) return `${one.label}: no values yet`;
  if (points.length === 1) return `${one.label}: ${valueText(last.y)} at ${xValueText(last.x, xKind)}, one value`;
  const low = points.reduce((a, b) => (b.y < a.y ? b : a));
  const high = points.reduce((a, b) => (b.y > a.y ? b : a));
  const motion = last.y > first.y ? 'rises' : last.y < first.y ? 'falls' : 'goes';
  return `${one.label} ${motion} from ${valueText(first.y)} at ${xValueText(first.x, xKind)} to ${valueText(last.y)} at ${xValueText(last.x, xKind)}; lowest ${valueText(low.y)}, highest ${valueText(high.y)}`;
}

/** The finding of a whole chart; beyond eight lines only the ends are counted, not read out. */
export function describeChart(title: string, series: readonly ChartSeries[], xKind: XKind): string {
  if (series.length === 0) return `${title}: nothing logged yet`;
  if (series.length <= 8) return `${title}. ${series.map((one) => describeSeries(one, xKind)).join('. ')}.`;
  const ends = series.map((one) => one.ys.findLast((value) => Number.isFinite(value))).filter((value) => value !== undefined);
  if (ends.length === 0) return `${title}: ${series.length} lines without a value yet`;
  return `${title}: ${series.length} lines that end between ${valueText(Math.min(...ends))} and ${valueText(Math.max(...ends))}.`;
}
