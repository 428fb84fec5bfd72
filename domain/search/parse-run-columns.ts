import { badFilter } from './filter-tokens.ts';
import { readField } from './run-field.ts';
import type { RunOrder } from './run-filter.ts';
import { TokenReader } from './token-reader.ts';

const MOST_COLUMNS = 200;

/** Parses fields with commas between, `metrics.acc, params."learning rate", tags.team`, each once. Refuses with `search/bad-filter`, the position (from 1) and what was expected there. */
export function parseRunColumns(text: string | null | undefined): readonly RunOrder['field'][] {
  const reader = new TokenReader(text ?? '');
  const columns = new Map<string, RunOrder['field']>();
  if (reader.peek().kind === 'end') return [];
  do {
    const { at } = reader.peek();
    const field = readField(reader);
    if (field.kind === 'dataset') throw badFilter(at, 'a run can have several datasets, so they are no column.');
    columns.set(JSON.stringify(field), field);
  } while (reader.takeSymbol(','));
  if (reader.peek().kind !== 'end') reader.expected('a comma or the end');
  if (columns.size > MOST_COLUMNS) throw badFilter(0, `a table may have ${MOST_COLUMNS} columns; this one has ${columns.size}.`);
  return [...columns.values()];
}
