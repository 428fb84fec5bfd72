import { comparePlaces, compareValues, placeAt, type MetricColumns, type PointPlace } from './series.ts';

/** True at every moment. "Last" is the point with the largest (step, timestamp, value), as in MLflow; min and max leave NaN out. */
export interface MetricSummary {
  readonly key: string;
  /** Distinct points. */
  readonly count: number;
  readonly lastValue: number;
  readonly lastStep: bigint;
  readonly lastTimestamp: bigint;
  readonly firstStep: bigint;
  readonly minValue: number | null;
  readonly maxValue: number | null;
  /** The smallest step at which the extreme was reached: the best step of a metric that should be small. Null when every value was NaN. */
  readonly minStep: bigint | null;
  /** The same for the largest value. */
  readonly maxStep: bigint | null;
}

/** A summary as the state that a series' next points extend. */
export type SeriesState = MetricSummary;

interface Extreme { readonly value: number; readonly step: bigint }

/** The state after adding points that were not there before. */
export function extendState(state: MetricSummary | null, added: MetricColumns): MetricSummary {
  const own = stateOf(added);
  if (!state) return own;
  const last = comparePlaces(lastPlace(state), lastPlace(own)) > 0 ? state : own;
  const lowest = better(lowestOf(state), lowestOf(own), isLower);
  const highest = better(highestOf(state), highestOf(own), (a, b) => isLower(b, a));
  return {
    key: added.key,
    count: state.count + own.count,
    firstStep: state.firstStep < own.firstStep ? state.firstStep : own.firstStep,
    lastStep: last.lastStep,
    lastTimestamp: last.lastTimestamp,
    lastValue: last.lastValue,
    ...extremesOf(lowest, highest),
  };
}

function stateOf(columns: MetricColumns): MetricSummary {
  const count = columns.values.length;
  const last = placeAt(columns, count - 1);
  const [lowest, highest] = extremes(columns);
  return {
    key: columns.key, count, firstStep: placeAt(columns, 0).step,
    lastStep: last.step, lastTimestamp: last.timestamp, lastValue: last.value,
    ...extremesOf(lowest, highest),
  };
}

export const lastPlace = (state: MetricSummary): PointPlace => ({ step: state.lastStep, timestamp: state.lastTimestamp, value: state.lastValue });

const extremeOf = (value: number | null | undefined, step: bigint | null | undefined): Extreme | null =>
  typeof value === 'number' && typeof step === 'bigint' ? { value, step } : null;
const lowestOf = (state: MetricSummary): Extreme | null => extremeOf(state.minValue, state.minStep);
const highestOf = (state: MetricSummary): Extreme | null => extremeOf(state.maxValue, state.maxStep);
const extremesOf = (lowest: Extreme | null, highest: Extreme | null): Pick<MetricSummary, 'minValue' | 'minStep' | 'maxValue' | 'maxStep'> =>
  ({ minValue: lowest?.value ?? null, minStep: lowest?.step ?? null, maxValue: highest?.value ?? null, maxStep: highest?.step ?? null });

/** -0 lies below 0, so that the extremes of a series do not depend on the order in which its points came. */
const isLower = (a: number, b: number): boolean => compareValues(a, b) < 0;

/** The better of two; of equal ones the earlier step. */
function better(a: Extreme | null, b: Extreme | null, beats: (a: number, b: number) => boolean): Extreme | null {
  if (!a || !b) return a ?? b;
  if (beats(a.value, b.value)) return a;
  if (beats(b.value, a.value)) return b;
  return a.step <= b.step ? a : b;
}

function extremes({ values, steps }: MetricColumns): readonly [Extreme | null, Extreme | null] {
  let lowest = -1;
  let highest = -1;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? NaN;
    if (Number.isNaN(value)) continue;
    if (lowest < 0 || isLower(value, values[lowest] ?? NaN)) lowest = at;
    if (highest < 0 || isLower(values[highest] ?? NaN, value)) highest = at;
  }
  const extremeAt = (at: number): Extreme | null => extremeOf(values[at], steps[at]);
  return [extremeAt(lowest), extremeAt(highest)];
}
