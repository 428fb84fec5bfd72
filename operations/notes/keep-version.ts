import type { Viewer } from '../../domain/access/viewer.ts';
import { versionName } from '../../domain/notes/note.ts';
import { noteMarkdown } from '../../domain/richtext/note-markdown.ts';
import type { Note } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { announceNote } from './announce-note.ts';
import { reachNote } from './reach-note.ts';

type Needs = Pick<Ports, 'store' | 'noteDocuments' | 'clock' | 'ids'>;

/** Keeps the note as it is now under a name. Answers the note's id and the version's. */
export async function keepVersion(ports: Needs, viewer: Viewer, request: { readonly note: string; readonly name: string }): Promise<{ readonly note: string; readonly version: string }> {
  return ports.store.transaction(async (tx) => {
    const { thing: note } = await reachNote(tx, viewer, request.note);
    const version = await addVersion(ports, tx, { note, name: versionName(request.name), authorId: viewer.personId });
    await announceNote(tx, note, { actorId: viewer.personId, verb: 'version-kept', detail: { version, name: request.name } });
    return { note: note.id, version };
  });
}

export async function addVersion(ports: Omit<Needs, 'store'>, tx: Transaction, { note, name, authorId }: { readonly note: Note; readonly name: string | null; readonly authorId: string }): Promise<string> {
  const updates = (await tx.notes.since(note.id, 0)).map(({ data }) => data);
  const id = ports.ids.next('note-version');
  const markdown = noteMarkdown(ports.noteDocuments.document(updates));
  await tx.notes.addVersion({ id, noteId: note.id, name, authorId, createdAt: ports.clock.now(), upTo: note.lastUpdate, state: ports.noteDocuments.compact(updates), markdown });
  return id;
}
