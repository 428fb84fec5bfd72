import * as Y from 'yjs';
import { parseNoteDocument, type NoteDocument } from '../../domain/richtext/note-document.ts';
import type { NoteDocuments } from '../../operations/ports/note-documents.ts';
import { NoteLine, says } from './passages.ts';
import { contentOf } from './read-content.ts';
import { replaceBlocks } from './write-content.ts';

/** The fragment that the editor's collaboration extension edits. */
const FIELD = 'default';

export const yjsNoteDocuments: NoteDocuments = {
  parse(update) {
    try {
      // What Yjs decodes and writes anew is an update and nothing else; it reads past what follows.
      return Y.mergeUpdates([new Uint8Array(update), NOTHING]);
    } catch {
      return null;
    }
  },
  merge: (updates) => Y.mergeUpdates([...updates]),
  compact(updates) {
    const merged = Y.mergeUpdates([...updates]);
    const doc = new Y.Doc();
    try {
      Y.applyUpdate(doc, merged);
      return Y.encodeStateAsUpdate(doc);
    } catch {
      return merged;
    } finally {
      doc.destroy();
    }
  },
  document: (updates) => withDoc(updates, (doc) => parsed(doc)),
  begin(document) {
    const doc = new Y.Doc();
    doc.transact(() => { replaceBlocks(doc.getXmlFragment(FIELD), document); });
    const update = Y.encodeStateAsUpdate(doc);
    doc.destroy();
    return update;
  },
  turnInto: (updates, document) => withDoc(updates, (doc) => {
    const before = Y.encodeStateVector(doc);
    let changed = false;
    doc.on('update', () => { changed = true; });
    doc.transact(() => { replaceBlocks(doc.getXmlFragment(FIELD), document); });
    return changed ? Y.encodeStateAsUpdate(doc, before) : null;
  }),
  passages: (updates, asked) => withDoc(updates, (doc) => {
    const line = new NoteLine(doc, doc.getXmlFragment(FIELD).toArray());
    return asked.map((passage) => line.now(passage));
  }),
  onceSaid: (updates, passage) => withDoc([], (doc) => updates.some((update) => {
    applyIfPossible(doc, update);
    return says(doc, doc.getXmlFragment(FIELD), passage);
  })),
};

/** An update that says nothing: of one update alone Yjs would hand back what it was given, unread. */
const NOTHING = Y.encodeStateAsUpdate(new Y.Doc());

/** One update that Yjs cannot take in takes nothing else with it. */
function applyIfPossible(doc: Y.Doc, update: Uint8Array): void {
  try {
    Y.applyUpdate(doc, update);
  } catch {
    // Left out by everybody who reads the note.
  }
}

const parsed = (doc: Y.Doc): NoteDocument => parseNoteDocument(contentOf(doc.getXmlFragment(FIELD)));

function withDoc<T>(updates: readonly Uint8Array[], work: (doc: Y.Doc) => T): T {
  const doc = new Y.Doc();
  try {
    for (const update of updates) applyIfPossible(doc, update);
    return work(doc);
  } finally {
    doc.destroy();
  }
}
