import { mentionsInDocument, type Mention } from '../../domain/richtext/mentions.ts';
import { noteMarkdown } from '../../domain/richtext/note-markdown.ts';
import { noteExcerpt, noteText } from '../../domain/richtext/note-text.ts';
import { MOST_OWN_VERSIONS, versionDue } from '../../domain/notes/version-due.ts';
import type { Note } from '../ports/notes.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { announceNote } from './announce-note.ts';

type Needs = Pick<Ports, 'store' | 'noteDocuments' | 'clock' | 'ids'>;

/**
 * What follows from a note's words: search finds them, what they mention is linked back, lists show how they begin, watchers hear of it, and now and then a version is kept.
 * Doing it again changes nothing; a note that was deleted has nothing.
 */
export async function deriveNote(ports: Needs, request: { readonly note: string; readonly deserted: boolean }): Promise<void> {
  await ports.store.transaction(async (tx) => {
    const note = await tx.notes.lock(request.note);
    if (!note || (note.derivedUpdate >= note.lastUpdate && !request.deserted)) return;
    await deriveLocked(ports, tx, { note, deserted: request.deserted });
  });
}

/** The same for a note whose row is locked, as it was read under the lock. */
export async function deriveLocked(ports: Omit<Needs, 'store'>, tx: Transaction, { note, deserted }: { readonly note: Note; readonly deserted: boolean }): Promise<void> {
  const updates = (await tx.notes.since(note.id, 0)).map(({ data }) => data);
  const document = ports.noteDocuments.document(updates);
  const lastVersion = await tx.notes.lastVersion(note.id);
  const authorId = (await tx.notes.lastAuthor(note.id)) ?? lastVersion?.authorId ?? note.createdById;
  const now = ports.clock.now();
  await tx.search.put({ subjectId: note.id, subjectKind: 'note', projectId: note.projectId, title: note.title, body: noteText(document) });
  if (note.derivedUpdate < note.lastUpdate) {
    const mentioned = await tx.mentions.replace({ kind: 'note', id: note.id, subjectId: note.subjectId, projectId: note.projectId, authorId, at: now }, mentionsInDocument(document));
    await tellMentioned(tx, { note, authorId, text: noteText(document) }, mentioned);
    await tx.notes.update(note.id, { excerpt: noteExcerpt(document), derivedUpdate: note.lastUpdate });
    await announceNote(tx, note, { actorId: authorId, verb: 'edited' });
  }
  if (!versionDue({ last: lastVersion, lastUpdate: note.lastUpdate, authorId, deserted, now })) return;
  await tx.notes.addVersion({ id: ports.ids.next('note-version'), noteId: note.id, name: null, authorId, createdAt: now, upTo: note.lastUpdate, state: ports.noteDocuments.compact(updates), markdown: noteMarkdown(document) });
  await tx.notes.trimVersions(note.id, MOST_OWN_VERSIONS);
}

/** People whom a note mentions for the first time hear of it; whether they may read it is asked when they are told. */
async function tellMentioned(tx: Transaction, { note, authorId, text }: { readonly note: Note; readonly authorId: string; readonly text: string }, mentioned: readonly Mention[]): Promise<void> {
  const addresseeIds = mentioned.flatMap(({ kind, id }) => (kind === 'person' ? [id] : []));
  if (addresseeIds.length === 0) return;
  const experimentId = note.subjectKind === 'experiment' ? note.subjectId : null;
  await tx.happenings.add({ kind: 'MENTIONED', projectId: note.projectId, experimentId, subjectId: note.id, actorId: authorId, addresseeIds, detail: { about: `${note.title}: ${text}`.slice(0, 300), path: `/n/${note.id}` } });
}
