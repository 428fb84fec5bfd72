import type { Viewer } from '../../domain/access/viewer.ts';
import { conflict } from '../../domain/refusal.ts';
import { checkSearchName, checkSearchState, MOST_SEARCHES } from '../../domain/saved-searches/saved-search.ts';
import type { Ports } from '../ports/ports.ts';
import type { SavedSearch } from '../ports/saved-searches.ts';
import { ownSearch } from './own-search.ts';

/** Keeps a question for the viewer under a name that none of theirs has. Nobody else is told: it is nobody else's. */
export async function saveSearch(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, { personId }: Viewer, request: { readonly name: string; readonly state: string }): Promise<SavedSearch> {
  const name = checkSearchName(request.name);
  const state = checkSearchState(request.state);
  return ports.store.transaction(async (tx) => {
    if ((await tx.savedSearches.count(personId)) >= MOST_SEARCHES) throw conflict('saved-search/too-many', `You keep ${MOST_SEARCHES} searches, as many as there can be. Delete one that you no longer use.`);
    if (await tx.savedSearches.byName(personId, name)) throw nameTaken(name);
    const now = ports.clock.now();
    const search: SavedSearch = { id: ports.ids.next('saved-search'), personId, name, state, createdAt: now, updatedAt: now };
    await tx.savedSearches.insert(search);
    return search;
  });
}

/** Gives one of the viewer's saved searches another name. */
export async function renameSearch(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly savedSearch: string; readonly name: string }): Promise<SavedSearch> {
  const name = checkSearchName(request.name);
  return ports.store.transaction(async (tx) => {
    const before = await ownSearch(tx, viewer, request.savedSearch);
    if (name === before.name) return before;
    if (await tx.savedSearches.byName(viewer.personId, name)) throw nameTaken(name);
    const search = { ...before, name, updatedAt: ports.clock.now() };
    await tx.savedSearches.update(search);
    return search;
  });
}

const nameTaken = (name: string) => conflict('saved-search/name-taken', `You have a saved search "${name}" already. Choose another name.`);
