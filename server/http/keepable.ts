import { badInput, type Refusal } from '../../domain/refusal.ts';

/** Whether a text of JSON may hold what `requireKeepable` refuses: looked for first, so that nothing is walked through in vain. */
export const mayBeUnkeepable = (json: string): boolean => /\\u(?:0000|d[89a-f])/i.test(json) || json.includes('\0');

/**
 * Refuses what Postgres' text cannot hold as it came, in every name and value: the character NUL, and half of a surrogate pair, which would silently
 * become another character. Walks without recursion: JSON may be nested deeper than the stack.
 */
export function requireKeepable(value: unknown): void {
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const each = waiting.pop();
    if (typeof each === 'string') requireKeepableText(each);
    else if (typeof each === 'object' && each !== null) for (const [name, inner] of Object.entries(each)) waiting.push(name, inner);
  }
}

function requireKeepableText(text: string): void {
  if (text.includes('\0')) throw nul();
  if (!text.isWellFormed()) throw badInput('text/surrogate', 'A text holds half of a surrogate pair (U+D800 to U+DFFF), which is no character and cannot be kept.');
}

/** NUL written as an escape inside a GraphQL document: \u0000 or \u{0}. Half a surrogate pair is an error of syntax there. */
const NUL_IN_DOCUMENT = /(?<!\\)(?:\\\\)*\\u(?:0000|\{0+\})/;

/** The same for the text of a query, whose strings are only read later. */
export function requireKeepableDocument(query: unknown): void {
  if (typeof query === 'string' && NUL_IN_DOCUMENT.test(query)) throw nul();
}

/** What was nested so deep that walking through it ran out of stack; null for every other error. Nothing else of ours calls itself that often. */
export const tooDeep = (error: unknown): Refusal | null => (error instanceof RangeError && /call stack/i.test(error.message) ? badInput('http/too-deep', 'The request is nested too deeply.') : null);

const nul = (): Refusal => badInput('text/nul', 'A text holds the character NUL (U+0000), which cannot be kept.');
