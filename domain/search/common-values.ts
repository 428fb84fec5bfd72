import { columnOf } from './column-of.ts';
import type { RunField } from './run-filter.ts';
import type { RunTable } from './run-facts.ts';
import { compareTexts } from './text-order.ts';

/** A value of a field and how many of the runs that were looked at have it. */
export interface CommonValue { readonly value: string; readonly runs: number }

/** Longer ones, and those of several lines, are not what one means to type. */
const LONGEST = 120;
const ODD = /\p{Cc}/u;

/** The values that most of the runs have, of those with a text in them: what begins with it before what has it elsewhere. */
export function commonValues(places: Int32Array, table: RunTable, { field, text, first }: { readonly field: RunField; readonly text: string; readonly first: number }): readonly CommonValue[] {
  const valuesAt = readerOf(field, table);
  const runs = new Map<string, number>();
  for (const place of places) for (const value of new Set(valuesAt(place))) runs.set(value, (runs.get(value) ?? 0) + 1);
  const wanted = text.toLowerCase();
  return [...runs].map(([value, count]) => ({ value, runs: count, at: value.toLowerCase().indexOf(wanted) }))
    .filter(({ value, at }) => at >= 0 && value !== '' && value.length <= LONGEST && !ODD.test(value))
    .sort((a, b) => Number(a.at > 0) - Number(b.at > 0) || b.runs - a.runs || compareTexts(a.value, b.value))
    .slice(0, first).map(({ value, runs: count }) => ({ value, runs: count }));
}

/** The texts a run has in a field: several datasets, of everything else one or none. */
function readerOf(field: RunField, table: RunTable): (place: number) => readonly string[] {
  if (field.kind === 'dataset') {
    const datasets = table.datasets();
    return (place) => (datasets.at(place) ?? []).flatMap((use) => use[field.name] ?? []);
  }
  const column = columnOf(field, table);
  return (place) => { const value = column.at(place); return typeof value === 'string' ? [value] : []; };
}
