import type { SavedView } from '../ports/saved-views.ts';
import type { Transaction } from '../ports/store.ts';

/** Views are the project's: who watches it hears of them. */
export async function announceView(tx: Transaction, view: SavedView, { actorId, verb }: { readonly actorId: string; readonly verb: 'saved' | 'updated' | 'deleted' }): Promise<void> {
  await tx.outbox.change({ noun: 'project', id: view.projectId, verb: `view-${verb}`, projectId: view.projectId, experimentId: null, subjectId: null });
  await tx.audit.append({ projectId: view.projectId, actorId, action: `saved-view.${verb}`, subjectKind: 'project', subjectId: view.projectId, detail: { savedViewId: view.id, name: view.name } });
}
