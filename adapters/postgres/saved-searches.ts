import type { SavedSearchRecords } from '../../operations/ports/saved-searches.ts';
import type { Tx } from './tx.ts';

export const savedSearchRecords = (tx: Tx): SavedSearchRecords => ({
  get: (id) => tx.savedSearch.findUnique({ where: { id } }),
  byName: (personId, name) => tx.savedSearch.findUnique({ where: { personId_name: { personId, name } } }),
  async count(personId) {
    // An advisory lock, because the rows that two would add at once are not there to be locked.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`saved searches ${personId}`}, 0))`;
    return tx.savedSearch.count({ where: { personId } });
  },
  async insert(search) { await tx.savedSearch.create({ data: search }); },
  async update(search) { await tx.savedSearch.update({ where: { id: search.id }, data: search }); },
  async delete(id) { await tx.savedSearch.delete({ where: { id } }); },
});
