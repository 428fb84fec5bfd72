import type { ChartSeries, SeriesStyle } from './chart-series.ts';
import { nearestIndex } from './nearest.ts';

export interface CrosshairValue {
  readonly id: string;
  readonly label: string;
  readonly style: SeriesStyle;
  readonly x: number;
  readonly y: number;
  /** Ends of the band here; null where there is none. */
  readonly band: readonly [number, number] | null;
  readonly count: number | null;
}

/**
 * The value of every line at the crosshair. A line that has no point at exactly this x gives its nearest one, but only inside its own extent:
 * a run that stopped earlier has no value here.
 */
export function valuesAt(series: readonly ChartSeries[], x: number): CrosshairValue[] {
  const found: CrosshairValue[] = [];
  for (const one of series) {
    const index = indexInside(one.xs, x);
    if (index < 0) continue;
    found.push({
      id: one.id,
      label: one.label,
      style: one.style,
      x: one.xs[index] ?? x,
      y: one.ys[index] ?? Number.NaN,
      band: bandAt(one, index),
      count: one.counts?.[index] ?? null,
    });
  }
  return found;
}

function indexInside(xs: readonly number[], x: number): number {
  const first = xs[0];
  const last = xs.at(-1);
  return first === undefined || last === undefined || x < first || x > last ? -1 : nearestIndex(xs, x);
}

function bandAt(one: ChartSeries, index: number): readonly [number, number] | null {
  const lower = one.band?.lower[index] ?? Number.NaN;
  const upper = one.band?.upper[index] ?? Number.NaN;
  return Number.isNaN(lower) || Number.isNaN(upper) ? null : [lower, upper];
}

/** The readout: highest first as on the paper, at most `most` lines, those that carry a colour before the quiet ones, and variants before their runs that still go on. */
export function readoutOrder(values: readonly CrosshairValue[], most = 9): CrosshairValue[] {
  const spoken = values.filter(({ style }) => style.token !== '--ink-4' && style.faint !== true);
  const chosen = spoken.length > 0 ? spoken : values;
  const height = (value: CrosshairValue): number => (Number.isNaN(value.y) ? -Infinity : value.y);
  return chosen.toSorted((a, b) => height(b) - height(a)).slice(0, most);
}
