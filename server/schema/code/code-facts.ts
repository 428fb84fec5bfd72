import { Prisma } from '../../../generated/prisma/client.ts';
import type { SourceFile } from '../../../domain/runs/capture.ts';
import { batchedRows } from '../../batched.ts';

/**
 * Runs of the same version of the code, in the same project, each beside the run that the version is known by. The same is: the same commit, with the same changes on top; where there is no commit, the same
 * files. Which remote the commit came from says nothing: its hash says what it is.
 */
export const SAME_CODE = Prisma.sql`(SELECT v.id AS version, r.id, r.created_at, coalesce(r.started_at, r.created_at) AS used_at
  FROM runs v JOIN experiments ve ON ve.id = v.experiment_id
  JOIN runs r ON coalesce(r.code_commit, r.code_diff) = coalesce(v.code_commit, v.code_diff) AND r.code_commit IS NOT DISTINCT FROM v.code_commit AND r.code_diff IS NOT DISTINCT FROM v.code_diff AND r.code_dirty = v.code_dirty AND r.deleted_at IS NULL
  JOIN experiments e ON e.id = r.experiment_id AND e.deleted_at IS NULL AND e.project_id = ve.project_id) AS same`;

/** What runs of its project say of a version. */
export interface CodeUses {
  readonly runs: number;
  readonly firstUsedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

/** By a run of the version. */
export const usesOfCode = batchedRows<string, CodeUses>(async (runIds, { reader }) => {
  const rows = await reader.$queryRaw<(CodeUses & { readonly version: string })[]>`
    SELECT version, count(*)::int AS runs, min(used_at) AS "firstUsedAt", max(used_at) AS "lastUsedAt" FROM ${SAME_CODE} WHERE version = ANY(${[...runIds]}) GROUP BY 1`;
  return new Map(rows.map((row) => [row.version, row]));
});

/** The source files that a run's capture names. */
export const sourceFilesOf = batchedRows<string, readonly SourceFile[]>(async (runIds, { reader }) => {
  const rows = await reader.$queryRaw<{ id: string; files: readonly SourceFile[] | null }[]>`SELECT run_id AS id, content -> 'code' -> 'files' AS files FROM run_captures WHERE run_id = ANY(${[...runIds]})`;
  return new Map(rows.map(({ id, files }) => [id, files ?? []]));
});
