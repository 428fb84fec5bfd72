import { badFilter, type Token } from './filter-tokens.ts';
import { readTime, requireForward, timeCondition, timeRange } from './filter-times.ts';
import { readSentence } from './filter-words.ts';
import { readField } from './run-field.ts';
import { isNumeric, isTime, mayBeNumber, valuesOf, type Comparator, type RunField, type RunFilter } from './run-filter.ts';
import { TokenReader } from './token-reader.ts';

/** Deeper nesting and longer filters than anyone writes are refused, so that no filter costs more than a page. */
const DEEPEST = 30;
const MOST_CONDITIONS = 100;
const MOST_VALUES = 1_000;
const COMPARATORS: ReadonlySet<string> = new Set<Comparator>(['=', '!=', '<', '<=', '>', '>=']);

const isComparator = (text: string): text is Comparator => COMPARATORS.has(text);

/**
 * Parses the filter language, a superset of MLflow's search_runs filter:
 * `metrics.acc BETWEEN 0.8 AND 0.9 AND (params.aug ILIKE 'mix%' OR NOT tags.team IN ('a', 'b')) AND start_time > now - 7d AND changed param lr AND descendant of VIS-12`.
 * Null for an empty text. Refuses with `search/bad-filter`, the position (from 1) and what was expected there.
 */
export function parseRunFilter(text: string | null | undefined): RunFilter | null {
  const reader = new TokenReader(text ?? '');
  if (reader.peek().kind === 'end') return null;
  const parser = new Parser(reader);
  const filter = parser.either(0);
  if (reader.peek().kind !== 'end') reader.expected('AND, OR or the end of the filter');
  return filter;
}

class Parser {
  private readonly reader: TokenReader;
  private conditions = 0;
  constructor(reader: TokenReader) {
    this.reader = reader;
  }

  either(depth: number): RunFilter {
    return this.joined('or', depth, () => this.both(depth));
  }

  private both(depth: number): RunFilter {
    return this.joined('and', depth, () => this.not(depth));
  }

  private joined(kind: 'and' | 'or', depth: number, part: () => RunFilter): RunFilter {
    if (depth > DEEPEST) throw badFilter(this.reader.peek().at, `a filter may be nested ${DEEPEST} deep.`);
    const parts = [part()];
    while (this.reader.takeWord(kind.toUpperCase())) parts.push(part());
    const [only] = parts;
    return only && parts.length === 1 ? only : { kind, parts };
  }

  private not(depth: number): RunFilter {
    if (this.reader.takeWord('NOT')) {
      if (depth > DEEPEST) throw badFilter(this.reader.peek().at, `a filter may be nested ${DEEPEST} deep.`);
      return { kind: 'not', part: this.not(depth + 1) };
    }
    if (!this.reader.takeSymbol('(')) return this.condition();
    const inner = this.either(depth + 1);
    if (!this.reader.takeSymbol(')')) this.reader.expected('AND, OR or )');
    return inner;
  }

  private condition(): RunFilter {
    const start = this.reader.peek();
    this.conditions += 1;
    if (this.conditions > MOST_CONDITIONS) throw badFilter(start.at, `a filter may have ${MOST_CONDITIONS} conditions.`);
    const sentence = readSentence(this.reader);
    if (sentence) return sentence;
    const field = readField(this.reader);
    if (this.reader.takeWord('IS')) return this.isNull(field);
    const negated = this.reader.takeWord('NOT');
    const operator = this.reader.peek();
    if (this.reader.takeWord('LIKE')) return this.like(field, operator, { ignoreCase: false, negated });
    if (this.reader.takeWord('ILIKE')) return this.like(field, operator, { ignoreCase: true, negated });
    if (this.reader.takeWord('IN')) return this.in(field, negated);
    if (this.reader.takeWord('BETWEEN')) return this.between(field, operator, negated);
    if (negated) return this.reader.expected('LIKE, ILIKE, IN or BETWEEN after NOT');
    if (operator.kind !== 'symbol' || !isComparator(operator.text)) return this.reader.expected('=, !=, <, <=, >, >=, LIKE, ILIKE, IN, BETWEEN, NOT or IS');
    this.reader.next();
    return this.compare(field, operator, operator.text);
  }

  private isNull(field: RunField): RunFilter {
    const negated = this.reader.takeWord('NOT');
    if (!this.reader.takeWord('NULL')) this.reader.expected(negated ? 'NULL' : 'NULL or NOT NULL');
    return { kind: 'null', field, negated };
  }

  private like(field: RunField, operator: Token, mode: { readonly ignoreCase: boolean; readonly negated: boolean }): RunFilter {
    if (isNumeric(field)) throw badFilter(operator.at, 'LIKE and ILIKE look at text; this field holds numbers.');
    const pattern = this.reader.peek();
    if (pattern.kind !== 'string') return this.reader.expected('a pattern in quotes, such as \'mix%\'');
    this.reader.next();
    return { kind: 'like', field, pattern: withoutNul(pattern, pattern.value), ...mode };
  }

  private in(field: RunField, negated: boolean): RunFilter {
    if (!this.reader.takeSymbol('(')) this.reader.expected('( and a list of values');
    const values = [this.value(field)];
    while (this.reader.takeSymbol(',')) {
      if (values.length === MOST_VALUES) throw badFilter(this.reader.peek().at, `a list may have ${MOST_VALUES} values.`);
      values.push(this.value(field));
    }
    if (!this.reader.takeSymbol(')')) this.reader.expected('a comma or )');
    return { kind: 'in', field, values, negated };
  }

  /** Both ends included, as in SQL. */
  private between(field: RunField, operator: Token, negated: boolean): RunFilter {
    const start = this.reader.peek();
    const and = (): void => { if (!this.reader.takeWord('AND')) this.reader.expected('AND and the other end of the range'); };
    if (isTime(field)) {
      const low = readTime(this.reader);
      and();
      const high = readTime(this.reader);
      if (low.kind === 'at' && high.kind === 'at') requireForward(start.at, low.from, high.from);
      return timeRange(field, [low, high], negated);
    }
    const low = this.value(field);
    and();
    const high = this.value(field);
    if (typeof low === 'string' || typeof high === 'string') throw badFilter(operator.at, `BETWEEN looks at numbers and times.${mayBeNumber(field) ? ' Leave the quotes off to compare as numbers.' : ''}`);
    requireForward(start.at, low, high);
    const ends = (a: Comparator, b: Comparator): readonly RunFilter[] => [{ kind: 'compare', field, comparator: a, value: low }, { kind: 'compare', field, comparator: b, value: high }];
    return negated ? { kind: 'or', parts: ends('<', '>') } : { kind: 'and', parts: ends('>=', '<=') };
  }

  private compare(field: RunField, operator: Token, comparator: Comparator): RunFilter {
    if (isTime(field)) return timeCondition(field, comparator, readTime(this.reader));
    const value = this.value(field);
    if (typeof value === 'string' && comparator !== '=' && comparator !== '!=') {
      if (field.kind === 'attribute' && field.name === 'seed') throw badFilter(operator.at, `leave the quotes off to compare a seed with ${comparator}.`);
      throw badFilter(operator.at, `text compares with =, !=, LIKE, ILIKE and IN, not with ${comparator}.${field.kind === 'param' ? ' Leave the quotes off to compare a param as a number.' : ''}`);
    }
    return isShortCommit(field, value) ? { kind: 'like', field, pattern: `${value}%`, ignoreCase: true, negated: comparator === '!=' } : { kind: 'compare', field, comparator, value };
  }

  /** A literal that fits the field. */
  private value(field: RunField): string | number {
    const token = this.reader.peek();
    const value = literalOf(token, field);
    if (value === null) return this.reader.expected(valuesOf(field)?.join(', ').replace(/, ([^,]+)$/, ' or $1') ?? (isNumeric(field) ? 'a number' : mayBeNumber(field) ? 'a text in quotes or a number' : 'a text in quotes'));
    this.reader.next();
    return typeof value === 'string' ? withoutNul(token, value) : value;
  }
}

/** The beginning of a commit's hash, as people copy it: it stands for all that begin with it. */
const isShortCommit = (field: RunField, value: string | number): value is string =>
  field.kind === 'attribute' && field.name === 'commit' && typeof value === 'string' && /^[0-9a-f]{4,39}$/i.test(value);

/** Values written as words. */
const METRIC_WORDS: Readonly<Record<string, number>> = { nan: NaN, infinity: Infinity, inf: Infinity };
const ATTRIBUTE_WORDS: Readonly<Record<string, string>> = { true: 'true', false: 'false' };

function literalOf(token: Token, field: RunField): string | number | null {
  if (token.kind === 'number') return isNumeric(field) || mayBeNumber(field) ? token.value : null;
  if (isNumeric(field)) return field.kind === 'metric' ? METRIC_WORDS[token.text.toLowerCase()] ?? null : null;
  const values = valuesOf(field);
  if (values) return values.find((each) => each === (token.kind === 'string' ? token.value : token.text).toUpperCase()) ?? null;
  if (token.kind === 'string') return token.value;
  return field.kind === 'attribute' ? ATTRIBUTE_WORDS[token.text.toLowerCase()] ?? null : null;
}

/** Postgres keeps no text with a NUL in it, so nothing can equal one. */
function withoutNul(token: Token, value: string): string {
  if (value.includes('\0')) throw badFilter(token.at, 'a text may not contain the NUL character.');
  return value;
}
