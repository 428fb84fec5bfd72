import type { LoggedSeries } from '../../_charts/x-axis.ts';

/** Points of one key, as they arrive live: parallel arrays. */
export interface ArrivedPoints {
  readonly key: string;
  readonly steps: readonly number[];
  readonly timestamps: readonly number[];
  readonly values: readonly (number | null)[];
}

interface Point {
  readonly step: number;
  readonly timestamp: number;
  readonly value: number | null;
}

/** Order of points in a series: by step, then time, then value, as the store keeps them. */
function compare(a: Point, b: Point): number {
  return a.step - b.step || a.timestamp - b.timestamp || (a.value ?? Number.MAX_VALUE) - (b.value ?? Number.MAX_VALUE);
}

function pointAt(series: LoggedSeries, index: number): Point {
  return { step: series.steps[index] ?? 0, timestamp: series.timestamps[index] ?? 0, value: series.values[index] ?? null };
}

/**
 * The series with points added. Points equal in step, time and value are one point, so that what both the first read and the live
 * feed carry is counted once. The usual case, points after the last one, does not look at what is there.
 */
export function withArrived(series: LoggedSeries, arrived: Omit<ArrivedPoints, 'key'>): LoggedSeries {
  const fresh = arrived.steps.map((_, index) => pointAt(arrived, index)).toSorted(compare);
  const count = series.steps.length;
  const last = count > 0 ? pointAt(series, count - 1) : null;
  const first = fresh[0];
  if (first === undefined) return series;
  const kept = last === null || compare(first, last) > 0 ? [] : Array.from({ length: count }, (_, index) => pointAt(series, index));
  const all = kept.length === 0 ? fresh : [...kept, ...fresh].toSorted(compare);
  const unique = all.filter((point, index) => {
    const before = all[index - 1];
    return before === undefined || compare(before, point) !== 0;
  });
  const head = kept.length === 0 ? series : { steps: [], timestamps: [], values: [] };
  return {
    ...series,
    steps: [...head.steps, ...unique.map((point) => point.step)],
    timestamps: [...head.timestamps, ...unique.map((point) => point.timestamp)],
    values: [...head.values, ...unique.map((point) => point.value)],
  };
}
