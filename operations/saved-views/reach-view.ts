import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { projectOf } from '../experiments/reach.ts';
import type { SavedView } from '../ports/saved-views.ts';
import type { Transaction } from '../ports/store.ts';

const unknownView = () => notFound('saved-view/unknown', 'There is no such view, or you may not see it.');

/** The view, after the right to change the views of its project was checked. */
export async function reachView(tx: Transaction, viewer: Viewer, id: string): Promise<SavedView> {
  const view = await tx.savedViews.get(id);
  if (!view) throw unknownView();
  await projectOf(tx, viewer, view.projectId, { action: 'view.save', unknown: unknownView });
  return view;
}
