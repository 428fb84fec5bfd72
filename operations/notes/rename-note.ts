import type { Viewer } from '../../domain/access/viewer.ts';
import { noteTitle } from '../../domain/notes/note.ts';
import { noteText } from '../../domain/richtext/note-text.ts';
import type { Ports } from '../ports/ports.ts';
import { announceNote } from './announce-note.ts';
import { reachNote } from './reach-note.ts';

/** Gives a note another title. Answers its id. */
export async function renameNote(ports: Pick<Ports, 'store' | 'noteDocuments' | 'clock'>, viewer: Viewer, request: { readonly note: string; readonly title: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: note } = await reachNote(tx, viewer, request.note);
    const title = noteTitle(request.title);
    if (title === note.title) return note.id;
    await tx.notes.update(note.id, { title, updatedAt: ports.clock.now() });
    const document = ports.noteDocuments.document((await tx.notes.since(note.id, 0)).map(({ data }) => data));
    await tx.search.put({ subjectId: note.id, subjectKind: 'note', projectId: note.projectId, title, body: noteText(document) });
    await announceNote(tx, note, { actorId: viewer.personId, verb: 'renamed', detail: { from: note.title, to: title } });
    return note.id;
  });
}
