import { Refusal } from '../refusal.ts';
import { LONGEST_FILTER, openPiece } from './filter-tokens.ts';
import { readTime } from './filter-times.ts';
import { variableOf } from './filter-words.ts';
import { kindOfPrefix, readField } from './run-field.ts';
import { isTime, type Comparator, type RunField, type VariableKind } from './run-filter.ts';
import { TokenReader } from './token-reader.ts';

/** What may stand at a place of a filter. */
export type Wanted =
  /** A field or a sentence such as `changed param lr`; of one kind where its prefix stands there already, of any where not. */
  | { readonly kind: 'condition'; readonly of: RunField['kind'] | null }
  | { readonly kind: 'comparison'; readonly field: RunField; readonly negated: boolean }
  /** `comparator` is null in lists and ranges. */
  | { readonly kind: 'value'; readonly field: RunField; readonly comparator: Comparator | null; readonly within: 'list' | 'range' | null }
  | { readonly kind: 'variable' }
  | { readonly kind: 'variable-name'; readonly variable: VariableKind }
  | { readonly kind: 'experiment' }
  | { readonly kind: 'word'; readonly words: readonly string[] };

/** Where one types in a filter. */
export interface FilterPlace {
  readonly wanted: Wanted;
  /** What was typed of it, without its prefix and quotes. */
  readonly typed: string;
  /** What is completed takes the place of the characters from here up to there. */
  readonly from: number;
  readonly to: number;
  /** Nothing stands before it: in a box that takes words too, it may be one. */
  readonly isFirst: boolean;
}

const JOINERS: Wanted = { kind: 'word', words: ['AND', 'OR'] };
const ANY_CONDITION: Wanted = { kind: 'condition', of: null };
/** The rest of a word behind the cursor, and the quote that closes it, if it follows at once. */
const REST = /^[\p{L}\p{N}_./:@-]*['"`]?/u;
const WORD_REST = /^[\p{L}\p{N}_./:@-]*/u;
const PREFIXED = /^([\p{L}_]+)\.(.*)$/su;
/** A prefix whose name follows in quotes. */
const PREFIX_BEFORE = /(?:^|[\s(])([\p{L}_]+\.)$/u;

/**
 * What may stand where the cursor is, a number of UTF-16 units behind the beginning; null where nothing can be said, such as within a pattern or behind what cannot be read.
 * It reads what stands before with the parts of the parser, and never needs the whole filter to be right.
 */
export function filterPlaceAt(text: string, cursor: number): FilterPlace | null {
  if (!isWithin(text, cursor)) return null;
  const { from, isQuoted } = pieceBefore(text.slice(0, cursor));
  const [head, piece] = [text.slice(0, from), text.slice(from, cursor)];
  const wanted = wantedBehind(head);
  if (!wanted || (piece === '' && isApart(wanted) && !/\s$/u.test(head))) return null;
  const rest = piece === '' ? '' : (isQuoted ? REST : WORD_REST).exec(text.slice(cursor))?.[0] ?? '';
  return { ...(wanted.kind === 'condition' ? fieldIn(piece) : { wanted, typed: unquoted(piece) }), from, to: cursor + rest.length, isFirst: head.trim() === '' };
}

const isWithin = (text: string, cursor: number): boolean => text.length <= LONGEST_FILTER && Number.isInteger(cursor) && cursor >= 0 && cursor <= text.length;

/** Where the piece begins that is being typed: the prefix of a name in quotes belongs to it. */
function pieceBefore(before: string): { readonly from: number; readonly isQuoted: boolean } {
  const open = openPiece(before);
  const isQuoted = /^['"`]/.test(before.slice(open));
  const prefix = isQuoted ? PREFIX_BEFORE.exec(before.slice(0, open))?.[1] ?? '' : '';
  return { from: open - prefix.length, isQuoted };
}

/** What stands behind a blank: directly behind a quote it would look like a part of it. */
const isApart = (wanted: Wanted): boolean => wanted === JOINERS || wanted.kind === 'comparison';

const unquoted = (piece: string): string => piece.replace(/^['"`]/, '');

/** Half a field: `metrics.ac` asks for metrics. */
function fieldIn(piece: string): Pick<FilterPlace, 'wanted' | 'typed'> {
  const [, prefix, name] = PREFIXED.exec(piece) ?? [];
  const of = prefix === undefined ? null : kindOfPrefix(prefix);
  return of === null || name === undefined ? { wanted: ANY_CONDITION, typed: unquoted(piece) } : { wanted: { kind: 'condition', of }, typed: unquoted(name) };
}

function wantedBehind(head: string): Wanted | null {
  try {
    return next(new TokenReader(head));
  } catch (refusal) {
    if (refusal instanceof Refusal) return null;
    throw refusal;
  }
}

const ended = (reader: TokenReader): boolean => reader.peek().kind === 'end';

function next(reader: TokenReader): Wanted | null {
  for (;;) {
    while (reader.takeWord('NOT') || reader.takeSymbol('('));
    if (ended(reader)) return ANY_CONDITION;
    const within = withinCondition(reader);
    if (within !== 'whole') return within;
    while (reader.takeSymbol(')'));
    if (ended(reader)) return JOINERS;
    if (!reader.takeWord('AND') && !reader.takeWord('OR')) return null;
  }
}

/** What is still wanted of a condition; null where nothing can be said. */
function withinCondition(reader: TokenReader): Wanted | 'whole' | null {
  if (reader.takeWord('CHANGED')) return withinChange(reader);
  for (const word of ['ANCESTOR', 'ANCESTORS', 'DESCENDANT', 'DESCENDANTS']) if (reader.takeWord(word)) return withinLineage(reader);
  const field = readField(reader);
  if (reader.takeWord('IS')) return withinNull(reader);
  const negated = reader.takeWord('NOT');
  if (ended(reader)) return { kind: 'comparison', field, negated };
  if (reader.takeWord('LIKE') || reader.takeWord('ILIKE')) return valueRead(reader, null);
  if (reader.takeWord('IN')) return withinList(reader, field);
  return reader.takeWord('BETWEEN') ? withinRange(reader, field) : withinComparison(reader, field);
}

function withinComparison(reader: TokenReader, field: RunField): Wanted | 'whole' | null {
  const { kind, text } = reader.next();
  if (kind !== 'symbol') return null;
  const comparator = text as Comparator;
  return isTime(field) && !ended(reader) ? timeRead(reader) : valueRead(reader, { kind: 'value', field, comparator, within: null });
}

/** Takes a value, or says that it is wanted. */
function valueRead(reader: TokenReader, wanted: Wanted | null): Wanted | 'whole' | null {
  if (ended(reader)) return wanted;
  reader.next();
  return 'whole';
}

function timeRead(reader: TokenReader): 'whole' {
  readTime(reader);
  return 'whole';
}

function withinNull(reader: TokenReader): Wanted | 'whole' | null {
  const negated = reader.takeWord('NOT');
  return valueRead(reader, { kind: 'word', words: negated ? ['NULL'] : ['NULL', 'NOT NULL'] });
}

function withinList(reader: TokenReader, field: RunField): Wanted | 'whole' | null {
  if (!reader.takeSymbol('(')) return null;
  do {
    if (ended(reader)) return { kind: 'value', field, comparator: null, within: 'list' };
    reader.next();
  } while (reader.takeSymbol(','));
  return ended(reader) ? { kind: 'word', words: [',', ')'] } : reader.takeSymbol(')') ? 'whole' : null;
}

function withinRange(reader: TokenReader, field: RunField): Wanted | 'whole' | null {
  const value: Wanted = { kind: 'value', field, comparator: null, within: 'range' };
  const end = (): unknown => (isTime(field) ? readTime(reader) : reader.next());
  if (ended(reader)) return value;
  end();
  if (ended(reader)) return { kind: 'word', words: ['AND'] };
  if (!reader.takeWord('AND')) return null;
  if (ended(reader)) return value;
  end();
  return 'whole';
}

function withinChange(reader: TokenReader): Wanted | 'whole' | null {
  if (ended(reader)) return { kind: 'variable' };
  const variable = variableOf(reader.next().text);
  if (!variable) return null;
  if (ended(reader)) return { kind: 'variable-name', variable };
  const follows = reader.peek();
  if (follows.kind !== 'symbol' && !/^(?:and|or|not)$/i.test(follows.text)) reader.next();
  return 'whole';
}

function withinLineage(reader: TokenReader): Wanted | 'whole' | null {
  if (ended(reader)) return { kind: 'word', words: ['of'] };
  return reader.takeWord('OF') ? valueRead(reader, { kind: 'experiment' }) : null;
}
