import { columnOf } from './column-of.ts';
import type { Comparator, RunField, RunFilter } from './run-filter.ts';
import type { NumberColumn, RunView, TextColumn } from './run-facts.ts';
import { compareTexts } from './text-order.ts';
import { wildcard, type MatchingWork } from './wildcard.ts';

// Each condition is true or false, never unknown: a run without the field does not match, and NOT turns that around.
// A condition runs down one column in one loop, and the next one looks only at what is left.

/** Those of some places whose runs match, in the order they came in. */
export function matching(filter: RunFilter, table: RunView, places: Int32Array): Int32Array {
  switch (filter.kind) {
    case 'and': return filter.parts.reduce((rest, part) => matching(part, table, rest), places);
    case 'or': return without(places, filter.parts.reduce((rest, part) => without(rest, matching(part, table, rest)), places));
    case 'not': return without(places, matching(filter.part, table, places));
    case 'null': {
      const there = having(filter.field, table, places, ANYTHING);
      return filter.negated ? there : without(places, there);
    }
    case 'compare': return having(filter.field, table, places, comparison(filter.comparator, filter.value));
    case 'since': return having(filter.field, table, places, comparison(filter.comparator, table.now - filter.minutesAgo * 60_000));
    case 'like': return having(filter.field, table, places, like(filter, table.work));
    case 'in': return having(filter.field, table, places, among(filter));
    case 'changed': return textsThat(table.changes(), places, passing((lines) => changes(lines, filter)));
    case 'lineage': {
      const relatives = table.relatives(filter.relation, filter.experiment);
      return textsThat(table.experiments(), places, passing((id) => relatives.has(id)));
    }
  }
}

/** What a value has to be. A text is given with the number it can be read as, NaN where it is none. */
interface Test {
  number(value: number): boolean;
  text(value: string, asNumber: number): boolean;
  /** Whether `text` looks at the number. */
  readonly reads: boolean;
}

const passing = (text: (value: string) => boolean): Test => ({ number: () => false, text, reads: false });

/** Whether a variant's changes, `CONFIG lr` to a line, have one of the kind, or this very one. */
const changes = (lines: string, { variable, name }: Extract<RunFilter, { readonly kind: 'changed' }>): boolean =>
  (name === null ? `\n${lines}`.includes(`\n${variable} `) : `\n${lines}\n`.includes(`\n${variable} ${name}\n`));

const ANYTHING: Test = { number: () => true, text: () => true, reads: false };

function having(field: RunField, table: RunView, places: Int32Array, test: Test): Int32Array {
  if (field.kind === 'dataset') {
    const column = table.datasets();
    return places.filter((place) => column.at(place)?.some((use) => { const text = use[field.name]; return text !== null && test.text(text, Number.NaN); }) ?? false);
  }
  const column = columnOf(field, table);
  return column.kind === 'numbers' ? numbersThat(column, places, test) : textsThat(column, places, test);
}

function numbersThat({ values, there }: NumberColumn, places: Int32Array, test: Test): Int32Array {
  const found = new Int32Array(places.length);
  let count = 0;
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number;
    if (there[place] === 1 && test.number(values[place] as number)) found[count++] = place;
  }
  return found.slice(0, count);
}

/** What was found of a text once is not looked into again. */
function textsThat(column: TextColumn, places: Int32Array, test: Test): Int32Array {
  const { texts, codes } = column;
  const numbers = test.reads ? column.numbers() : null;
  const known = new Int8Array(texts.length + 1);
  const found = new Int32Array(places.length);
  let count = 0;
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number;
    const code = codes[place] ?? 0;
    if (code === 0) continue;
    if (known[code] === 0) known[code] = test.text(texts[code - 1] as string, numbers?.[code - 1] ?? Number.NaN) ? 1 : -1;
    if (known[code] === 1) found[count++] = place;
  }
  return found.slice(0, count);
}

/** What is left of places when some of them, in the same order, are taken away. */
function without(places: Int32Array, taken: Int32Array): Int32Array {
  const left = new Int32Array(places.length - taken.length);
  let [count, next] = [0, 0];
  for (let at = 0; at < places.length; at += 1) {
    const place = places[at] as number;
    if (place === taken[next]) next += 1;
    else left[count++] = place;
  }
  return left;
}

const HOLDS: Readonly<Record<Comparator, (order: number) => boolean>> = {
  '=': (order) => order === 0, '!=': (order) => order !== 0, '<': (order) => order < 0, '<=': (order) => order <= 0, '>': (order) => order > 0, '>=': (order) => order >= 0,
};

function comparison(comparator: Comparator, wanted: string | number): Test {
  if (typeof wanted === 'number') {
    const number = numberComparison(comparator, wanted);
    return { number, text: (_, asNumber) => !Number.isNaN(asNumber) && number(asNumber), reads: true };
  }
  const holds = HOLDS[comparator];
  const text = comparator === '=' ? (value: string) => value === wanted : (value: string) => holds(compareTexts(value, wanted));
  return { number: (value) => text(String(value)), text, reads: false };
}

/** NaN is neither larger nor smaller than anything, and equal only to itself. */
function numberComparison(comparator: Comparator, wanted: number): (value: number) => boolean {
  switch (comparator) {
    case '=': return Number.isNaN(wanted) ? Number.isNaN : (value) => value === wanted;
    case '!=': return Number.isNaN(wanted) ? (value) => !Number.isNaN(value) : (value) => value !== wanted;
    case '<': return (value) => value < wanted;
    case '<=': return (value) => value <= wanted;
    case '>': return (value) => value > wanted;
    case '>=': return (value) => value >= wanted;
  }
}

function like({ pattern, ignoreCase, negated }: Extract<RunFilter, { readonly kind: 'like' }>, work: MatchingWork): Test {
  const matches = wildcard(pattern, ignoreCase, work);
  return { number: (value) => matches(String(value)) !== negated, text: (value) => matches(value) !== negated, reads: false };
}

function among({ values, negated }: Extract<RunFilter, { readonly kind: 'in' }>): Test {
  const wanted = new Set(values);
  return {
    number: (value) => wanted.has(value) !== negated,
    text: (value, asNumber) => (wanted.has(value) || (!Number.isNaN(asNumber) && wanted.has(asNumber))) !== negated,
    reads: values.some((value) => typeof value === 'number'),
  };
}
