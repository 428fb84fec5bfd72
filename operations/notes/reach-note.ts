import type { ProjectAction } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { projectOf, type Reached } from '../experiments/reach.ts';
import type { Note } from '../ports/notes.ts';
import type { Transaction } from '../ports/store.ts';

export const unknownNote = () => notFound('note/unknown', 'There is no such note, or you may not see it.');

/** The note, its row locked until the transaction ends, after the right was checked. */
export async function reachNote(tx: Transaction, viewer: Viewer, id: string, action: ProjectAction = 'note.edit'): Promise<Reached<Note>> {
  const thing = await tx.notes.lock(id);
  if (!thing) throw unknownNote();
  return { thing, project: await projectOf(tx, viewer, thing.projectId, { action, unknown: unknownNote }) };
}
