import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import type { NumberedUpdate } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
import { announceNote } from './announce-note.ts';
import { deriveLocked } from './derive-note.ts';
import { addVersion } from './keep-version.ts';
import { reachNote } from './reach-note.ts';

/**
 * Makes the note say again what a version says, by an edit of whoever asks: what others write in the meantime is merged, blocks that did not differ stay what they are, and what was there
 * before is kept as a version. Answers the note's id.
 */
export async function restoreVersion(ports: Pick<Ports, 'store' | 'noteDocuments' | 'clock' | 'ids' | 'liveNotes'>, viewer: Viewer, request: { readonly note: string; readonly version: string }): Promise<string> {
  const appended = await ports.store.transaction(async (tx): Promise<readonly NumberedUpdate[]> => {
    const { thing: note } = await reachNote(tx, viewer, request.note);
    const version = await tx.notes.version(request.version);
    if (version?.noteId !== note.id) throw notFound('note/unknown-version', 'The note has no such version.');
    const updates = (await tx.notes.since(note.id, 0)).map(({ data }) => data);
    const change = ports.noteDocuments.turnInto(updates, ports.noteDocuments.document([version.state]));
    if (!change) return [];
    const before = await tx.notes.lastVersion(note.id);
    if (!before || before.upTo < note.lastUpdate) await addVersion(ports, tx, { note, name: null, authorId: (await tx.notes.lastAuthor(note.id)) ?? note.createdById });
    const numbered = await tx.notes.append(note, [{ authorId: viewer.personId, data: change }], ports.clock.now());
    const after = { ...note, lastUpdate: note.lastUpdate + 1 };
    await addVersion(ports, tx, { note: after, name: null, authorId: viewer.personId });
    await announceNote(tx, note, { actorId: viewer.personId, verb: 'version-restored', detail: { version: version.id } });
    await deriveLocked(ports, tx, { note: after, deserted: false });
    return numbered;
  });
  if (appended.length > 0) ports.liveNotes.publish(request.note, appended);
  return request.note;
}
