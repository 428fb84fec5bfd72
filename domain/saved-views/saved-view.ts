import { badInput } from '../refusal.ts';

/** What is saved of a view is what its address says. */
const LONGEST_STATE = 20_000;
export const MOST_VIEWS = 200;

export function checkViewName(text: string): string {
  const name = text.trim();
  if (name === '' || name.length > 80) throw badInput('saved-view/name', 'A view is named with 1 to 80 characters.');
  return name;
}

/** The parameters of an address, without its "?". */
export function checkViewState(text: string): string {
  if (text.length > LONGEST_STATE) throw badInput('saved-view/too-long', `This view is too long to be saved: its address has ${text.length} characters, and at most ${LONGEST_STATE} are kept. Take columns or conditions away.`);
  if (/[\s?#<>"]/.test(text)) throw badInput('saved-view/state', 'The state of a view is the parameters of its address, encoded as they stand there and without the question mark.');
  return text;
}
