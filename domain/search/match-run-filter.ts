import type { Comparator, DatasetAttribute, RunAttribute, RunField, RunFilter } from './run-filter.ts';
import type { RunFacts, RunTable, TextColumn } from './run-facts.ts';
import { compareTexts } from './text-order.ts';
import { wildcard } from './wildcard.ts';

// Each condition is true or false, never unknown: a run without the field does not match, and NOT turns that around.

/** Whether the run at a place matches. */
export type RunMatcher = (place: number) => boolean;
type Value = string | number;
type Test = (value: Value) => boolean;

export const ATTRIBUTE: Readonly<Record<RunAttribute, (run: RunFacts) => Value | null>> = {
  run_id: (run) => run.id,
  run_name: (run) => run.name,
  status: (run) => run.status,
  user_id: (run) => run.userName,
  artifact_uri: (run) => `mlflow-artifacts:/${run.mlflowExperimentId}/${run.id}/artifacts`,
  start_time: (run) => run.startedAt,
  end_time: (run) => run.endedAt,
  created_at: (run) => run.createdAt,
  experiment: (run) => run.experimentKey,
  excluded: (run) => String(run.excluded),
  archived: (run) => String(run.archived),
  variant: (run) => run.variantId,
};

/** Makes a filter ready to be asked of every run of the table. */
export function matcherOf(filter: RunFilter, table: RunTable): RunMatcher {
  switch (filter.kind) {
    case 'and': return filter.parts.map((part) => matcherOf(part, table)).reduce((one, other) => (place) => one(place) && other(place));
    case 'or': return filter.parts.map((part) => matcherOf(part, table)).reduce((one, other) => (place) => one(place) || other(place));
    case 'not': {
      const part = matcherOf(filter.part, table);
      return (place) => !part(place);
    }
    case 'null': {
      const there = fieldMatcher(filter.field, table, () => true);
      return filter.negated ? there : (place) => !there(place);
    }
    case 'compare': return fieldMatcher(filter.field, table, comparison(filter.comparator, filter.value));
    case 'like': {
      const like = wildcard(filter.pattern, filter.ignoreCase);
      return fieldMatcher(filter.field, table, (value) => like(String(value)) !== filter.negated);
    }
    case 'in': return fieldMatcher(filter.field, table, among(filter));
  }
}

function fieldMatcher(field: RunField, table: RunTable, test: Test): RunMatcher {
  switch (field.kind) {
    case 'metric': {
      const column = table.numbers(field.key);
      return (place) => passes(column.at(place), test);
    }
    case 'param': case 'tag': return textMatcher(table.texts(field.kind, field.key), test);
    case 'dataset': {
      const column = table.datasets();
      return (place) => column.at(place)?.some((use) => passes(datasetValue(use, field.name), test)) ?? false;
    }
    case 'attribute': {
      const of = ATTRIBUTE[field.name];
      return (place) => {
        const run = table.runs[place];
        return run !== undefined && passes(of(run), test);
      };
    }
  }
}

const datasetValue = (use: Readonly<Record<DatasetAttribute, string | null>>, name: DatasetAttribute): string | null => use[name];
const passes = (value: Value | null | undefined, test: Test): boolean => value !== undefined && value !== null && test(value);

/** Params and tags have few values and many runs: what was found of a text once is not looked into again. */
function textMatcher(column: TextColumn, test: Test): RunMatcher {
  const found = new Int8Array(column.texts.length);
  return (place) => {
    const number = column.textNumber(place);
    if (number < 0) return false;
    const before = found[number];
    if (before !== 0) return before === 1;
    const matches = passes(column.texts[number], test);
    found[number] = matches ? 1 : -1;
    return matches;
  };
}

/** Reads a param's text as a number; undefined when it is none. */
export const numberIn = (text: string): number | undefined => (NUMBER_TEXT.test(text) ? Number(text) : undefined);
/** Decimal and bounded, so that a text is a number for every reader of it. */
const NUMBER_TEXT = /^\s*[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?\s*$/;

const HOLDS: Readonly<Record<Comparator, (order: number) => boolean>> = {
  '=': (order) => order === 0, '!=': (order) => order !== 0, '<': (order) => order < 0, '<=': (order) => order <= 0, '>': (order) => order > 0, '>=': (order) => order >= 0,
};

function comparison(comparator: Comparator, wanted: Value): Test {
  const holds = HOLDS[comparator];
  if (typeof wanted === 'string' && comparator === '=') return (value) => String(value) === wanted;
  if (typeof wanted === 'string') return (value) => holds(compareTexts(String(value), wanted));
  const numeric = numberComparison(comparator, wanted);
  return (value) => {
    const number = typeof value === 'number' ? value : numberIn(value);
    return number !== undefined && numeric(number);
  };
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

function among({ values, negated }: Extract<RunFilter, { readonly kind: 'in' }>): Test {
  const wanted = new Set<Value>(values);
  const numbers = values.some((value) => typeof value === 'number');
  return (value) => {
    const number = numbers && typeof value === 'string' ? numberIn(value) : undefined;
    return (wanted.has(value) || (number !== undefined && wanted.has(number))) !== negated;
  };
}
