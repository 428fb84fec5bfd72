import { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';

/** Of a name or of one version: what the runs of its own project say. A run that was moved to another project counts there no more, and may be hidden. */
export interface Uses {
  readonly versions: number;
  readonly runs: number;
  readonly roles: readonly string[];
  readonly firstUsedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

type UsesRow = Uses & { readonly key: string };

/** What names the versions of a dataset: the expression that the index datasets_named_idx is over. */
export const nameKey = ({ projectId, name }: { readonly projectId: string; readonly name: string }): string => `${projectId} ${name}`;

/** What runs say of the versions that share a key. */
const usesBy = (key: Prisma.Sql) => batchedRows<string, Uses>(async (keys, { reader }) => {
  const rows = await reader.$queryRaw<UsesRow[]>`
    SELECT ${key} AS key, count(DISTINCT d.id)::int AS versions, count(DISTINCT r.id)::int AS runs, coalesce(array_agg(DISTINCT c.role) FILTER (WHERE r.id IS NOT NULL AND c.role <> ''), '{}') AS roles,
      min(coalesce(r.started_at, r.created_at)) AS "firstUsedAt", max(coalesce(r.started_at, r.created_at)) AS "lastUsedAt"
    FROM datasets d LEFT JOIN run_inputs i ON i.dataset_id = d.id
    LEFT JOIN (runs r JOIN experiments e ON e.id = r.experiment_id AND e.deleted_at IS NULL) ON r.id = i.run_id AND r.deleted_at IS NULL AND e.project_id = d.project_id
    LEFT JOIN LATERAL unnest(i.further_contexts || (i.tags ->> 'mlflow.data.context')) AS c(role) ON true
    WHERE ${key} = ANY(${[...keys]}) GROUP BY 1`;
  return new Map(rows.map((row) => [row.key, row]));
});

/** By nameKey. */
export const usesOfName = usesBy(Prisma.sql`d.project_id || ' ' || d.name`);

/** By the version's id. */
export const usesOfVersion = usesBy(Prisma.sql`d.id`);

/** The version of each name that came last, by nameKey. */
export const latestOf = batchedRows<string, Prisma.DatasetModel>(async (keys, { reader }) => {
  const newest = await reader.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT ON (project_id || ' ' || name) id FROM datasets WHERE project_id || ' ' || name = ANY(${[...keys]}) ORDER BY project_id || ' ' || name, created_at DESC, id DESC`;
  const rows = await reader.dataset.findMany({ where: { id: { in: newest.map(({ id }) => id) } } });
  return new Map(rows.map((row) => [nameKey(row), row]));
});
