import type { RunField, RunFilter } from './run-filter.ts';

const PREFIX = { metric: 'metrics', param: 'params', tag: 'tags', attribute: 'attributes', dataset: 'datasets' } as const;

const nameOf = (field: RunField): string => `${PREFIX[field.kind]}.${'key' in field ? `\`${field.key.replaceAll('`', '``')}\`` : field.name}`;

const not = (negated: boolean): string => (negated ? 'NOT ' : '');

function literal(value: string | number): string {
  if (typeof value === 'string') return `'${value.replaceAll('\'', '\'\'')}'`;
  if (Object.is(value, -0)) return '-0';
  return String(value);
}

/** The text of a filter: parsing it gives the filter back. */
export function formatRunFilter(filter: RunFilter): string {
  switch (filter.kind) {
    case 'and': case 'or': return filter.parts.map((part) => `(${formatRunFilter(part)})`).join(filter.kind === 'and' ? ' AND ' : ' OR ');
    case 'not': return `NOT (${formatRunFilter(filter.part)})`;
    case 'compare': return `${nameOf(filter.field)} ${filter.comparator} ${literal(filter.value)}`;
    case 'like': return `${nameOf(filter.field)} ${not(filter.negated)}${filter.ignoreCase ? 'ILIKE' : 'LIKE'} ${literal(filter.pattern)}`;
    case 'in': return `${nameOf(filter.field)} ${not(filter.negated)}IN (${filter.values.map(literal).join(', ')})`;
    case 'null': return `${nameOf(filter.field)} IS ${not(filter.negated)}NULL`;
  }
}
