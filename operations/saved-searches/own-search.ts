import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import type { SavedSearch } from '../ports/saved-searches.ts';
import type { Transaction } from '../ports/store.ts';

/** A saved search of the viewer. That of anybody else does not exist for them, whatever their role. */
export async function ownSearch(tx: Transaction, viewer: Viewer, id: string): Promise<SavedSearch> {
  const search = await tx.savedSearches.get(id);
  if (!search || search.personId !== viewer.personId) throw notFound('saved-search/unknown', 'There is no such saved search, or it is not yours.');
  return search;
}
