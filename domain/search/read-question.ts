import { Refusal } from '../refusal.ts';
import { parseRunFilter } from './parse-run-filter.ts';

/** What was typed into the one box: a filter that can be read, or words; `nearly` says what is wrong with words that look like a filter. */
export type Question = { readonly kind: 'filter' } | { readonly kind: 'words'; readonly nearly: string | null };

const LOOKS_LIKE_A_FILTER = /[<>=]|^\s*(?:metrics?|params?|tags?|attributes?|datasets?|hypothesis)\.\S|^\s*(?:changed|ancestor|descendant)\s/i;

/** Reads a question. Only what is a whole filter is one: no guess is made about half of one. */
export function readQuestion(text: string): Question {
  try {
    return parseRunFilter(text) === null ? { kind: 'words', nearly: null } : { kind: 'filter' };
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    return { kind: 'words', nearly: LOOKS_LIKE_A_FILTER.test(text) ? refusal.message : null };
  }
}
