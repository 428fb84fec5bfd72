import type { Prisma } from '../../generated/prisma/client.ts';
import type { Hypothesis, HypothesisRecords } from '../../operations/ports/hypotheses.ts';

const columns = (hypothesis: Hypothesis) => ({ ...hypothesis, guardrails: [...hypothesis.guardrails] });

export const hypothesisRecords = (tx: Prisma.TransactionClient): HypothesisRecords => ({
  get: (id) => tx.hypothesis.findUnique({ where: { id } }),
  async saying(projectId, statement) {
    // The expression of hypotheses_said_idx.
    const [found] = await tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM hypotheses
      WHERE project_id = ${projectId} AND md5(lower(btrim(regexp_replace(statement, '\\s+', ' ', 'g')))) = md5(lower(btrim(regexp_replace(${statement}::text, '\\s+', ' ', 'g')))) AND archived_at IS NULL
      ORDER BY created_at, id LIMIT 1`;
    return found ? tx.hypothesis.findUnique({ where: { id: found.id } }) : null;
  },
  async lockSayings(projectId) { await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('lemma sayings'), hashtext(${projectId}))`; },
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
