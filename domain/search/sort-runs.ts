import { ATTRIBUTE } from './match-run-filter.ts';
import type { RunOrder } from './run-filter.ts';
import type { RunFacts, RunTable } from './run-facts.ts';
import { compareTexts } from './text-order.ts';

type Value = string | number | null;

/** Where a run stands in an order: the values it is ordered by, then its start and its id. */
export interface RunPosition { readonly values: readonly Value[]; readonly startedAt: number | null; readonly id: string }

export interface RunSort {
  compare(a: number, b: number): number;
  positionOf(place: number): RunPosition;
  /** Negative for a run that stands before the position, 0 for the one that stands there. */
  compareTo(place: number, position: RunPosition): number;
}

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

/** An order, ready to compare the runs of the table. */
export function sortOf(orders: readonly RunOrder[], table: RunTable): RunSort {
  return sortBy(orders.map((order) => ({ descending: order.descending, valueOf: valuesOf(order, table) })), table);
}

/** The same order for sorting all runs: texts are compared by their ranks, which takes a while to find and then makes it quick. Its positions are of no use elsewhere. */
export function wholeSortOf(orders: readonly RunOrder[], table: RunTable): RunSort {
  return sortBy(orders.map((order) => ({ descending: order.descending, valueOf: ranksOf(order, table) ?? valuesOf(order, table) })), table);
}

interface Term { readonly descending: boolean; readonly valueOf: (place: number) => Value }

function sortBy(terms: readonly Term[], table: RunTable): RunSort {
  const run = (place: number): RunFacts => {
    const facts = table.runs[place];
    if (!facts) throw new Error(`no run at place ${place}`);
    return facts;
  };
  return {
    compare(a, b) {
      for (const { descending, valueOf } of terms) {
        const order = compareValues(valueOf(a), valueOf(b), descending);
        if (order !== 0) return order;
      }
      return compareStarts(run(a), run(b));
    },
    positionOf: (place) => ({ values: terms.map(({ valueOf }) => valueOf(place)), startedAt: run(place).startedAt, id: run(place).id }),
    compareTo(place, position) {
      for (const [at, { descending, valueOf }] of terms.entries()) {
        const order = compareValues(valueOf(place), position.values[at] ?? null, descending);
        if (order !== 0) return order;
      }
      return compareStarts(run(place), position);
    },
  };
}

function valuesOf({ field }: RunOrder, table: RunTable): (place: number) => Value {
  if (field.kind === 'attribute') {
    const of = ATTRIBUTE[field.name];
    return (place) => {
      const run = table.runs[place];
      return run ? of(run) : null;
    };
  }
  const column = field.kind === 'metric' ? table.numbers(field.key) : table.texts(field.kind, field.key);
  return (place) => column.at(place) ?? null;
}

function ranksOf({ field }: RunOrder, table: RunTable): ((place: number) => Value) | null {
  if (field.kind !== 'param' && field.kind !== 'tag') return null;
  const column = table.texts(field.kind, field.key);
  const ranks = column.ranks();
  return (place) => ranks[column.textNumber(place)] ?? null;
}

/** Of `places`, which stand in the order of their starts, the first `count` in another order: all need not be sorted to find a page of them. */
export function firstInOrder(places: readonly number[], sort: RunSort, count: number): readonly number[] {
  const kept: number[] = [];
  let worst: number | null = null;
  for (const place of places) {
    if (worst !== null && sort.compare(place, worst) >= 0) continue;
    kept.push(place);
    if (kept.length < count * 2 + 50) continue;
    kept.sort(sort.compare);
    kept.length = count;
    worst = kept[count - 1] ?? null;
  }
  return kept.sort(sort.compare).slice(0, count);
}
