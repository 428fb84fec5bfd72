import { TokenReader } from '../../domain/search/token-reader.ts';
import type { Condition } from './condition.ts';
import { invalid } from './problem.ts';

export interface FilterRules {
  /** Names that need no prefix, or "attribute." before them. */
  readonly attributes: readonly string[];
  /** Attributes that compare as numbers. */
  readonly numeric: readonly string[];
  /** Prefixes beside "attribute": tag, param, metric. */
  readonly entities: readonly string[];
}

const SINGULAR: Readonly<Record<string, string>> = { attributes: 'attribute', attr: 'attribute', tags: 'tag', params: 'param', parameter: 'param', parameters: 'param', metrics: 'metric' };
const COMPARATORS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=']);

/** Parses "name LIKE 'vision/%' AND tags.team = 'a'". An empty text matches everything. */
export function parseFilter(text: string | undefined, rules: FilterRules): readonly Condition[] {
  const reader = new TokenReader(text ?? '');
  const conditions: Condition[] = [];
  if (reader.peek().kind === 'end') return conditions;
  do conditions.push(condition(reader, rules));
  while (reader.takeWord('AND'));
  if (reader.peek().kind !== 'end') throw invalid(`Invalid clause(s) in filter string: ${reader.peek().text}`);
  return conditions;
}

function condition(reader: TokenReader, rules: FilterRules): Condition {
  const field = fieldOf(reader, rules);
  const isNumber = field.entity === 'metric' || (field.entity === 'attribute' && rules.numeric.includes(field.key));
  return { ...field, ...(inWords(reader, isNumber) ?? inSymbols(reader, isNumber, field.key)) };
}

type Comparison = Pick<Condition, 'comparator' | 'value'>;

function inWords(reader: TokenReader, isNumber: boolean): Comparison | null {
  if (reader.takeWord('IS')) {
    const comparator = reader.takeWord('NOT') ? 'IS NOT NULL' : 'IS NULL';
    if (!reader.takeWord('NULL')) reader.expected('NULL');
    return { comparator, value: null };
  }
  const negated = reader.takeWord('NOT');
  if (reader.takeWord('IN')) return { comparator: negated ? 'NOT IN' : 'IN', value: listOf(reader) };
  if (negated) reader.expected('IN');
  const comparator = (['LIKE', 'ILIKE'] as const).find((word) => reader.takeWord(word));
  if (comparator === undefined) return null;
  if (isNumber) throw invalid(`Invalid comparator '${comparator}' for a field that holds numbers.`);
  return { comparator, value: String(valueOf(reader)) };
}

function inSymbols(reader: TokenReader, isNumber: boolean, key: string): Comparison {
  const token = reader.next();
  if (token.kind !== 'symbol' || !COMPARATORS.has(token.text)) throw invalid(`Invalid comparison clause. Expected a comparator, found '${token.text}'.`);
  const value = valueOf(reader);
  return { comparator: token.text as Condition['comparator'], value: isNumber ? numberFrom(value, key) : String(value) };
}

interface Field { readonly entity: string; readonly key: string }

function fieldOf(reader: TokenReader, rules: FilterRules): Field {
  const token = reader.next();
  if (token.kind === 'name') return attribute(token.value, rules);
  if (token.kind !== 'word') throw invalid(`Invalid clause(s) in filter string: ${token.text || 'it ends too early'}`);
  const dot = token.text.indexOf('.');
  if (dot < 0) return attribute(token.text, rules);
  const prefix = token.text.slice(0, dot);
  const entity = SINGULAR[prefix] ?? prefix;
  const key = token.text.slice(dot + 1) || quotedKey(reader);
  if (entity === 'attribute') return attribute(key, rules);
  if (!rules.entities.includes(entity)) throw invalid(`Invalid entity type '${entity}'. Valid entity types are ${JSON.stringify(['attribute', ...rules.entities])}`);
  return { entity, key };
}

/** tags.`my key`: the key follows the dot in backticks or quotes. */
function quotedKey(reader: TokenReader): string {
  const token = reader.next();
  if (token.kind !== 'name' && token.kind !== 'string') throw invalid(`Invalid clause(s) in filter string: ${token.text || 'it ends too early'}`);
  return token.value;
}

function attribute(key: string, { attributes }: FilterRules): Field {
  if (!attributes.includes(key)) throw invalid(`Invalid attribute key '${key}' specified. Valid keys are '${JSON.stringify(attributes)}'`);
  return { entity: 'attribute', key };
}

function valueOf(reader: TokenReader): string | number {
  const token = reader.next();
  if (token.kind === 'string' || token.kind === 'number') return token.value;
  throw invalid(`Expected a quoted string value, found '${token.text}'.`);
}

function listOf(reader: TokenReader): readonly (string | number)[] {
  if (!reader.takeSymbol('(')) reader.expected('(');
  const values = [valueOf(reader)];
  while (reader.takeSymbol(',')) values.push(valueOf(reader));
  if (!reader.takeSymbol(')')) reader.expected(')');
  return values;
}

function numberFrom(value: string | number, key: string): number {
  const number = Number(value);
  if (value === '' || Number.isNaN(number)) throw invalid(`Expected a number for '${key}', found '${value}'.`);
  return number;
}

export interface Order {
  readonly key: string;
  readonly descending: boolean;
}

/** Parses "name ASC" or "creation_time DESC"; each key once. */
export function parseOrder(texts: readonly string[] | undefined, keys: readonly string[]): readonly Order[] {
  const orders = (texts ?? []).map((text) => {
    const match = /^\s*(?:attributes?\.)?[`"]?([\w.]+)[`"]?(?:\s+(ASC|DESC))?\s*$/i.exec(text);
    const key = match?.[1] ?? text;
    if (!match || !keys.includes(key)) throw invalid(`Invalid order by key '${key}' specified. Valid keys are ${JSON.stringify(keys)}`);
    return { key, descending: match[2]?.toUpperCase() === 'DESC' };
  });
  if (new Set(orders.map((each) => each.key)).size < orders.length) throw invalid(`\`order_by\` contains duplicate fields: ${JSON.stringify(texts)}`);
  return orders;
}

/** Sorts by the orders, then by the last ones given as a tie-break. */
export function sorted<Row>(rows: readonly Row[], orders: readonly Order[], valueOf_: (row: Row, key: string) => string | number | null): readonly Row[] {
  return rows.toSorted((a, b) => {
    for (const { key, descending } of orders) {
      const [left, right] = [valueOf_(a, key), valueOf_(b, key)];
      if (left === right) continue;
      if (left === null || right === null) return left === null ? 1 : -1;
      return (left < right ? -1 : 1) * (descending ? -1 : 1);
    }
    return 0;
  });
}
