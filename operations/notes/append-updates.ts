import { MOST_NOTE_BYTES, MOST_UPDATE_BYTES } from '../../domain/notes/collab-frame.ts';
import { FOLD_AFTER } from '../../domain/notes/note.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { badInput, conflict, Refusal } from '../../domain/refusal.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Note, NumberedUpdate } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
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
  const parsed = edits.map(({ data }) => parsedUpdate(ports, data));
  return ports.store.transaction(async (tx) => {
    const note = await tx.notes.lock(noteId);
    if (!note) throw unknownNote();
    const now = ports.clock.now();
    const incoming = edits.reduce((sum, { data }) => sum + data.length, 0);
    const behind = note.lastUpdate - note.stateUpdate;
    const folded = behind >= FOLD_AFTER || (behind > 0 && note.bytes + incoming > MOST_NOTE_BYTES) ? await fold(ports, tx, note) : note;
    const refusals: (Refusal | null)[] = [];
    const taken: { readonly authorId: string; readonly data: Uint8Array }[] = [];
    let { bytes } = folded;
    for (const [at, update] of parsed.entries()) {
      const viewer = edits[at]?.viewer;
      const refusal = update instanceof Refusal ? update : await refusalOf(tx, viewer, folded);
      if (refusal || update instanceof Refusal || !viewer) { refusals.push(refusal); continue; }
      if (bytes + update.length > MOST_NOTE_BYTES) { refusals.push(noteTooLarge()); continue; }
      bytes += update.length;
      taken.push({ authorId: viewer.personId, data: update });
      refusals.push(null);
    }
    const updates = taken.length === 0 ? [] : await tx.notes.append(folded, byAuthor(ports, taken), now);
    return { updates, refusals };
  });
}

const noteTooLarge = (): Refusal => conflict('note/too-large', 'The note would be larger than 16 MB. Take something out, or begin another note.');

function parsedUpdate({ noteDocuments }: Needs, data: Uint8Array): Uint8Array | Refusal {
  if (data.length > MOST_UPDATE_BYTES) return conflict('note/update-too-large', 'At most 1 MB is taken in one piece. Attach it as a file instead.');
  return noteDocuments.parse(data) ?? badInput('note/not-an-update', 'This is not an update of a note.');
}

async function refusalOf(tx: Transaction, viewer: Viewer | undefined, note: Note): Promise<Refusal | null> {
  try {
    if (!viewer) return unknownNote();
    await projectOf(tx, viewer, note.projectId, { action: 'note.edit', unknown: unknownNote });
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
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

async function fold({ noteDocuments }: Needs, tx: Transaction, note: Note): Promise<Note> {
  const state = noteDocuments.compact((await tx.notes.since(note.id, 0)).map(({ data }) => data));
  await tx.notes.fold(note, state);
  return { ...note, stateUpdate: note.lastUpdate, bytes: state.length };
}
