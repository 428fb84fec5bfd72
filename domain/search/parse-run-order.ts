import { badFilter } from './filter-tokens.ts';
import { readField } from './run-field.ts';
import type { RunOrder } from './run-filter.ts';
import { TokenReader } from './token-reader.ts';

const MOST_KEYS = 10;

/**
 * Parses orders as MLflow writes them, `metrics.acc DESC`, one or several with commas in a text.
 * Refuses with `search/bad-filter`, the position (from 1) in that text and what was expected there.
 */
export function parseRunOrder(texts: readonly string[]): readonly RunOrder[] {
  const orders = texts.flatMap(parseOne);
  if (orders.length > MOST_KEYS) throw badFilter(0, `an order may have ${MOST_KEYS} keys; this one has ${orders.length}.`);
  return orders;
}

function parseOne(text: string): RunOrder[] {
  const reader = new TokenReader(text);
  const orders: RunOrder[] = [];
  if (reader.peek().kind === 'end') return orders;
  do {
    const { at } = reader.peek();
    const field = readField(reader);
    if (field.kind === 'dataset') throw badFilter(at, 'runs cannot be ordered by their datasets.');
    const descending = reader.takeWord('DESC');
    if (!descending) reader.takeWord('ASC');
    orders.push({ field, descending });
  } while (reader.takeSymbol(','));
  if (reader.peek().kind !== 'end') reader.expected('ASC, DESC, a comma or the end');
  return orders;
}
