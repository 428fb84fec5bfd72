import { badInput, conflict, forbidden, type Refusal } from '../refusal.ts';
import { requiredText } from '../richtext/plain-text.ts';
import { plainWords } from '../richtext/plain-words.ts';

export const commentBody = (given: string): string => requiredText(given, { code: 'comment/body', name: 'The comment', maxLength: 50_000 });

interface Written { readonly authorId: string; readonly deletedAt: Date | null }
const gone = (): Refusal => badInput('comment/deleted', 'This comment was deleted.');

/** Only who wrote a comment changes it, and only while it is there. */
export function editRefusal(comment: { readonly authorId: string; readonly deletedAt?: Date | null }, personId: string): Refusal | null {
  if (comment.authorId !== personId) return forbidden('comment/not-yours', 'Only the person who wrote a comment can change it.');
  return comment.deletedAt ? gone() : null;
}

/** Who wrote a comment deletes it, and who keeps order in the project. */
export function deleteRefusal(comment: Written, by: { readonly personId: string; readonly moderates: boolean }): Refusal | null {
  if (comment.authorId !== by.personId && !by.moderates) return forbidden('comment/not-yours', 'Only the person who wrote a comment, and maintainers of the project, can delete it.');
  return comment.deletedAt ? gone() : null;
}

/** Who started a thread, and members of the project, may settle it. */
export const mayResolve = (thread: { readonly createdById: string }, by: { readonly personId: string; readonly member: boolean; readonly reader: boolean }): boolean =>
  by.reader && (by.member || thread.createdById === by.personId);

/** More are another discussion. They are read in pages. */
export const MOST_COMMENTS = 1000;
/** A page of them at most, and what is read when nobody says. */
export const COMMENT_PAGE = 200;

export function requireRoom(comments: number): void {
  if (comments >= MOST_COMMENTS) throw conflict('thread/full', `A thread holds at most ${MOST_COMMENTS} comments. Start another one.`);
}

/** Kept of an edited comment: so many earlier wordings, the newest. */
export const MOST_EDITS = 50;

/** What search finds a thread by: its first line, and everything said in it. */
export function threadWords(bodies: readonly string[]): { readonly title: string; readonly body: string } {
  const words = bodies.map(plainWords);
  const [firstLine] = (words[0] ?? '').split('\n', 1);
  return { title: (firstLine ?? '').slice(0, 120), body: words.join('\n\n') };
}
