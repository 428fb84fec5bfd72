import type { Viewer } from '../../domain/access/viewer.ts';
import { fileName, MOST_FILE_BYTES, requireRoomForFile } from '../../domain/notes/note.ts';
import type { NoteFile } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
import { announceNote } from './announce-note.ts';
import { reachNote } from './reach-note.ts';

export interface NewNoteFile { readonly note: string; readonly name: string | null; readonly type: (name: string) => string; readonly content: AsyncIterable<Uint8Array> }

/** Puts a picture or file into a note's keeping. The right is asked for before anything is read, and again before it is written down. */
export async function addNoteFile(ports: Pick<Ports, 'store' | 'blobs' | 'clock' | 'ids'>, viewer: Viewer, given: NewNoteFile): Promise<NoteFile> {
  const room = () => ports.store.transaction(async (tx) => {
    const { thing: note } = await reachNote(tx, viewer, given.note);
    requireRoomForFile(await tx.notes.countFiles(note.id));
  });
  await room();
  const name = fileName(given.name);
  const { sha256, size } = await ports.blobs.write(given.content, MOST_FILE_BYTES);
  return ports.store.transaction(async (tx) => {
    const { thing: note } = await reachNote(tx, viewer, given.note);
    requireRoomForFile(await tx.notes.countFiles(note.id));
    const file: NoteFile = { id: ports.ids.next('note-file'), noteId: note.id, name, type: given.type(name), sha256, size, createdById: viewer.personId, createdAt: ports.clock.now() };
    await tx.notes.addFile(file);
    await announceNote(tx, note, { actorId: viewer.personId, verb: 'file-added', detail: { file: file.id, name } });
    return file;
  });
}
