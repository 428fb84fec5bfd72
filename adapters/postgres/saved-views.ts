import type { Prisma } from '../../generated/prisma/client.ts';
import type { SavedViewRecords } from '../../operations/ports/saved-views.ts';

export const savedViewRecords = (tx: Prisma.TransactionClient): SavedViewRecords => ({
  get: (id) => tx.savedView.findUnique({ where: { id } }),
  byName: (projectId, name) => tx.savedView.findUnique({ where: { projectId_name: { projectId, name } } }),
  count: (projectId) => tx.savedView.count({ where: { projectId } }),
  async insert(view) { await tx.savedView.create({ data: view }); },
  async update(view) { await tx.savedView.update({ where: { id: view.id }, data: view }); },
  async delete(id) { await tx.savedView.delete({ where: { id } }); },
});
