import { MOST_NOTE_BYTES, MOST_UPDATE_BYTES } from '../../domain/notes/collab-frame.ts';
import { FOLD_AFTER } from '../../domain/notes/note.ts';
import { mayIn } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { badInput, conflict, forbidden, Refusal } from '../../domain/refusal.ts';
import type { Note, NumberedUpdate } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import { unknownNote } from './reach-note.ts';

export interface NoteEdit { readonly viewer: Viewer; readonly data: Uint8Array }

/** What became of each edit, in the order they came: null when it is in, or why it is not. */
export interface Appended { readonly updates: readonly NumberedUpdate[]; readonly refusals: readonly (Refusal | null)[] }

type Needs = Pick<Ports, 'store' | 'noteDocuments' | 'clock'>;

/**
 * Appends the edits of several people to a note in one commit, each under its author's right of this moment. Nothing that is there is changed: where many updates have piled up, what was
 * read under the lock is merged and the rest left alone.
 */
export async function appendUpdates(ports: Needs, noteId: string, edits: readonly NoteEdit[]): Promise<Appended> {
  const parsed = edits.map(({ viewer, data }) => ({ viewer, update: parsedUpdate(ports, data) }));
  return ports.store.transaction(async (tx) => {
    const note = await tx.notes.lock(noteId);
    const project = note && await tx.projects.get(note.projectId);
    if (!note || !project) throw unknownNote();
    const now = ports.clock.now();
    const folded = await foldIfDue(ports, tx, { note, incoming: edits.reduce((sum, { data }) => sum + data.length, 0) });
    let { bytes } = folded;
    const taken: { readonly authorId: string; readonly data: Uint8Array }[] = [];
    const refusals = parsed.map(({ viewer, update }): Refusal | null => {
      const refusal = rightRefusal(viewer, project);
      if (refusal) return refusal;
      if (update instanceof Refusal) return update;
      if (bytes + update.length > MOST_NOTE_BYTES) return noteTooLarge();
      bytes += update.length;
      taken.push({ authorId: viewer.personId, data: update });
      return null;
    });
    return { updates: taken.length === 0 ? [] : await tx.notes.append(folded, byAuthor(ports, taken), now), refusals };
  });
}

const noteTooLarge = (): Refusal => conflict('note/too-large', 'The note would be larger than 16 MB. Take something out, or begin another note.');

function parsedUpdate({ noteDocuments }: Needs, data: Uint8Array): Uint8Array | Refusal {
  if (data.length > MOST_UPDATE_BYTES) return conflict('note/update-too-large', 'At most 1 MB is taken in one piece. Attach it as a file instead.');
  return noteDocuments.parse(data) ?? badInput('note/not-an-update', 'This is not an update of a note.');
}

function rightRefusal(viewer: Viewer, project: Project): Refusal | null {
  const role = roleIn(viewer, project);
  if (role === null) return unknownNote();
  return mayIn(role, 'note.edit') ? null : forbidden('note/read-only', 'You may read this note, but not change it. Ask for the role member in its project.');
}

/** One update for each stretch that one person wrote. */
function byAuthor({ noteDocuments }: Needs, edits: readonly { readonly authorId: string; readonly data: Uint8Array }[]) {
  const stretches: { readonly authorId: string; readonly updates: Uint8Array[] }[] = [];
  for (const { authorId, data } of edits) {
    const last = stretches.at(-1);
    if (last?.authorId === authorId) last.updates.push(data);
    else stretches.push({ authorId, updates: [data] });
  }
  return stretches.map(({ authorId, updates }) => ({ authorId, data: updates.length === 1 && updates[0] ? updates[0] : noteDocuments.merge(updates) }));
}

async function foldIfDue({ noteDocuments }: Needs, tx: Transaction, { note, incoming }: { readonly note: Note; readonly incoming: number }): Promise<Note> {
  const behind = note.lastUpdate - note.stateUpdate;
  if (behind < FOLD_AFTER && (behind === 0 || note.bytes + incoming <= MOST_NOTE_BYTES)) return note;
  const state = noteDocuments.compact((await tx.notes.since(note.id, 0)).map(({ data }) => data));
  await tx.notes.fold(note, state);
  return { ...note, stateUpdate: note.lastUpdate, bytes: state.length };
}
