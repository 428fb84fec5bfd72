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

/** An interval that lies wholly beyond an edge still shows a stub there, pointing to where it is. */
const STUB = 12;

function visible(from: number, to: number, cutLeft: boolean, cutRight: boolean): NonNullable<IntervalGeometry['whisker']> {
  if (cutLeft && to === 0) return { from: 0, to: STUB, cutLeft, cutRight };
  if (cutRight && from === 100) return { from: 100 - STUB, to: 100, cutLeft, cutRight };
  return { from, to, cutLeft, cutRight };
}

/** Where everything of one glyph goes. What lies beyond the scale is cut there, and says so, rather than rescaling one row. */
export function layOutInterval({ mid, low, high }: Interval, scale: Scale, marks: Marks = {}): IntervalGeometry {
  const span = scale.max - scale.min || 1;
  const inside = (value: number) => value >= scale.min && value <= scale.max;
  const at = (value: number) => round((100 * (Math.min(scale.max, Math.max(scale.min, value)) - scale.min)) / span);
  const line = (value: number | null | undefined) => (value != null && inside(value) ? at(value) : null);
  const zero = marks.zero === undefined ? 0 : marks.zero;
  const drawn = { zero: line(zero), bar: line(marks.bar), zone: marks.equivalence == null ? null : zoneAround(zero ?? 0, marks.equivalence, at) };
  if (low == null || high == null) return { ...drawn, whisker: null, dot: null };
  return { ...drawn, whisker: visible(at(low), at(high), low < scale.min, high > scale.max), dot: line(mid) };
}

const zoneAround = (zero: number, half: number, at: (value: number) => number) => ({ from: at(zero - half), to: at(zero + half) });

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8, 10] as const;

/** The next round number up: 0.83 → 1, 0.017 → 0.02. */
export function roundUp(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((each) => each * power >= value * (1 - 1e-9)) ?? 10;
  return Number((step * power).toPrecision(12));
}

/** How many times as far as the usual interval, or the bar, a column reaches before a row is cut at its edge. */
const FARTHEST = 5;

/** The side without effects keeps this share of the other, so that zero never stands at the very edge. */
const EMPTY_SIDE = 0.2;

/**
 * One scale for a column of effects: round ends around zero, wide enough for the bars and for all intervals that are not many times wider than the usual one.
 * A side with nothing on it is cropped.
 */
export function effectScale(intervals: readonly Interval[], bars: readonly (number | null | undefined)[] = []): Scale {
  const measured = intervals.flatMap(({ low, high }) => (low == null || high == null ? [] : [{ low, high }]));
  const reach = measured.map(({ low, high }) => Math.max(Math.abs(low), Math.abs(high))).toSorted((a, b) => a - b);
  const bar = Math.max(0, ...bars.map((each) => Math.abs(each ?? 0)));
  const farthest = FARTHEST * Math.max(reach[Math.floor((reach.length - 1) / 2)] ?? 0, bar);
  const left = Math.min(farthest, Math.max(0, ...measured.map(({ low }) => -low)));
  const right = Math.max(Math.min(farthest, Math.max(0, ...measured.map(({ high }) => high))), 1.2 * bar);
  const end = (side: number, other: number) => roundUp(1.05 * Math.max(side, EMPTY_SIDE * other));
  return { min: -end(left, right), max: end(right, left) };
}

/** One scale for a column of estimates: their ends, with a little air. */
export function estimateScale(intervals: readonly Interval[]): Scale {
  const ends = intervals.flatMap(({ mid, low, high }) => [mid, low, high].filter((value) => value != null));
  if (ends.length === 0) return { min: 0, max: 1 };
  const low = Math.min(...ends);
  const high = Math.max(...ends);
  const air = (high - low) * 0.08 || Math.abs(high) * 0.01 || 1;
  // Losses and shares do not fall below zero: neither does their scale, unless a value does.
  return { min: low >= 0 ? Math.max(0, low - air) : low - air, max: high + air };
}
