import { RE2JS, RE2JSSyntaxException } from 're2js';
import { everything, type KeySearch } from './metric-search.ts';

// Imported only where somebody searches by a pattern: RE2 is large (260 kB before it is made small). It takes time linear in a name, whatever the pattern,
// where the browser's own expressions take for ever with one such as (a+)+$, which may come in a link.

/** The name matches a regular expression, whatever the case. */
export function patternSearch(text: string): KeySearch {
  try {
    const pattern = RE2JS.compile(RE2JS.translateRegExp(text), RE2JS.CASE_INSENSITIVE);
    return { matches: (key) => pattern.test(key), problem: null };
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    return everything(problemOf(text, error.getDescription()));
  }
}

function problemOf(text: string, description: string): string {
  // Half-typed patterns are the rule, not an error: what is there stays until the pattern is whole.
  if (!isWhole(text)) return 'This is not a regular expression yet.';
  return /repeat|nests|large/.test(description) ? 'This regular expression repeats or nests too much.' : 'Lookarounds and backreferences cannot be searched for.';
}

/** Whether it is one to the browser, which is asked to read it and never to match it. */
function isWhole(text: string): boolean {
  try {
    return new RegExp(text, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
}
