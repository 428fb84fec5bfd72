import { badInput } from '../refusal.ts';
import { pointsAt, type MetricColumns } from './series.ts';

/**
 * What a curve is drawn over: `step`, the training's own counter; `time`, epoch milliseconds; `relative`, milliseconds since the first point of the run, whichever metric
 * that was of, so that all curves of a run begin together and a resumed run keeps its beginning.
 */
export const METRIC_AXES = ['step', 'time', 'relative'] as const;
export type MetricAxis = (typeof METRIC_AXES)[number];

/** A part of a series, both ends included; an end that is absent is the series' own. */
export interface MetricRange {
  readonly axis: MetricAxis;
  /** In the axis' own unit. */
  readonly from?: number | bigint | null | undefined;
  readonly to?: number | bigint | null | undefined;
}

/** A range as whole numbers of steps, or of epoch milliseconds. */
export interface Extent {
  readonly over: 'steps' | 'timestamps';
  readonly from: bigint;
  readonly to: bigint;
}

const LEAST = -(2n ** 63n);
const MOST = 2n ** 63n - 1n;
const clamped = (whole: bigint): bigint => (whole < LEAST ? LEAST : whole > MOST ? MOST : whole);

/** Every point there is. */
export const WHOLE: Extent = { over: 'steps', from: LEAST, to: MOST };

/** The range of a run whose first point came at `origin` (epoch ms). Refuses with `metric/bad-range` what is no number, or ends before it begins. */
export function extentOf({ axis, from, to }: MetricRange, origin: bigint): Extent {
  for (const end of [from, to]) if (typeof end === 'number' && Number.isNaN(end)) throw badInput('metric/bad-range', 'A range ends at a number, not at NaN.');
  if (from !== null && from !== undefined && to !== null && to !== undefined && from > to) throw badInput('metric/bad-range', `The range from ${from} to ${to} ends before it begins; swap its ends.`);
  const moved = axis === 'relative' ? origin : 0n;
  return { over: axis === 'step' ? 'steps' : 'timestamps', from: clamped(whole(from, Math.ceil, LEAST) + moved), to: clamped(whole(to, Math.floor, MOST) + moved) };
}

function whole(end: number | bigint | null | undefined, rounded: (end: number) => number, absent: bigint): bigint {
  if (typeof end === 'bigint') return clamped(end);
  if (end === null || end === undefined) return absent;
  return Number.isFinite(end) ? clamped(BigInt(rounded(end))) : end < 0 ? LEAST : MOST;
}

/** An extent of steps grown to whole buckets of width 2^exponent (domain/metrics/stretches.ts); one of moments stays as it is. */
export function outward(extent: Extent, exponent: number): Extent {
  if (extent.over !== 'steps') return extent;
  const width = BigInt(exponent);
  return { over: 'steps', from: (extent.from >> width) << width, to: clamped((((extent.to >> width) + 1n) << width) - 1n) };
}

/** The points of a series inside the extent. */
export function within(columns: MetricColumns, { over, from, to }: Extent): MetricColumns {
  const { steps, timestamps } = columns;
  if (over === 'steps') return (steps.at(0) ?? from) >= from && (steps.at(-1) ?? to) <= to ? columns : between(columns, firstAfter(steps, from - 1n), firstAfter(steps, to));
  if (timestamps.every((at) => at >= from && at <= to)) return columns;
  return pointsAt(columns, Array.from(timestamps.keys()).filter((at) => (timestamps[at] ?? from) >= from && (timestamps[at] ?? to) <= to));
}

function between(columns: MetricColumns, start: number, end: number): MetricColumns {
  const { key, steps, timestamps, values } = columns;
  if (start === 0 && end === values.length) return columns;
  return { key, steps: steps.subarray(start, end), timestamps: timestamps.subarray(start, end), values: values.subarray(start, end) };
}

/** The index of the first of ascending steps that is larger. */
function firstAfter(steps: BigInt64Array, step: bigint): number {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((steps[middle] ?? MOST) > step) high = middle;
    else low = middle + 1;
  }
  return low;
}
