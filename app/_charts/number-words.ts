import type { Span } from './chart-series.ts';

const MINUS = '−';

function withMinus(text: string): string {
  return text.startsWith('-') ? MINUS + text.slice(1) : text;
}

/** A logged value for a reader; series say NaN and both infinities alike, as null, so neither is named: four significant figures, no needless zeros, powers of ten only where the number is too long to read. */
export function valueText(value: number | null | undefined, digits = 4): string {
  if (value === null || value === undefined || Number.isNaN(value)) return 'not finite';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : `${MINUS}∞`;
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (Number.isInteger(value) && size < 1e6) return withMinus(String(value));
  if (size >= 1e6 || size < 1e-4) return withMinus(value.toExponential(digits - 1).replace(/\.?0+e/, 'e').replace('e+', 'e'));
  return withMinus(String(Number(value.toPrecision(digits))));
}

/** Labels of an axis whose marks stand evenly: all with the same decimals. */
export function tickTexts(marks: readonly number[], span: Span): readonly string[] {
  const texts = marks.map((mark) => tickText(mark, span));
  const parts = texts.map((text) => /^(−?\d+)(?:\.(\d+))?([kM]?)$/.exec(text));
  const decimals = Math.max(0, ...parts.map((part) => part?.[2]?.length ?? 0));
  return texts.map((text, place) => {
    const [, whole = '', fraction = '', unit = ''] = parts[place] ?? [];
    return whole === '' || text === '0' || decimals === 0 ? text : `${whole}.${fraction.padEnd(decimals, '0')}${unit}`;
  });
}

/** A label of an axis: thousands as k and M, tiny and huge numbers as powers. */
export function tickText(value: number, span: Span): string {
  if (value === 0) return '0';
  const size = Math.abs(value);
  const reach = Math.max(Math.abs(span[0]), Math.abs(span[1]));
  if (reach < 1e-3 || reach >= 1e9 || size < 1e-4) return withMinus(value.toExponential(2).replace(/\.?0+e/, 'e').replace('e+', 'e'));
  if (reach >= 1e6) return withMinus(`${Number((value / 1e6).toPrecision(4))}M`);
  if (reach >= 1e4) return withMinus(`${Number((value / 1e3).toPrecision(4))}k`);
  return withMinus(String(Number(value.toPrecision(6))));
}

/** A length of time in the unit a person would say it in: 40 s, 6 min, 2 h 5 min, 3 d 4 h. */
export function durationText(ms: number): string {
  if (!Number.isFinite(ms) || ms < 0) return '–';
  const seconds = ms / 1000;
  if (seconds < 10) return `${Number(seconds.toFixed(1))} s`;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  if (minutes < 48 * 60) return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

function join(...[big, bigUnit, small, smallUnit]: [number, string, number, string]): string {
  return small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;
}
