import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { NumberColumn, RunTable, TextColumn } from './run-facts.ts';
import type { RunOrder } from './run-filter.ts';
import { inOrder } from './sort-runs.ts';
import { compareTexts } from './text-order.ts';

type Row = readonly [metric: number | undefined, param: string | undefined];

function tableOf(rows: readonly Row[]): RunTable {
  const texts = [...new Set(rows.flatMap(([, text]) => text ?? []))];
  const sorted = texts.toSorted(compareTexts);
  const metric: NumberColumn = { kind: 'numbers', values: Float64Array.from(rows, ([value]) => value ?? 7), there: Uint8Array.from(rows, ([value]) => Number(value !== undefined)), at: (place) => rows[place]?.[0] };
  const param: TextColumn = { kind: 'texts', texts, codes: Int32Array.from(rows, ([, text]) => (text === undefined ? 0 : texts.indexOf(text) + 1)), at: (place) => rows[place]?.[1], ranks: () => Int32Array.from(texts, (text) => sorted.indexOf(text)), numbers: () => Float64Array.from(texts, Number) };
  const none = (): never => { throw new Error('no such column'); };
  return { runs: [], numbers: () => metric, texts: () => param, attribute: none, datasets: none, changes: none, experiments: none };
}

/** The same said slowly: numbers, then NaN, then none, in both directions. */
function slowly(rows: readonly Row[], orders: readonly RunOrder[]): number[] {
  const kind = (value: number | string | undefined): number => (value === undefined ? 2 : Number.isNaN(value) ? 1 : 0);
  const compare = (a: number | string | undefined, b: number | string | undefined, descending: boolean): number => {
    if (kind(a) !== kind(b) || kind(a) > 0) return kind(a) - kind(b);
    const order = typeof a === 'string' ? compareTexts(a, String(b)) : a === b ? 0 : Number(a) < Number(b) ? -1 : 1;
    return descending ? -order : order;
  };
  return rows.map((_, place) => place).sort((one, other) => orders.map(({ field, descending }) => compare(rows[one]?.[field.kind === 'metric' ? 0 : 1], rows[other]?.[field.kind === 'metric' ? 0 : 1], descending)).find((order) => order !== 0) ?? one - other);
}

const rows = fc.array(fc.tuple(fc.constantFrom(undefined, NaN, Infinity, -Infinity, 0, -0, 1, 2.5, -3), fc.constantFrom(undefined, 'a', 'b', 'B', 'ä', '10', '9')), { maxLength: 300 });
const orders = fc.array(fc.record({ field: fc.constantFrom({ kind: 'metric' as const, key: 'm' }, { kind: 'param' as const, key: 'p' }), descending: fc.boolean() }), { maxLength: 3 });

it('sorts any columns as a slow comparison does, whole or the first of it', () => {
  fc.assert(fc.property(rows, orders, fc.integer({ min: 0, max: 40 }), (all, order, count) => {
    const [table, places] = [tableOf(all), Int32Array.from(all, (_, place) => place)];
    const expected = slowly(all, order);
    expect(Array.from(inOrder(places, order, { table, count: null }))).toEqual(expected);
    expect(Array.from(inOrder(places, order, { table, count }))).toEqual(expected.slice(0, count));
  }));
});
