import type { Spread } from './spread.ts';

/** One line of a chart. `xs` ascends; NaN in `ys` is a gap: a value that was logged but is no number, or a step without one. */
export interface ChartSeries {
  readonly id: string;
  readonly label: string;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Lower and upper end at each x, NaN where fewer than two repeats leave no interval. */
  readonly band?: SeriesBand | undefined;
  readonly style: SeriesStyle;
  /** Said in the readout after the value, such as "n = 4". One entry a point. */
  readonly counts?: readonly number[] | undefined;
  /** A line that still grows carries a dot at its head. */
  readonly live?: boolean | undefined;
}

export interface SeriesBand {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  /** What the band is; the 95 % interval where nothing is said. */
  readonly spread?: Spread | undefined;
}

/** Colour by token name, so that a theme change needs no new data; dash lengths in CSS pixels. */
export interface SeriesStyle {
  readonly token: string;
  readonly dash: readonly number[];
  /** Drawn thin and pale, and not in the readout where other lines are. */
  readonly faint?: boolean | undefined;
}

export type XKind = 'step' | 'time' | 'relative';
export type YKind = 'linear' | 'log';

/** Closed interval, low end first. */
export type Span = readonly [number, number];
