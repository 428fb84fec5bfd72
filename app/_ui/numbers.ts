export { formatBytes } from '../../domain/artifacts/bytes.ts';

const MINUS = '\u2212';

/** Fixed decimals, a real minus sign, thousands with a thin comma; "sign" writes the plus too, as effects always do. */
export function formatNumber(value: number, options: { readonly decimals?: number; readonly sign?: boolean } = {}): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : `${MINUS}∞`;
  const size = Math.abs(value);
  const text = options.decimals === undefined ? plainDigits(size) : size.toLocaleString('en-US', { minimumFractionDigits: options.decimals, maximumFractionDigits: options.decimals });
  const isZero = Number(text.replaceAll(',', '')) === 0;
  if (value < 0 && !isZero) return MINUS + text;
  return options.sign && !isZero ? `+${text}` : text;
}

function plainDigits(size: number): string {
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) return size.toExponential(2).replace('e-', `e${MINUS}`).replace('e+', 'e');
  if (Number.isInteger(size)) return size.toLocaleString('en-US');
  return String(Number(size.toPrecision(size >= 1 ? 5 : 4)));
}

/** A measured value in a column of many: decimals by its size, so that points line up. */
export function formatReading(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e6)) return formatNumber(value);
  return formatNumber(value, { decimals: size < 10 ? 4 : size < 1000 ? 2 : 0 });
}

/** As many decimals as the interval deserves: two significant digits of its half-width, never more than six. */
export function decimalsFor(low: number | null | undefined, high: number | null | undefined, fallback = 3): number {
  if (low == null || high == null) return fallback;
  const half = Math.abs(high - low) / 2;
  if (!Number.isFinite(half) || half === 0) return fallback;
  return Math.max(0, Math.min(6, 1 - Math.floor(Math.log10(half))));
}

/** "[0.48, 1.18]" */
export const formatInterval = (low: number, high: number, decimals: number): string =>
  `[${formatNumber(low, { decimals })}, ${formatNumber(high, { decimals })}]`;

/** "p = 0.0018", "p < 0.0001" */
export function formatP(p: number): string {
  if (p < 0.0001) return 'p < 0.0001';
  return `p = ${p < 0.01 ? p.toFixed(4) : p < 0.1 ? p.toFixed(3) : p.toFixed(2)}`;
}

/** "1 run", "12 runs" */
export const count = (n: number, one: string, many = `${one}s`): string => `${formatNumber(n, { decimals: 0 })} ${n === 1 ? one : many}`;


