import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';

export const MOST_ABOUT_ONE = 20;

/** What was decided about a thing, newest first; of each thing the last few. */
export const decisionsAbout = batchedRows<string, readonly Prisma.DecisionModel[]>(async (subjectIds, { reader }) => {
  const found = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM (SELECT d.id, row_number() OVER (PARTITION BY d.subject_id ORDER BY d.recorded_at DESC, d.id DESC) AS place FROM decisions d
      WHERE d.subject_id = ANY(${[...subjectIds]}) AND NOT EXISTS (SELECT 1 FROM decisions r WHERE r.replaces_id = d.id)) AS ranked WHERE place <= ${MOST_ABOUT_ONE}`;
  const rows = await reader.decision.findMany({ where: { id: { in: found.map(({ id }) => id) } }, orderBy: [{ recordedAt: 'desc' }, { id: 'desc' }] });
  return new Map(subjectIds.map((id) => [id, rows.filter((row) => row.subjectId === id)]));
});
