import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../ports/ports.ts';
import type { SavedView } from '../ports/saved-views.ts';
import { announceView } from './announce-view.ts';
import { reachView } from './reach-view.ts';

/** Takes a view's name away. Its address goes on showing what it says. Answers the view as it was. */
export async function deleteView(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly savedView: string }): Promise<SavedView> {
  return ports.store.transaction(async (tx) => {
    const view = await reachView(tx, viewer, request.savedView);
    await tx.savedViews.delete(view.id);
    await announceView(tx, view, { actorId: viewer.personId, verb: 'deleted' });
    return view;
  });
}
