import { MOST_NODES } from '../../../domain/lineage/graph.ts';
import type { Context } from '../../context.ts';

const MOST = MOST_NODES + 1;
interface Sight { readonly visible: readonly string[]; readonly until: Date }

/** The newest experiments of a project. */
export async function experimentsOfProject({ reader }: Context, projectId: string, until: Date): Promise<readonly string[]> {
  const rows = await reader.experiment.findMany({ where: { projectId, deletedAt: null, createdAt: { lte: until } }, select: { id: true }, orderBy: [{ createdAt: 'desc' }, { id: 'asc' }], take: MOST });
  return rows.map(({ id }) => id);
}

/** Experiments that a thing is, belongs to, is tested by, or was used in; `of` is an id, an experiment's key, or a code version's id in a lineage. */
export async function experimentsAround({ reader }: Context, of: string, { visible, until }: Sight): Promise<readonly string[]> {
  const commit = /^code:[0-9a-f]{32}@([^+]+)\+?$/.exec(of)?.[1] ?? null;
  const [, key = null, digits = null] = /^([A-Za-z][A-Za-z0-9]*)-(\d{1,9})$/.exec(of) ?? [];
  const number = digits === null ? null : Number(digits);
  const rows = await reader.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM experiments e JOIN projects p ON p.id = e.project_id WHERE p.id = ANY(${[...visible]}) AND e.deleted_at IS NULL AND e.created_at <= ${until} AND e.id IN (
      SELECT id FROM experiments WHERE id = ${of} OR hypothesis_id = ${of}
      UNION SELECT x.id FROM experiments x JOIN projects q ON q.id = x.project_id WHERE q.key = upper(${key}::text) AND x.number = ${number}::int
      UNION SELECT experiment_id FROM runs WHERE id = ${of}
      UNION SELECT experiment_id FROM variants WHERE id = ${of}
      UNION SELECT r.experiment_id FROM run_inputs i JOIN runs r ON r.id = i.run_id WHERE i.dataset_id = ${of}
      UNION SELECT r.experiment_id FROM run_model_inputs i JOIN runs r ON r.id = i.run_id WHERE i.model_id = ${of}
      UNION SELECT experiment_id FROM logged_models WHERE id = ${of}
      UNION SELECT m.experiment_id FROM model_versions v JOIN logged_models m ON m.id = v.model_id WHERE v.registered_model_id || '/' || v.version = ${of}
      UNION SELECT experiment_id FROM runs WHERE ${commit}::text IS NOT NULL AND code_commit = ${commit}
    ) ORDER BY e.created_at DESC, e.id LIMIT ${MOST}`;
  return rows.map(({ id }) => id);
}

/** Experiments with their ancestors, and their descendants too where those are asked for, at most `depth` steps away. What one may not see ends the way. */
export async function withRelatives({ reader }: Context, seeds: readonly string[], { visible, until, depth, down }: Sight & { /** Null for all the way. */ readonly depth: number | null; readonly down: boolean }): Promise<readonly string[]> {
  const projects = [...visible];
  // All the way no steps are counted: each is then met once, however many ways lead to it.
  const [step, most] = depth === null ? [0, 1] : [1, depth];
  const rows = await reader.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE up(id, step) AS (
      SELECT id, 0 FROM unnest(${[...seeds]}::text[]) AS id
      UNION SELECT x.parent_id, up.step + ${step}::int FROM up JOIN experiment_parents x ON x.experiment_id = up.id JOIN experiments e ON e.id = x.parent_id
        WHERE up.step < ${most} AND e.project_id = ANY(${projects}) AND e.deleted_at IS NULL AND e.created_at <= ${until}
    ), down(id, step) AS (
      SELECT id, 0 FROM unnest(${[...seeds]}::text[]) AS id
      UNION SELECT x.experiment_id, down.step + ${step}::int FROM down JOIN experiment_parents x ON x.parent_id = down.id JOIN experiments e ON e.id = x.experiment_id
        WHERE down.step < ${down ? most : 0} AND e.project_id = ANY(${projects}) AND e.deleted_at IS NULL AND e.created_at <= ${until}
    ) SELECT id FROM (SELECT id, min(step) AS step FROM (SELECT * FROM up UNION ALL SELECT * FROM down) AS both_ways GROUP BY id) AS reached ORDER BY step, id LIMIT ${MOST}`;
  return rows.map(({ id }) => id);
}
