/**
 * SQL's LIKE: `%` is any text, `_` any one character, and nothing escapes them. ILIKE with `ignoreCase`.
 * Never slower than the text's length times the pattern's: a pattern comes from outside, and as a regular expression it could take for ever.
 */
export function wildcard(pattern: string, ignoreCase: boolean): (text: string) => boolean {
  const given = ignoreCase ? pattern.toLowerCase() : pattern;
  const plain = plainMatch(given);
  const characters = Array.from(given);
  const test = plain ?? ((text: string) => matches(SURROGATE.test(text) ? Array.from(text) : text, characters));
  return ignoreCase ? (text) => test(text.toLowerCase()) : test;
}

const SURROGATE = /[\uD800-\uDFFF]/;

/** The usual patterns: a text, what it starts with, ends with, or has in it. */
function plainMatch(pattern: string): ((text: string) => boolean) | null {
  const [, before, inner, after] = /^(%?)([^%_]*)(%?)$/s.exec(pattern) ?? [];
  if (inner === undefined) return null;
  if (before && after) return (text) => text.includes(inner);
  if (before) return (text) => text.endsWith(inner);
  return after ? (text) => text.startsWith(inner) : (text) => text === inner;
}

function matches(text: ArrayLike<string>, pattern: readonly string[]): boolean {
  let [at, place, lastAny, retryFrom] = [0, 0, -1, 0];
  while (at < text.length) {
    const wanted = pattern[place];
    if (wanted === '%') {
      lastAny = place;
      retryFrom = at;
      place += 1;
    } else if (wanted === '_' || wanted === text[at]) {
      at += 1;
      place += 1;
    } else if (lastAny >= 0) {
      place = lastAny + 1;
      retryFrom += 1;
      at = retryFrom;
    } else {
      return false;
    }
  }
  while (pattern[place] === '%') place += 1;
  return place === pattern.length;
}
