import type { NumberColumn, RunTable, TextColumn } from './run-facts.ts';
import type { RunField } from './run-filter.ts';

/** The column of a field that has one value a run. */
export function columnOf(field: Exclude<RunField, { readonly kind: 'dataset' }>, table: RunTable): NumberColumn | TextColumn {
  switch (field.kind) {
    case 'metric': return table.numbers(field.key);
    case 'param': case 'tag': return table.texts(field.kind, field.key);
    case 'attribute': return table.attribute(field.name);
  }
}
