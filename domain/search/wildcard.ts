import { badInput } from '../refusal.ts';

/** Characters that may still be looked at: patterns come from outside, and all together may not take the time of everybody else. */
export interface MatchingWork { left: number }

/** About a tenth of a second. Patterns that people write over 100,000 runs take a twentieth of it. */
export const MOST_MATCHING_WORK = 15_000_000;
/** A text is searched for a plain piece of it about this many characters at once. */
const AT_ONCE = 32;

/**
 * SQL's LIKE: `%` is any text, `_` any one character, and nothing escapes them. ILIKE with `ignoreCase`.
 * Never slower than the text's length times the pattern's: a pattern comes from outside, and as a regular expression it could take for ever.
 * Refuses with `search/too-much-work` when the work is used up.
 */
export function wildcard(pattern: string, ignoreCase: boolean, work: MatchingWork): (text: string) => boolean {
  const given = ignoreCase ? pattern.toLowerCase() : pattern;
  const plain = plainMatch(given);
  const codes = Int32Array.from(Array.from(given), (character) => (character === '%' ? ANY : character === '_' ? ONE : character.codePointAt(0) ?? 0));
  const test = plain
    ? (text: string) => { take(work, text.length / AT_ONCE); return plain(text); }
    : (text: string) => matches(codesOf(text), codes, work);
  return ignoreCase ? (text) => test(text.toLowerCase()) : test;
}

function take(work: MatchingWork, characters: number): void {
  work.left -= characters;
  if (work.left < 0) throw badInput('search/too-much-work', 'This pattern looks at too many characters of too many runs. Give it fewer % and _, or another condition before it that leaves fewer runs.');
}

const SURROGATE = /[\uD800-\uDFFF]/;
const ANY = -1;
const ONE = -2;

function codesOf(text: string): Int32Array {
  if (SURROGATE.test(text)) return Int32Array.from(Array.from(text), (character) => character.codePointAt(0) ?? 0);
  const codes = new Int32Array(text.length);
  for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  return codes;
}

/** The usual patterns: a text, what it starts with, ends with, or has in it. */
function plainMatch(pattern: string): ((text: string) => boolean) | null {
  const [, before, inner, after] = /^(%?)([^%_]*)(%?)$/s.exec(pattern) ?? [];
  if (inner === undefined) return null;
  if (before && after) return (text) => text.includes(inner);
  if (before) return (text) => text.endsWith(inner);
  return after ? (text) => text.startsWith(inner) : (text) => text === inner;
}

function matches(text: Int32Array, pattern: Int32Array, work: MatchingWork): boolean {
  let [at, place, lastAny, retryFrom] = [0, 0, -1, 0];
  take(work, text.length);
  while (at < text.length) {
    const wanted = pattern[place];
    if (wanted === ANY) {
      lastAny = place;
      retryFrom = at;
      place += 1;
    } else if (wanted === ONE || wanted === text[at]) {
      at += 1;
      place += 1;
    } else if (lastAny >= 0) {
      take(work, at - retryFrom);
      place = lastAny + 1;
      retryFrom += 1;
      at = retryFrom;
    } else {
      return false;
    }
  }
  while (pattern[place] === ANY) place += 1;
  return place === pattern.length;
}
