import { formatAgo } from './filter-times.ts';
import { VARIABLE_WORD } from './filter-words.ts';
import type { RunField, RunFilter } from './run-filter.ts';

const PREFIX = { metric: 'metrics', param: 'params', tag: 'tags', attribute: 'attributes', dataset: 'datasets' } as const;

const nameOf = (field: RunField): string => `${PREFIX[field.kind]}.${'key' in field ? quoted(field.key) : field.name}`;

const not = ({ negated }: { readonly negated: boolean }): string => (negated ? 'NOT ' : '');
const likeOf = ({ ignoreCase }: { readonly ignoreCase: boolean }): string => (ignoreCase ? 'ILIKE' : 'LIKE');
const joined = ({ kind, parts }: Extract<RunFilter, { readonly kind: 'and' | 'or' }>): string => parts.map((part) => `(${formatRunFilter(part)})`).join(kind === 'and' ? ' AND ' : ' OR ');

const quoted = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

function literal(value: string | number): string {
  if (typeof value === 'string') return `'${value.replaceAll('\'', '\'\'')}'`;
  if (Object.is(value, -0)) return '-0';
  return String(value);
}

function sentenceOf(filter: Extract<RunFilter, { readonly kind: 'since' | 'changed' | 'lineage' }>): string {
  switch (filter.kind) {
    case 'since': return `${nameOf(filter.field)} ${filter.comparator} ${formatAgo(filter.minutesAgo)}`;
    case 'changed': return `changed ${VARIABLE_WORD[filter.variable]}${filter.name === null ? '' : ` ${quoted(filter.name)}`}`;
    case 'lineage': return `${filter.relation} of ${filter.experiment}`;
  }
}

/** The text of a filter: parsing it gives the filter back. */
export function formatRunFilter(filter: RunFilter): string {
  switch (filter.kind) {
    case 'and': case 'or': return joined(filter);
    case 'not': return `NOT (${formatRunFilter(filter.part)})`;
    case 'since': case 'changed': case 'lineage': return sentenceOf(filter);
    case 'compare': return `${nameOf(filter.field)} ${filter.comparator} ${literal(filter.value)}`;
    case 'like': return `${nameOf(filter.field)} ${not(filter)}${likeOf(filter)} ${literal(filter.pattern)}`;
    case 'in': return `${nameOf(filter.field)} ${not(filter)}IN (${filter.values.map(literal).join(', ')})`;
    case 'null': return `${nameOf(filter.field)} IS ${not(filter)}NULL`;
  }
}
