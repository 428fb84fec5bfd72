import type { NoteDocument } from '../../domain/richtext/note-document.ts';

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
}
