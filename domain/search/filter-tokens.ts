import { badInput, Refusal } from '../refusal.ts';

/** A piece of a filter's text; `at` counts characters from 0. */
export type Token =
  | { readonly kind: 'word'; readonly text: string; readonly at: number }
  | { readonly kind: 'number'; readonly value: number; readonly text: string; readonly at: number }
  | { readonly kind: 'string'; readonly value: string; readonly text: string; readonly at: number }
  /** In backticks: always a name. */
  | { readonly kind: 'name'; readonly value: string; readonly text: string; readonly at: number }
  /** A length of time: 7d. */
  | { readonly kind: 'duration'; readonly minutes: number; readonly text: string; readonly at: number }
  | { readonly kind: 'symbol'; readonly text: string; readonly at: number }
  | { readonly kind: 'end'; readonly text: string; readonly at: number };

/** Longer texts are refused before they are looked at. */
export const LONGEST_FILTER = 20_000;

const SPACE = /\s+/uy;
const WORD = /[\p{L}_][\p{L}\p{N}_./:@-]*/uy;
const NUMBER = /[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?)(?![\p{L}\p{N}_.])/iuy;
const DURATION = /\d{1,6}[mhdw](?![\p{L}\p{N}_.])/uiy;
const SYMBOL = /!=|<>|<=|>=|[=<>(),-]/uy;
export const MINUTES: Readonly<Record<string, number>> = { m: 1, h: 60, d: 1_440, w: 10_080 };

export function badFilter(at: number, problem: string): Refusal {
  return badInput('search/bad-filter', `At position ${at + 1}: ${problem}`);
}

function match(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

/** The text of a quoted token, its quotes included; a doubled quote inside stands for one. */
function quoted(text: string, at: number, quote: string): string {
  for (let end = text.indexOf(quote, at + 1); end >= 0; end = text.indexOf(quote, end + 2)) {
    if (text[end + 1] !== quote) return text.slice(at, end + 1);
  }
  throw badFilter(at, `the ${quote} that opens here is never closed.`);
}

function tokenAt(text: string, at: number): Token {
  const first = text[at] ?? '';
  if (first === '\'' || first === '"' || first === '`') {
    const whole = quoted(text, at, first);
    return { kind: first === '`' ? 'name' : 'string', value: whole.slice(1, -1).replaceAll(first + first, first), text: whole, at };
  }
  const number = match(NUMBER, text, at);
  if (number !== null) return { kind: 'number', value: numberFrom(number), text: number, at };
  const duration = match(DURATION, text, at);
  if (duration !== null) return { kind: 'duration', minutes: minutesIn(duration), text: duration, at };
  const word = match(WORD, text, at);
  if (word !== null) return { kind: 'word', text: word, at };
  const symbol = match(SYMBOL, text, at);
  if (symbol !== null) return { kind: 'symbol', text: symbol === '<>' ? '!=' : symbol, at };
  throw unexpected(text, at);
}

const minutesIn = (duration: string): number => Number(duration.slice(0, -1)) * (MINUTES[duration.slice(-1).toLowerCase()] ?? 1);
const unexpected = (text: string, at: number): Refusal => badFilter(at, `expected a field, a value or an operator, found ${JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? 0))}.`);

const numberFrom = (text: string): number => (/inf/i.test(text) ? (text.startsWith('-') ? -Infinity : Infinity) : Number(text));

/** Where the piece begins that a text ends within, such as half a name or a quote that is not closed yet; the text's length where it ends between two. */
export function openPiece(text: string): number {
  let at = 0;
  for (;;) {
    at += match(SPACE, text, at)?.length ?? 0;
    if (at >= text.length) return text.length;
    const length = lengthAt(text, at);
    if (length === null) return at;
    at += length;
    if (at >= text.length) return CLOSED.test(text) ? text.length : at - length;
  }
}

/** What ends with one of these is whole: a symbol, a closed quote. */
const CLOSED = /[=<>(),'"`]$/u;

/** The length of the token that begins there; null where none can be read. */
function lengthAt(text: string, at: number): number | null {
  try {
    const token = tokenAt(text, at);
    return token.kind === 'symbol' && text.startsWith('<>', at) ? 2 : token.text.length;
  } catch (refusal) {
    if (refusal instanceof Refusal) return null;
    throw refusal;
  }
}

/** The tokens of a text, an `end` last. Refuses with `search/bad-filter` and the position. */
export function tokens(text: string): readonly Token[] {
  if (text.length > LONGEST_FILTER) throw badInput('search/filter-too-long', `A filter may have ${LONGEST_FILTER} characters; this one has ${text.length}.`);
  const found: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(SPACE, text, at)?.length ?? 0;
    if (at >= text.length) return [...found, { kind: 'end', text: '', at }];
    const token = tokenAt(text, at);
    found.push(token);
    at += token.kind === 'symbol' && text.startsWith('<>', at) ? 2 : token.text.length;
  }
}
