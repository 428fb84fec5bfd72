import type { Viewer } from '../../domain/access/viewer.ts';
import { MOST_NOTE_BYTES } from '../../domain/notes/collab-frame.ts';
import { noteTitle, requireNotable, requireRoomForNote } from '../../domain/notes/note.ts';
import { conflict, notFound } from '../../domain/refusal.ts';
import { parseNoteDocument } from '../../domain/richtext/note-document.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Note } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { announceNote } from './announce-note.ts';
import { deriveLocked } from './derive-note.ts';

const unknownSubject = () => notFound('note/unknown-subject', 'There is nothing with this id, or you may not see it.');

export interface NewNote {
  /** Id of what it is about. */
  readonly subject: string;
  readonly title: string;
  /** What it begins with, as ProseMirror JSON; empty when absent. */
  readonly document?: unknown;
}

type Needs = Pick<Ports, 'store' | 'noteDocuments' | 'clock' | 'ids'>;

/** Begins a note about a thing. Answers its id. */
export const createNote = (ports: Needs, viewer: Viewer, given: NewNote): Promise<string> => ports.store.transaction((tx) => beginNote(ports, tx, { viewer, given }));

/** The same as part of another operation, such as the minutes of a meeting. */
export async function beginNote(ports: Omit<Needs, 'store'>, tx: Transaction, { viewer, given }: { readonly viewer: Viewer; readonly given: NewNote }): Promise<string> {
  const title = noteTitle(given.title);
  const subject = await tx.threads.subject(given.subject);
  if (!subject || subject.id !== given.subject) throw unknownSubject();
  await projectOf(tx, viewer, subject.projectId, { action: 'note.edit', unknown: unknownSubject });
  requireNotable(subject.kind);
  requireRoomForNote(await tx.notes.count(subject.id));
  const now = ports.clock.now();
  const note: Note = {
    id: ports.ids.next('note'), projectId: subject.projectId, subjectId: subject.id, subjectKind: subject.kind, title, createdById: viewer.personId,
    createdAt: now, updatedAt: now, deletedAt: null, lastUpdate: 0, stateUpdate: 0, bytes: 0, derivedUpdate: 0, excerpt: '',
  };
  await tx.notes.insert(note);
  await announceNote(tx, note, { actorId: viewer.personId, verb: 'created', detail: { title } });
  const written = given.document === undefined || given.document === null ? null : ports.noteDocuments.begin(parseNoteDocument(given.document));
  if (written && written.length > MOST_NOTE_BYTES) throw conflict('note/too-large', 'A note holds at most 16 MB. Attach it as a file instead.');
  if (written) await tx.notes.append(note, [{ authorId: viewer.personId, data: written }], now);
  await deriveLocked(ports, tx, { note: { ...note, lastUpdate: written ? 1 : 0 }, deserted: false });
  return note.id;
}
