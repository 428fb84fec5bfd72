/** What finds metrics by name. `problem` says why nothing can be found. */
export interface KeySearch {
  readonly matches: (key: string) => boolean;
  readonly problem: string | null;
}

const EVERYTHING: KeySearch = { matches: () => true, problem: null };

/** Every word typed stands somewhere in the name, whatever the case; or the name matches a regular expression. */
export function keySearch(text: string, regex: boolean): KeySearch {
  if (text.trim() === '') return EVERYTHING;
  if (!regex) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    return { matches: (key) => { const name = key.toLowerCase(); return words.every((word) => name.includes(word)); }, problem: null };
  }
  try {
    const pattern = new RegExp(text, 'iu');
    return { matches: (key) => pattern.test(key), problem: null };
  } catch {
    // Half-typed patterns are the rule, not an error: what is there stays until the pattern is whole.
    return { matches: () => true, problem: 'This is not a regular expression yet.' };
  }
}
