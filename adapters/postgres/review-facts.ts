import type { Prisma } from '../../generated/prisma/client.ts';
import type { ReviewRecords } from '../../operations/ports/reviews.ts';

interface FactsRow { readonly design: string; readonly changed: { readonly name: string }[]; readonly active: number; readonly pending: boolean; readonly needed: number | null; readonly early: number }

/** Of an experiment that is not there. */
const NO_FACTS: FactsRow = { design: 'SINGLE_CHANGE', changed: [], active: 0, pending: false, needed: null, early: 0 };

/** What checks look at, and what people said of them. */
export const reviewFacts = (tx: Prisma.TransactionClient): Pick<ReviewRecords, 'ticks' | 'tick' | 'checkedFacts'> => ({
  async ticks(experimentId) {
    const rows = await tx.reviewTick.findMany({ where: { experimentId }, orderBy: { tickedAt: 'desc' }, take: 500 });
    return rows.map(({ checkKey, evidenceDigest, good, personId, note, tickedAt }) => ({ key: checkKey, evidenceDigest, good, personId, note, at: tickedAt }));
  },
  async tick(experimentId, { id, key, evidenceDigest, good, personId, note, at }) {
    await tx.reviewTick.create({ data: { id, experimentId, checkKey: key, evidenceDigest, good, personId, note, tickedAt: at } });
  },
  async checkedFacts(experimentId) {
    const [facts] = await tx.$queryRaw<FactsRow[]>`
      SELECT e.design::text AS design, e.changed_variables AS changed, e.analysed_version < e.inputs_version AS pending, v.runs_needed AS needed,
        (SELECT count(*)::int FROM runs r WHERE r.experiment_id = e.id AND r.deleted_at IS NULL AND r.status IN ('RUNNING', 'SCHEDULED')) AS active,
        (SELECT count(*)::int FROM runs r JOIN hypotheses h ON h.id = e.hypothesis_id
          WHERE r.experiment_id = e.id AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL AND r.ended_at < greatest(h.created_at, (
            SELECT max(a.at) FROM audit_events a WHERE a.subject_id = h.id AND a.action = 'hypothesis.updated' AND a.detail ->> 'prediction' = 'true'))) AS early
      FROM experiments e LEFT JOIN verdicts v ON v.id = e.verdict_id WHERE e.id = ${experimentId}`;
    const twins = await tx.$queryRaw<{ key: string }[]>`
      SELECT DISTINCT p.key || '-' || o.number AS key FROM variants mine JOIN experiments e ON e.id = mine.experiment_id
        JOIN experiments o ON o.project_id = e.project_id AND o.id <> e.id AND o.deleted_at IS NULL JOIN projects p ON p.id = o.project_id
        JOIN variants theirs ON theirs.experiment_id = o.id AND theirs.fingerprint = mine.fingerprint
      WHERE mine.experiment_id = ${experimentId} AND mine.role = 'TREATMENT' AND o.created_at < e.created_at
        AND EXISTS (SELECT 1 FROM runs r WHERE r.variant_id = theirs.id AND r.status = 'FINISHED' AND r.deleted_at IS NULL) ORDER BY 1 LIMIT 10`;
    const { design, changed, active, pending, needed, early } = facts ?? NO_FACTS;
    return { design, changed, activeRuns: active, pending, runsNeeded: needed, runsBeforeHypothesis: early, duplicates: twins.map(({ key }) => key) };
  },
});
