import { badInput } from '../refusal.ts';

/** A point as a client sent it. NaN and infinities are values like any other. */
export interface MetricPoint {
  readonly key: string;
  readonly value: number;
  /** Any int64. */
  readonly step: bigint;
  /** Epoch milliseconds, any int64. */
  readonly timestamp: bigint;
}

/** Parallel columns of one series, ordered by (step, timestamp, value), without equal points. */
export interface MetricColumns {
  readonly key: string;
  readonly steps: BigInt64Array;
  readonly timestamps: BigInt64Array;
  readonly values: Float64Array;
}

/** One point's place in the order of its series. */
export interface PointPlace {
  readonly step: bigint;
  readonly timestamp: bigint;
  readonly value: number;
}

/** A total order of float64: -Infinity … -0, 0 … Infinity, NaN. Zero only for values that are the same (all NaNs are one). */
export function compareValues(a: number, b: number): number {
  if (a < b) return -1;
  if (a > b) return 1;
  if (Object.is(a, b)) return 0;
  if (Number.isNaN(a)) return 1;
  if (Number.isNaN(b)) return -1;
  return Object.is(a, -0) ? -1 : 1;
}

/** By step, then timestamp, then value, as MLflow orders a metric's history. */
export function comparePlaces(a: PointPlace, b: PointPlace): number {
  if (a.step !== b.step) return a.step < b.step ? -1 : 1;
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? -1 : 1;
  return compareValues(a.value, b.value);
}

/** Refuses what no store could keep exactly: integers beyond int64 and names with a NUL. */
export function checkPoints(points: readonly MetricPoint[]): void {
  for (const { key, step, timestamp } of points) {
    if (BigInt.asIntN(64, step) !== step) throw badInput('metric/step-out-of-range', `The step ${step} of metric "${key}" does not fit in 64 bits.`);
    if (BigInt.asIntN(64, timestamp) !== timestamp) throw badInput('metric/timestamp-out-of-range', `The timestamp ${timestamp} of metric "${key}" does not fit in 64 bits.`);
    if (key.includes('\0')) throw badInput('metric/bad-name', 'A metric\'s name may not contain the NUL character.');
  }
}

function strictlyAscending(points: readonly PointPlace[]): boolean {
  for (let at = 1; at < points.length; at += 1) {
    const before = points[at - 1];
    const here = points[at];
    if (before && here && comparePlaces(before, here) >= 0) return false;
  }
  return true;
}

/** In order, each point once. Points that come in order, as training logs them, are not sorted again. */
function inOrder(points: readonly PointPlace[]): readonly PointPlace[] {
  if (strictlyAscending(points)) return points;
  return points.toSorted(comparePlaces).filter((point, at, sorted) => {
    const before = sorted[at - 1];
    return before === undefined || comparePlaces(before, point) !== 0;
  });
}

export function pack(key: string, points: readonly PointPlace[]): MetricColumns {
  const steps = new BigInt64Array(points.length);
  const timestamps = new BigInt64Array(points.length);
  const values = new Float64Array(points.length);
  let at = 0;
  for (const point of points) {
    steps[at] = point.step;
    timestamps[at] = point.timestamp;
    values[at] = point.value;
    at += 1;
  }
  return { key, steps, timestamps, values };
}

/** A batch as columns, one entry a metric, in order and without equal points. */
export function columnsOf(points: readonly MetricPoint[]): readonly MetricColumns[] {
  const byKey = new Map<string, MetricPoint[]>();
  for (const point of points) {
    const own = byKey.get(point.key);
    if (own) own.push(point);
    else byKey.set(point.key, [point]);
  }
  return [...byKey].map(([key, own]) => pack(key, inOrder(own)));
}

/** The point at an index. Fails past the end. */
export function placeAt(columns: MetricColumns, at: number): PointPlace {
  const step = columns.steps[at];
  const timestamp = columns.timestamps[at];
  const value = columns.values[at];
  if (step === undefined || timestamp === undefined || value === undefined) throw new RangeError(`No point ${at} in series "${columns.key}"`);
  return { step, timestamp, value };
}

export function placesOf(columns: MetricColumns): PointPlace[] {
  return Array.from({ length: columns.values.length }, (_, at) => placeAt(columns, at));
}

/** The points at the given indices, which ascend. */
export function pointsAt({ key, steps, timestamps, values }: MetricColumns, indices: ArrayLike<number>): MetricColumns {
  const few = new Float64Array(indices.length);
  for (let at = 0; at < indices.length; at += 1) few[at] = values[indices[at] ?? 0] ?? Number.NaN;
  return { key, steps: wholeAt(steps, indices), timestamps: wholeAt(timestamps, indices), values: few };
}

/** By halves: a BigInt for every point would take longer than all the rest. */
function wholeAt(column: BigInt64Array, indices: ArrayLike<number>): BigInt64Array {
  const few = new BigInt64Array(indices.length);
  const [from, to] = [new Int32Array(column.buffer, column.byteOffset, column.length * 2), new Int32Array(few.buffer)];
  for (let at = 0; at < indices.length; at += 1) {
    const index = indices[at] ?? 0;
    to[at * 2] = from[index * 2] ?? 0;
    to[at * 2 + 1] = from[index * 2 + 1] ?? 0;
  }
  return few;
}

/** Pieces of one series, each in order, as one series in order without equal points. */
export function mergeColumns(key: string, pieces: readonly MetricColumns[]): MetricColumns {
  const [only] = pieces;
  if (only && pieces.length === 1) return only;
  if (followOneAnother(pieces)) return concatenate(key, pieces);
  return pack(key, inOrder(pieces.flatMap(placesOf)));
}

function followOneAnother(pieces: readonly MetricColumns[]): boolean {
  const filled = pieces.filter((piece) => piece.values.length > 0);
  return filled.every((piece, at) => {
    const before = filled[at - 1];
    return before === undefined || comparePlaces(placeAt(before, before.values.length - 1), placeAt(piece, 0)) < 0;
  });
}

function concatenate(key: string, pieces: readonly MetricColumns[]): MetricColumns {
  const length = pieces.reduce((sum, piece) => sum + piece.values.length, 0);
  const steps = new BigInt64Array(length);
  const timestamps = new BigInt64Array(length);
  const values = new Float64Array(length);
  let at = 0;
  for (const piece of pieces) {
    steps.set(piece.steps, at);
    timestamps.set(piece.timestamps, at);
    values.set(piece.values, at);
    at += piece.values.length;
  }
  return { key, steps, timestamps, values };
}

/** The index of the first point, from `from` on, that does not come before the place. */
function firstFrom(columns: MetricColumns, place: PointPlace, from: number): number {
  let [low, high] = [from, columns.values.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (comparePlaces(placeAt(columns, middle), place) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The points of `columns` that are in `stored` too (all in order). Costs by the points of `columns`, however many are stored. */
export function pointsAlsoIn(columns: MetricColumns, stored: MetricColumns): MetricColumns {
  const found: number[] = [];
  let from = 0;
  for (let at = stored.values.length === 0 ? columns.values.length : firstFrom(columns, placeAt(stored, 0), 0); at < columns.values.length; at += 1) {
    const place = placeAt(columns, at);
    from = firstFrom(stored, place, from);
    if (from === stored.values.length) break;
    if (comparePlaces(placeAt(stored, from), place) === 0) found.push(at);
  }
  return pointsAt(columns, found);
}

/** Whether any point lies within these steps and timestamps, all ends included. */
export function anyWithin(columns: MetricColumns, { firstStep, lastStep, firstTimestamp, lastTimestamp }: { readonly firstStep: bigint; readonly lastStep: bigint; readonly firstTimestamp: bigint; readonly lastTimestamp: bigint }): boolean {
  for (let at = firstFrom(columns, { step: firstStep, timestamp: -(2n ** 63n), value: Number.NEGATIVE_INFINITY }, 0); at < columns.values.length; at += 1) {
    const [step = 0n, timestamp = 0n] = [columns.steps[at], columns.timestamps[at]];
    if (step > lastStep) return false;
    if (timestamp >= firstTimestamp && timestamp <= lastTimestamp) return true;
  }
  return false;
}

/** The points of `columns` that are not in `stored` (all in order). */
export function withoutPoints(columns: MetricColumns, stored: MetricColumns): MetricColumns {
  const kept: PointPlace[] = [];
  let from = 0;
  for (const place of placesOf(columns)) {
    while (from < stored.values.length && comparePlaces(placeAt(stored, from), place) < 0) from += 1;
    if (from >= stored.values.length || comparePlaces(placeAt(stored, from), place) !== 0) kept.push(place);
  }
  return kept.length === columns.values.length ? columns : pack(columns.key, kept);
}
