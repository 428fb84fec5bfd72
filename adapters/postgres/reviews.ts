import type { Prisma } from '../../generated/prisma/client.ts';
import type { ReviewRecords } from '../../operations/ports/reviews.ts';

export const reviewRecords = (tx: Prisma.TransactionClient): ReviewRecords => ({
  ofExperiment: (experimentId) => tx.review.findMany({ where: { experimentId }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
  countedRuns: (experimentId) => tx.run.count({ where: { experimentId, status: 'FINISHED', deletedAt: null, excludedAt: null } }),
  async insert(review) { await tx.review.create({ data: review }); },
  async decide(id, decision) { await tx.review.update({ where: { id }, data: decision }); },
});
