import { badInput, conflict, forbidden, type Refusal } from '../refusal.ts';
import { requiredText } from '../richtext/plain-text.ts';
import { plainWords } from '../richtext/plain-words.ts';
import { cropFrom } from './chart-crop.ts';

export const commentBody = (given: string): string => requiredText(given, { code: 'comment/body', name: 'The comment', maxLength: 50_000 });

const MOST_ANCHOR = 4000;

/** Where on the subject a thread points: a small JSON object such as {kind: "verdict"}; null for the whole. One on a chart may carry a crop of what was seen there. */
export function threadAnchor(given: unknown): unknown {
  if (given === null || given === undefined) return null;
  if (typeof given !== 'object' || Array.isArray(given)) throw badInput('thread/anchor', 'An anchor is an object, such as {"kind": "verdict"}.');
  const text = JSON.stringify(given);
  if (text.length > MOST_ANCHOR || text.includes('\\u0000')) throw badInput('thread/anchor', `An anchor is at most ${MOST_ANCHOR} characters of JSON, without U+0000.`);
  if ('crop' in given && cropFrom(given.crop) === null) throw badInput('thread/anchor', 'The crop of an anchor is {lines, log, drawnFrom}, with at most 3 lines of 16 points each.');
  return given;
}

/** Only who wrote a comment changes it. */
export function editRefusal(comment: { readonly authorId: string }, personId: string): Refusal | null {
  return comment.authorId === personId ? null : forbidden('comment/not-yours', 'Only the person who wrote a comment can change it.');
}

/** Who started a thread, and members of the project, may settle it. */
export const mayResolve = (thread: { readonly createdById: string }, by: { readonly personId: string; readonly member: boolean; readonly reader: boolean }): boolean =>
  by.reader && (by.member || thread.createdById === by.personId);

/** As many as are read with a thread: none is ever kept where nobody sees it. */
export const MOST_COMMENTS = 200;

export function requireRoom(comments: number): void {
  if (comments >= MOST_COMMENTS) throw conflict('thread/full', `A thread holds at most ${MOST_COMMENTS} comments. Start another one.`);
}

/** What search finds a thread by: its first line, and everything said in it. */
export function threadWords(bodies: readonly string[]): { readonly title: string; readonly body: string } {
  const words = bodies.map(plainWords);
  const [firstLine] = (words[0] ?? '').split('\n', 1);
  return { title: (firstLine ?? '').slice(0, 120), body: words.join('\n\n') };
}
