import type { Prisma } from '../../generated/prisma/client.ts';
import type { Hypothesis, HypothesisRecords } from '../../operations/ports/hypotheses.ts';

const columns = (hypothesis: Hypothesis) => ({ ...hypothesis, guardrails: [...hypothesis.guardrails] });

export const hypothesisRecords = (tx: Prisma.TransactionClient): HypothesisRecords => ({
  get: (id) => tx.hypothesis.findUnique({ where: { id } }),
  async insert(hypothesis) { await tx.hypothesis.create({ data: columns(hypothesis) }); },
  async update(hypothesis, expected) {
    const { count } = await tx.hypothesis.updateMany({ where: { id: hypothesis.id, version: expected }, data: columns(hypothesis) });
    return count === 1;
  },
  async relocate(id, projectId) {
    await tx.$executeRaw`
      WITH RECURSIVE moved(id) AS (SELECT ${id}::text UNION SELECT t.id FROM threads t JOIN moved m ON t.subject_id = m.id),
      new_threads AS (UPDATE threads SET project_id = ${projectId} WHERE id IN (SELECT id FROM moved)),
      new_links AS (UPDATE share_links SET project_id = ${projectId} WHERE subject_id IN (SELECT id FROM moved))
      UPDATE search_documents SET project_id = ${projectId} WHERE subject_id IN (SELECT id FROM moved)`;
  },
  async experimentIds(id) {
    const found = await tx.experiment.findMany({ where: { hypothesisId: id, deletedAt: null }, select: { id: true }, orderBy: { id: 'asc' } });
    return found.map((each) => each.id);
  },
});
