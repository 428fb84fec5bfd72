import type { Viewer } from '../../domain/access/viewer.ts';
import type { Note } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
import { announceNote } from './announce-note.ts';
import { reachNote } from './reach-note.ts';

/** Takes a note away for everybody, those who have it open included. Its content stays in the database. Answers the note as it was. */
export async function deleteNote(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly note: string }): Promise<Note> {
  return ports.store.transaction(async (tx) => {
    const { thing: note } = await reachNote(tx, viewer, request.note);
    await tx.notes.update(note.id, { deletedAt: ports.clock.now() });
    await tx.search.remove(note.id);
    await tx.mentions.remove(note.id);
    await announceNote(tx, note, { actorId: viewer.personId, verb: 'deleted', detail: { title: note.title } });
    return note;
  });
}
