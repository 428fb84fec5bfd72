import type { Viewer } from '../../domain/access/viewer.ts';
import type { Ports } from '../ports/ports.ts';
import type { SavedSearch } from '../ports/saved-searches.ts';
import { ownSearch } from './own-search.ts';

/** Forgets one of the viewer's saved searches. Its address goes on asking what it asks. Answers the search as it was. */
export async function deleteSearch(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly savedSearch: string }): Promise<SavedSearch> {
  return ports.store.transaction(async (tx) => {
    const search = await ownSearch(tx, viewer, request.savedSearch);
    await tx.savedSearches.delete(search.id);
    return search;
  });
}
