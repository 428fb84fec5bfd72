import { badInput, forbidden, type Refusal } from '../refusal.ts';
import { requiredText } from '../richtext/plain-text.ts';
import { plainWords } from '../richtext/plain-words.ts';

/** Characters of one comment. */
export const MOST_COMMENT = 50_000;

export const commentBody = (given: string): string => requiredText(given, { code: 'comment/body', name: 'The comment', maxLength: MOST_COMMENT });

interface Written { readonly authorId: string; readonly guestName: string | null; readonly deletedAt: Date | null }
const gone = (): Refusal => badInput('comment/deleted', 'This comment was deleted.');

/** Only who wrote a comment changes it, and only while it is there. */
export function editRefusal(comment: { readonly authorId: string; readonly deletedAt?: Date | null }, personId: string): Refusal | null {
  if (comment.authorId !== personId) return forbidden('comment/not-yours', 'Only the person who wrote a comment can change it.');
  return comment.deletedAt ? gone() : null;
}

/** Who wrote a comment deletes it, and who keeps order in the project; what a guest wrote, any member. */
export function deleteRefusal(comment: Written, by: { readonly personId: string; readonly moderates: boolean; readonly keepsGuests: boolean }): Refusal | null {
  const mayDelete = comment.authorId === by.personId || by.moderates || (comment.guestName !== null && by.keepsGuests);
  if (!mayDelete) return forbidden('comment/not-yours', 'Only the person who wrote a comment, and maintainers of the project, can delete it.');
  return comment.deletedAt ? gone() : null;
}

/** Who started a thread, and members of the project, may settle it. */
export const mayResolve = (thread: { readonly createdById: string }, by: { readonly personId: string; readonly member: boolean; readonly reader: boolean }): boolean =>
  by.reader && (by.member || thread.createdById === by.personId);

/** A page of them at most, and what is read when nobody says. */
export const COMMENT_PAGE = 200;

/** Kept of an edited comment: so many earlier wordings, the newest. */
export const MOST_EDITS = 50;

/** So many comments, by their numbers, are one part for search: what is said costs one part, however long the thread. */
const SEARCHED_TOGETHER = 50;

export interface ThreadPart {
  readonly part: number;
  /** Numbers of its first and last comment. */
  readonly from: number;
  readonly to: number;
}

export function partOf(number: number): ThreadPart {
  const part = Math.floor((number - 1) / SEARCHED_TOGETHER);
  return { part, from: part * SEARCHED_TOGETHER + 1, to: (part + 1) * SEARCHED_TOGETHER };
}

/** What search finds a part of a thread by: everything said in it, and at its beginning the first line. */
export function threadWords(bodies: readonly string[], part: number): { readonly title: string; readonly body: string } {
  const words = bodies.map(plainWords);
  const [firstLine] = part > 0 ? [] : (words[0] ?? '').split('\n', 1);
  return { title: (firstLine ?? '').slice(0, 120), body: words.join('\n\n') };
}
