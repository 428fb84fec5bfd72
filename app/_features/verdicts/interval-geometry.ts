/** A closed range of values in the metric's unit, shared by a whole column. */
export interface Scale { readonly min: number; readonly max: number }

/** An effect or estimate with its 95 % interval; null ends mean that there is none (n = 1). */
export interface Interval { readonly mid: number | null; readonly low: number | null; readonly high: number | null }

/** What stands behind the estimate: no effect (0 when left out), the bar, and half the width of the zone where a difference is not worth having. */
export interface Marks { readonly zero?: number | null | undefined; readonly bar?: number | null | undefined; readonly equivalence?: number | null | undefined }

export interface IntervalGeometry {
  /** All positions are percent of the width, 0 to 100. */
  readonly zero: number | null;
  readonly bar: number | null;
  readonly zone: { readonly from: number; readonly to: number } | null;
  readonly whisker: { readonly from: number; readonly to: number; readonly cutLeft: boolean; readonly cutRight: boolean } | null;
  readonly dot: number | null;
}

const round = (x: number): number => Math.round(x * 10) / 10;

/** Where everything of one glyph goes. What lies beyond the scale is cut there, and says so, rather than rescaling one row. */
export function layOutInterval(interval: Interval, scale: Scale, marks: Marks = {}): IntervalGeometry {
  const span = scale.max - scale.min || 1;
  const inside = (value: number) => value >= scale.min && value <= scale.max;
  const at = (value: number) => round((100 * (Math.min(scale.max, Math.max(scale.min, value)) - scale.min)) / span);
  const line = (value: number | null | undefined) => (value != null && inside(value) ? at(value) : null);
  const { mid, low, high } = interval;
  const zero = marks.zero === undefined ? 0 : marks.zero;
  return {
    zero: line(zero),
    bar: line(marks.bar),
    zone: marks.equivalence == null ? null : { from: at((zero ?? 0) - marks.equivalence), to: at((zero ?? 0) + marks.equivalence) },
    whisker: low == null || high == null ? null : { from: at(low), to: at(high), cutLeft: low < scale.min, cutRight: high > scale.max },
    dot: mid == null || low == null || high == null ? null : at(mid),
  };
}

const STEPS = [1, 2, 2.5, 5, 10] as const;

/** The next round number up: 0.83 → 1, 0.017 → 0.02. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(12));
}

const quantile = (sorted: readonly number[], share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

/** One scale for a column of effects: symmetric round zero, wide enough for the bars and all but the widest tenth of the intervals. */
export function effectScale(intervals: readonly Interval[], bars: readonly (number | null | undefined)[] = []): Scale {
  const reach = intervals.flatMap(({ mid, low, high }) => (low == null || high == null ? [] : [Math.max(Math.abs(low), Math.abs(high)), Math.abs(mid ?? 0)])).toSorted((a, b) => a - b);
  const widest = reach.at(-1) ?? 0;
  const usual = quantile(reach, 0.9);
  const needed = Math.max(widest > 4 * usual ? usual : widest, ...bars.map((bar) => 1.2 * Math.abs(bar ?? 0)));
  const end = roundUp(needed * 1.05);
  return { min: -end, max: end };
}

/** One scale for a column of estimates: their ends, with a little air. */
export function estimateScale(intervals: readonly Interval[]): Scale {
  const ends = intervals.flatMap(({ mid, low, high }) => [mid, low, high].filter((value) => value != null));
  if (ends.length === 0) return { min: 0, max: 1 };
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const air = (high - low) * 0.08 || Math.abs(high) * 0.01 || 1;
  return { min: low - air, max: high + air };
}
