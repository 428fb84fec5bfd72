/** Longest text that is looked for, in characters, and most words of it. */
const MOST_CHARACTERS = 300;
const MOST_WORDS = 12;

/** What someone typed into the search box, made safe and taken apart. */
export interface SearchText {
  /** As typed, blanks collapsed, without characters that no record can hold. */
  readonly text: string;
  /** Letters and digits only, lower case: safe in any query language. */
  readonly words: readonly string[];
  /** Quotes, a leading minus or OR were used: the words are then a query of their own, not parts of words. */
  readonly hasOperators: boolean;
}

/** Null when there is nothing to look for. */
export function searchTextFrom(given: string): SearchText | null {
  const text = given.replaceAll(/[\p{Cc}\p{Co}\s]+/gu, ' ').trim().slice(0, MOST_CHARACTERS);
  const words = [...new Set((text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []))].slice(0, MOST_WORDS);
  if (words.length === 0) return null;
  return { text, words, hasOperators: /"|(?:^|\s)-\S|\sOR\s/.test(text) };
}

/** A LIKE pattern for what contains the text, its own wildcards taken literally. */
export const containing = (text: string): string => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
/** A LIKE pattern for what starts with it. */
export const startingWith = (text: string): string => containing(text).slice(1);
