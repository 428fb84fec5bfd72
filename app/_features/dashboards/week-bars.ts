import { linearTicks, roundOutward } from '../../_charts/ticks.ts';

/** One thing counted by week, stacked in the order given. */
export interface WeekSeries { readonly key: string; readonly label: string; readonly colour: string; readonly values: readonly number[] }

export interface WeekBars {
  readonly bars: readonly { readonly key: string; readonly colour: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }[];
  readonly yTicks: readonly { readonly at: number; readonly y: number }[];
}

const two = (value: number): number => Math.round(value * 100) / 100;

/** Stacked bars in percent of the plot. Bars begin at zero, always. */
export function layOutWeeks(series: readonly WeekSeries[], weeks: number): WeekBars {
  const totals = Array.from({ length: weeks }, (_, week) => series.reduce((sum, { values }) => sum + (values[week] ?? 0), 0));
  const [, top] = roundOutward([0, Math.max(1, ...totals)]);
  const room = 100 / weeks;
  const bars = totals.flatMap((_, week) => {
    let below = 0;
    return series.flatMap(({ key, colour, values }) => {
      const value = values[week] ?? 0;
      if (value <= 0) return [];
      below += value;
      return [{ key: `${key}${week}`, colour, x: two(week * room + room * 0.15), width: two(room * 0.7), y: two(100 - (100 * below) / top), height: two((100 * value) / top) }];
    });
  });
  return { bars, yTicks: linearTicks([0, top]).map((at) => ({ at, y: two(100 - (100 * at) / top) })) };
}
