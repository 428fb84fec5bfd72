import { MOST_COMMENT } from '../../domain/threads/thread.ts';

/** Said where more is pasted than a comment holds. */
export const TOO_MUCH = `A comment holds ${MOST_COMMENT.toLocaleString('en')} characters, and that is more. Paste the part that matters, or put all of it into a note.`;

/** A page says the same as its words and is longer: by so much at most, or it is not words that it is made of. */
const MOST_MARKUP = 20 * MOST_COMMENT;

/** Whether it is more than a comment holds: reading it as a page or as Markdown would stop the tab for as long as that takes. */
export function isTooMuch(data: Pick<DataTransfer, 'getData'> | null): boolean {
  return data !== null && (data.getData('text/plain').length > MOST_COMMENT || data.getData('text/html').length > MOST_MARKUP);
}
