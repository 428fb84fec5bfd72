import { columnOf } from './column-of.ts';
import type { RunOrder } from './run-filter.ts';
import type { NumberColumn, RunFacts, RunTable, TextColumn } from './run-facts.ts';
import { compareTexts } from './text-order.ts';

type Value = string | number | null;

/** Where a run stands in an order: the values it is ordered by, then its start and its id. */
export interface RunPosition { readonly values: readonly Value[]; readonly startedAt: number | null; readonly id: string }

/** Numbers, then NaN, then runs without a value: in both directions, as in MLflow. */
function compareValues(a: Value, b: Value, descending: boolean): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') {
    if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
    return a === b ? 0 : (a < b) === descending ? 1 : -1;
  }
  const order = compareTexts(String(a), String(b));
  return descending ? -order : order;
}

/** Newest start first, then by id: the order of runs without any other, and of ties. */
export function compareStarts(a: Pick<RunPosition, 'startedAt' | 'id'>, b: Pick<RunPosition, 'startedAt' | 'id'>): number {
  return compareValues(a.startedAt, b.startedAt, true) || compareTexts(a.id, b.id);
}

/** Positions of the table's runs in an order. */
export interface RunPositions {
  of(place: number): RunPosition;
  /** Negative for a run that stands before the position, 0 for the one that stands there. */
  compare(place: number, position: RunPosition): number;
}

export function positionsIn(orders: readonly RunOrder[], table: RunTable): RunPositions {
  const terms = orders.map((order) => ({ descending: order.descending, column: columnOf(order.field, table) }));
  const run = (place: number): RunFacts => {
    const facts = table.runs[place];
    if (!facts) throw new Error(`no run at place ${place}`);
    return facts;
  };
  return {
    of: (place) => ({ values: terms.map(({ column }) => column.at(place) ?? null), startedAt: run(place).startedAt, id: run(place).id }),
    compare(place, position) {
      for (const [at, { descending, column }] of terms.entries()) {
        const order = compareValues(column.at(place) ?? null, position.values[at] ?? null, descending);
        if (order !== 0) return order;
      }
      return compareStarts(run(place), position);
    },
  };
}

/** Some places, all or the first `count`, in another order. They come in the order of their starts, which is that of ties. */
export function inOrder(places: Int32Array, orders: readonly RunOrder[], { table, count }: { readonly table: RunTable; readonly count: number | null }): Int32Array {
  const keys = orders.flatMap((order) => keysOf(columnOf(order.field, table), order.descending, places));
  const sorted = count === null || count * 4 >= places.length ? allInOrder(places.length, keys) : firstInOrder(places.length, keys, count);
  return (count === null ? sorted : sorted.subarray(0, count)).map((at) => places[at] as number);
}

/** For each place a number that is smaller the earlier its run comes: two lists where one number cannot say all of it. */
const keysOf = (column: NumberColumn | TextColumn, descending: boolean, places: Int32Array): Float64Array[] =>
  (column.kind === 'texts' ? textKeys(column, descending ? -1 : 1, places) : numberKeys(column, descending ? -1 : 1, places));

function textKeys(column: TextColumn, sign: 1 | -1, places: Int32Array): Float64Array[] {
  const [{ codes }, ranks] = [column, column.ranks()];
  const keys = new Float64Array(places.length);
  for (let at = 0; at < places.length; at += 1) {
    const code = codes[places[at] as number] ?? 0;
    keys[at] = code === 0 ? Infinity : sign * (ranks[code - 1] as number);
  }
  return [keys];
}

function numberKeys({ values, there }: NumberColumn, sign: 1 | -1, places: Int32Array): Float64Array[] {
  const keys = new Float64Array(places.length).fill(Infinity);
  // 0 for numbers, 1 for NaN, 2 for none.
  const kinds = new Float64Array(places.length).fill(2);
  let odd = false;
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number;
    if (there[place] !== 1) continue;
    const value = values[place] as number;
    const nan = Number.isNaN(value);
    kinds[at] = nan ? 1 : 0;
    if (!nan) keys[at] = sign * value;
    odd ||= !Number.isFinite(value);
  }
  return odd ? [kinds, keys] : [keys];
}

/** Whether one comes before another; those whose keys are all equal stay as they came. */
function comesBefore(keys: readonly Float64Array[], one: number, other: number): boolean {
  for (const list of keys) {
    const [a, b] = [list[one] as number, list[other] as number];
    if (a !== b) return a < b;
  }
  return one < other;
}

/** Merges ever longer sorted stretches: a comparison here takes a tenth of one that `sort` has to call. */
function allInOrder(length: number, keys: readonly Float64Array[]): Int32Array {
  let from = Int32Array.from({ length }, (_, at) => at);
  let to = new Int32Array(length);
  for (let size = 1; size < length; size *= 2) {
    for (let start = 0; start < length; start += 2 * size) {
      const [middle, end] = [Math.min(start + size, length), Math.min(start + 2 * size, length)];
      let [left, right] = [start, middle];
      for (let at = start; at < end; at += 1) {
        const takesRight = left >= middle || (right < end && comesBefore(keys, from[right] as number, from[left] as number));
        to[at] = from[takesRight ? right++ : left++] as number;
      }
    }
    [from, to] = [to, from];
  }
  return from;
}

/** The first `count`: all need not be sorted to find a page of them. */
function firstInOrder(length: number, keys: readonly Float64Array[], count: number): Int32Array {
  const compare = (a: number, b: number): number => (comesBefore(keys, a, b) ? -1 : 1);
  const kept: number[] = [];
  let worst = -1;
  for (let at = 0; at < length; at += 1) {
    if (worst >= 0 && !comesBefore(keys, at, worst)) continue;
    kept.push(at);
    if (kept.length < count * 2 + 50) continue;
    kept.sort(compare);
    kept.length = count;
    worst = kept[count - 1] ?? -1;
  }
  return Int32Array.from(kept.sort(compare));
}
