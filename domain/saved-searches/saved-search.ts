import { badInput } from '../refusal.ts';
import { FACETS } from '../search/facets.ts';

/** Most that one person keeps: the list stays one that is read, and is never paged. */
export const MOST_SEARCHES = 100;
/** Longer addresses are refused by servers and proxies on the way. */
const LONGEST_STATE = 8_000;
/** What the address of the page Search can say: the question, that it is looked for as words, and what was chosen of what was found. */
const PARAMETERS: ReadonlySet<string> = new Set(['q', 'as', ...FACETS]);

export function checkSearchName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 80) throw badInput('saved-search/name', 'A saved search is named with 1 to 80 characters.');
  return name;
}

/** The parameters of the search's address, without its "?". Only a question is kept, never what it found: who opens it sees what they may see then. */
export function checkSearchState(text: string): string {
  if (text.length > LONGEST_STATE) throw badInput('saved-search/too-long', `This search is too long to be saved: its address has ${text.length} characters, and at most ${LONGEST_STATE} are kept. Take words or conditions away.`);
  if (/[\s?#<>"]/.test(text)) throw badInput('saved-search/state', 'The state of a saved search is the parameters of its address, encoded as they stand there and without the question mark.');
  const given = text.split('&').map((parameter) => parameter.split('=', 1)[0] ?? '');
  const unknown = given.find((name, at) => !PARAMETERS.has(name) || given.indexOf(name) !== at);
  if (unknown !== undefined) throw badInput('saved-search/state', `The address of a search has each of ${[...PARAMETERS].join(', ')} at most once; "${unknown.slice(0, 40)}" is something else, or there twice.`);
  if (!/(?:^|&)q=(?!(?:\+|%20)*(?:&|$))/.test(text)) throw badInput('saved-search/nothing-asked', 'There is nothing to save yet: type words or a filter first.');
  return text;
}
