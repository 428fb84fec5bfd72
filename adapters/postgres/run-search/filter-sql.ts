import type { RunAttribute, RunField, RunFilter } from '../../../domain/search/run-filter.ts';
import type { SqlValues } from './sql-values.ts';

// Aliases: r runs, e experiments, p projects. Each condition is true or false, never null: a run without the field does not match, and NOT turns that around.

/** Milliseconds since the epoch, as MLflow's times are. */
const epochMs = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

export const ATTRIBUTE_SQL: Readonly<Record<RunAttribute, string>> = {
  run_id: 'r.id',
  run_name: 'r.name',
  status: 'r.status::text',
  user_id: 'r.user_name',
  artifact_uri: '(\'mlflow-artifacts:/\' || e.mlflow_id || \'/\' || r.id || \'/artifacts\')',
  start_time: epochMs('r.started_at'),
  end_time: epochMs('r.ended_at'),
  created_at: epochMs('r.created_at'),
  experiment: '(p.key || \'-\' || e.number)',
  excluded: '(r.excluded_at IS NOT NULL)::text',
  archived: '(r.archived_at IS NOT NULL)::text',
};
const DATASET_SQL = { name: 'd.name', digest: 'd.digest', context: 'i.tags->>\'mlflow.data.context\'' } as const;

/** Texts that are surely a float8; exponents are bounded so that none overflows. */
const NUMBER_TEXT = String.raw`^\s*[+-]?(\d{1,40}(\.\d{0,40})?|\.\d{1,40})([eE][+-]?\d{1,2})?\s*$`;

/** The filter as a condition. */
export function filterSql(filter: RunFilter, values: SqlValues): string {
  switch (filter.kind) {
    case 'and': case 'or': return `(${filter.parts.map((part) => filterSql(part, values)).join(filter.kind === 'and' ? ' AND ' : ' OR ')})`;
    case 'not': return `NOT ${filterSql(filter.part, values)}`;
    case 'null': return filter.negated ? present(filter.field, values) : `NOT ${present(filter.field, values)}`;
    case 'compare': return where(filter.field, values, (column) => compared(column, filter, values));
    case 'like': return where(filter.field, values, (column) =>
      // Without an escape character, as MLflow's LIKE: a backslash is a backslash.
      `${column} ${filter.negated ? 'NOT ' : ''}${filter.ignoreCase ? 'ILIKE' : 'LIKE'} ${values.of(filter.pattern)} ESCAPE ''`);
    case 'in': return where(filter.field, values, (column) => among(column, filter, values));
  }
}

const present = (field: RunField, values: SqlValues): string => where(field, values, (column) => `${column} IS NOT NULL`);

/** "There is a value of this field for which …". */
function where(field: RunField, values: SqlValues, condition: (column: string) => string): string {
  switch (field.kind) {
    case 'metric': return `EXISTS (SELECT 1 FROM metric_series x WHERE x.run_id = r.id AND x.key = ${values.of(field.key)} AND ${condition('x.last_value')})`;
    case 'param': return `EXISTS (SELECT 1 FROM run_params x WHERE x.run_id = r.id AND x.key = ${values.of(field.key)} AND ${condition('x.value')})`;
    case 'tag': return `EXISTS (SELECT 1 FROM run_tags x WHERE x.run_id = r.id AND x.key = ${values.of(field.key)} AND ${condition('x.value')})`;
    case 'attribute': return `coalesce(${condition(ATTRIBUTE_SQL[field.name])}, false)`;
    case 'dataset': return `EXISTS (SELECT 1 FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id WHERE i.run_id = r.id AND ${condition(DATASET_SQL[field.name])})`;
  }
}

/** Reads a param's text as a number; null when it is not one. */
const asNumber = (column: string): string => `CASE WHEN ${column} ~ '${NUMBER_TEXT}' THEN ${column}::float8 END`;

type Compare = Extract<RunFilter, { readonly kind: 'compare' }>;

function compared(column: string, { field, comparator, value }: Compare, values: SqlValues): string {
  if (typeof value === 'string') return `${column} ${comparator} ${values.of(value)}`;
  if (field.kind === 'param') return `coalesce(${asNumber(column)} ${comparator} ${values.of(value)}::float8, false)`;
  if (Number.isNaN(value)) return comparator === '=' ? `${column} = 'NaN'` : comparator === '!=' ? `${column} <> 'NaN'` : 'false';
  // To Postgres NaN is the largest number; to everybody else it is neither larger nor smaller than any.
  const notNaN = comparator === '>' || comparator === '>=' ? ` AND ${column} <> 'NaN'` : '';
  return `${column} ${comparator} ${values.of(value)}::float8${notNaN}`;
}

type In = Extract<RunFilter, { readonly kind: 'in' }>;

function among(column: string, { field, values: list, negated }: In, values: SqlValues): string {
  const texts = list.filter((each) => typeof each === 'string');
  const numbers = list.filter((each) => typeof each === 'number');
  const found = [
    ...(texts.length > 0 ? [`${column} = ANY(${values.of(texts)}::text[])`] : []),
    ...(numbers.length > 0 ? [`coalesce(${field.kind === 'param' ? asNumber(column) : column} = ANY(${values.of(numbers)}::float8[]), false)`] : []),
  ].join(' OR ');
  return negated ? `NOT (${found})` : `(${found})`;
}
