import { badInput } from '../../domain/refusal.ts';
import type { Seen } from '../../domain/threads/seen.ts';
import type { NoteDocuments, QuotedPassage } from '../ports/note-documents.ts';
import type { KeptUpdate } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';

export const unknownPassage = () => badInput('thread/anchor-unknown', 'The note does not say these words there, or not any more. Choose the words in it again, then send once more.');

/**
 * The words of a passage, to be kept with the thread. They are what stands between its letters, or stood there a moment ago: while somebody writes about them, somebody else may write in them.
 * Refuses what the note never said, and letters that are not of this note.
 */
export async function checkPassage({ noteDocuments }: Pick<Ports, 'noteDocuments'>, tx: Transaction, noteId: string, asked: { readonly passage: QuotedPassage; readonly personId: string }): Promise<Seen> {
  const { passage, personId } = asked;
  const updates = await tx.notes.since(noteId, 0);
  // Where edits crossed, the person saw their own before those of others, whatever their order here.
  const asSeen = [updates, updates.toSorted((a, b) => rank(a, personId) - rank(b, personId))];
  if (!asSeen.some((order) => noteDocuments.onceSaid(bytesOf(order), passage)) && !isElsewhere(noteDocuments, updates, passage)) throw unknownPassage();
  return { kind: 'quote', quote: passage.quote };
}

/** Whether nothing is left between its letters, while its words stand somewhere else: they were moved. */
function isElsewhere(noteDocuments: NoteDocuments, updates: readonly KeptUpdate[], passage: QuotedPassage): boolean {
  const [between, now] = noteDocuments.passages(bytesOf(updates), [{ ...passage, quote: '' }, passage]);
  return between === null && now === passage.quote;
}

/** Those that were merged long ago, then the person's own, then the others. */
const rank = ({ authorId }: KeptUpdate, personId: string): number => (authorId === null ? 0 : authorId === personId ? 1 : 2);

const bytesOf = (updates: readonly KeptUpdate[]): readonly Uint8Array[] => updates.map(({ data }) => data);
