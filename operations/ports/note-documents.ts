import type { NoteDocument } from '../../domain/richtext/note-document.ts';

/** The first and the last letter of a passage, by the names that Yjs gave them, base64. */
export interface PassageEnds { readonly from: string; readonly to: string }

/** A passage with what it said when somebody chose it. */
export interface QuotedPassage extends PassageEnds { readonly quote: string }

/** What a note's updates mean. Knows nothing of where they are kept; answers the same for the same bytes. */
export interface NoteDocuments {
  /** The update alone, without anything behind it; null for what is none. */
  parse(update: Uint8Array): Uint8Array | null;
  /** One update that says what all of them say. */
  merge(updates: readonly Uint8Array[]): Uint8Array;
  /** As `merge`, and lets go of what was deleted. */
  compact(updates: readonly Uint8Array[]): Uint8Array;
  /** The note as everybody sees it who has these updates. */
  document(updates: readonly Uint8Array[]): NoteDocument;
  /** The first update of a note that holds this document. */
  begin(document: NoteDocument): Uint8Array;
  /** An update that makes the note hold this document: blocks that are the same stay what they are, so that anchors in them live on. Null when nothing differs. */
  turnInto(updates: readonly Uint8Array[], document: NoteDocument): Uint8Array | null;
  /** What each passage says now, in the order asked; null where nothing of it is left, and for what was never a passage of this note. The quote itself where it still says that. */
  passages(updates: readonly Uint8Array[], asked: readonly QuotedPassage[]): readonly (string | null)[];
  /** Whether the passage said what is quoted of it at some moment while these updates came in one after the other. */
  onceSaid(updates: readonly Uint8Array[], passage: QuotedPassage): boolean;
}
