import type { ChartSeries } from '../../_charts/chart-series.ts';
import { isKnown, listIn, textIn, type Known } from './known.ts';

/** Points of all lines together that a frozen chart keeps: enough for the width of a page, small enough for a note. */
const MOST_POINTS = 1_400;

const round = (value: number): number | null => (Number.isFinite(value) ? Number(value.toPrecision(6)) : null);
const unround = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** Every so-manyth point, and always the last. */
function thinned(length: number, most: number): readonly number[] {
  const every = Math.max(1, Math.ceil(length / Math.max(2, most)));
  const kept = Array.from({ length }, (_, at) => at).filter((at) => at % every === 0);
  return length > 0 && kept.at(-1) !== length - 1 ? [...kept, length - 1] : kept;
}

/** Lines as a note keeps them: thinned, six significant figures, those in the background left out where there are many. */
export function keptCurves(series: readonly ChartSeries[]): { readonly lines: readonly Known[]; readonly leftOut: number } {
  const bold = series.filter(({ style }) => style.faint !== true);
  const kept = (bold.length > 0 ? bold : series).slice(0, 24);
  const each = Math.floor(MOST_POINTS / Math.max(1, kept.length));
  const lines = kept.map(({ id, label, xs, ys, band, style, counts }) => {
    const at = thinned(xs.length, each);
    const of = (values: readonly number[]): (number | null)[] => at.map((index) => round(values[index] ?? Number.NaN));
    return { id, label: label.slice(0, 200), xs: of(xs), ys: of(ys), style: { token: style.token, dash: style.dash }, ...(band ? { lower: of(band.lower), upper: of(band.upper) } : {}), ...(counts ? { counts: of(counts) } : {}) };
  });
  return { lines, leftOut: series.length - kept.length };
}

/** The lines of a frozen chart, which come from other people's machines: what is no line is left out. */
export function curvesFrom(content: Known): ChartSeries[] {
  return listIn(content, 'lines').filter(isKnown).slice(0, 24).flatMap((line) => {
    const numbers = (name: string): number[] => listIn(line, name).slice(0, MOST_POINTS + 50).map(unround);
    const [xs, ys, lower, upper] = [numbers('xs'), numbers('ys'), numbers('lower'), numbers('upper')];
    if (xs.length === 0 || xs.length !== ys.length || xs.some(Number.isNaN)) return [];
    const style = isKnown(line['style']) ? line['style'] : {};
    const token = textIn(style, 'token');
    const counts = numbers('counts');
    return [{
      id: textIn(line, 'id'), label: textIn(line, 'label'), xs, ys,
      style: { token: /^[\w-]{1,20}$/.test(token) ? token : 'ink-3', dash: listIn(style, 'dash').slice(0, 6).map(unround).filter((length) => length >= 0) },
      ...(lower.length === xs.length && upper.length === xs.length ? { band: { lower, upper } } : {}),
      ...(counts.length === xs.length ? { counts } : {}),
    }];
  });
}
