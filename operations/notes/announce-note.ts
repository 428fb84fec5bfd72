import type { Note } from '../ports/notes.ts';
import type { Transaction } from '../ports/store.ts';

export type NoteVerb = 'created' | 'renamed' | 'deleted' | 'edited' | 'version-kept' | 'version-restored' | 'file-added';

/** Watchers of the subject hear of it; the record says who did it, but for edits, which the note's own history holds. */
export async function announceNote(tx: Transaction, note: Pick<Note, 'id' | 'projectId' | 'subjectId' | 'subjectKind'>, { actorId, verb, detail = {} }: { readonly actorId: string | null; readonly verb: NoteVerb; readonly detail?: Readonly<Record<string, unknown>> }): Promise<void> {
  const { id, projectId, subjectId, subjectKind } = note;
  const experimentId = subjectKind === 'experiment' ? subjectId : subjectKind === 'run' ? ((await tx.threads.subject(subjectId))?.experimentId ?? null) : null;
  await tx.outbox.change({ noun: 'note', id, verb, projectId, experimentId, subjectId });
  if (verb !== 'edited') await tx.audit.append({ projectId, actorId, action: `note.${verb}`, subjectKind: 'note', subjectId: id, detail: { about: subjectId, ...detail } });
}
