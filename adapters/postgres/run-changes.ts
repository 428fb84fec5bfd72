import type { RunSide } from '../../domain/experiments/run-changes.ts';
import type { SourceFile } from '../../domain/runs/capture.ts';
import type { EnvironmentContent } from '../../domain/runs/environment.ts';
import type { RunChangeRecords, Standing, Standings } from '../../operations/ports/run-changes.ts';
import type { Tx } from './tx.ts';
import { visibleProjectText } from './visibility.ts';

const MOST_PARENTS = 200;

export const runChangeRecords = (tx: Tx): RunChangeRecords => ({
  standings: (experimentIds) => standings(tx, experimentIds),
  sides: (runIds) => sides(tx, runIds),
  async parents(viewer, experimentId) {
    const visible = visibleProjectText(viewer, 3);
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(`
      SELECT e.id FROM experiment_parents x JOIN experiments e ON e.id = x.parent_id JOIN projects p ON p.id = e.project_id
      WHERE x.experiment_id = $1 AND e.deleted_at IS NULL AND ${visible.text} ORDER BY e.created_at DESC, e.id LIMIT $2::int`, experimentId, MOST_PARENTS, ...visible.values);
    return rows.map(({ id }) => id);
  },
  async policy(projectId) { return (await tx.duplicatePolicy.findUnique({ where: { projectId } }))?.changes ?? 'WARN'; },
  async setPolicy(projectId, changes) { await tx.duplicatePolicy.upsert({ where: { projectId }, create: { projectId, changes }, update: { changes } }); },
});

async function standings(tx: Tx, experimentIds: readonly string[]): Promise<ReadonlyMap<string, Standings>> {
  const rows = await tx.$queryRaw<(Standing & { readonly experimentId: string; readonly baseline: boolean; readonly supported: boolean })[]>`
    SELECT e.id AS "experimentId", v.id AS "variantId", f.id AS "runId", v.fingerprint IS NOT DISTINCT FROM e.baseline_fingerprint AS baseline, v.id IS NOT DISTINCT FROM d.treatment_id AS supported
    FROM experiments e LEFT JOIN verdicts d ON d.id = e.verdict_id AND d.outcome = 'SUPPORTED'
    JOIN variants v ON v.experiment_id = e.id AND (v.fingerprint = e.baseline_fingerprint OR v.id = d.treatment_id)
    CROSS JOIN LATERAL (SELECT r.id FROM runs r WHERE r.variant_id = v.id AND r.deleted_at IS NULL
      ORDER BY r.status = 'FINISHED' AND r.excluded_at IS NULL DESC, EXISTS (SELECT 1 FROM run_captures c WHERE c.run_id = r.id) DESC, coalesce(r.started_at, r.created_at), r.id LIMIT 1) AS f
    WHERE e.id = ANY(${[...experimentIds]})`;
  return new Map([...Map.groupBy(rows, ({ experimentId }) => experimentId)].map(([id, own]) => [id, { baseline: standing(own.find(({ baseline }) => baseline)), supported: standing(own.find(({ supported }) => supported)) }]));
}

const standing = (row: Standing | undefined): Standing | null => (row ? { variantId: row.variantId, runId: row.runId } : null);

type SideRow = Omit<RunSide, 'params' | 'defaults' | 'environment' | 'files'> & {
  readonly id: string; readonly environmentId: string | null; readonly params: Readonly<Record<string, string>>; readonly defaults: Readonly<Record<string, string>> | null; readonly files: readonly SourceFile[] | null;
};

/** Two statements for all runs, whatever their number. Of a capture only what is compared is read. */
async function sides(tx: Tx, runIds: readonly string[]): Promise<ReadonlyMap<string, RunSide>> {
  const rows = await tx.$queryRaw<SideRow[]>`
    SELECT r.id, r.source_name AS "sourceName", r.code_commit AS "codeCommit", r.code_repository AS "codeRepository", r.code_dirty AS "codeDirty", r.code_diff AS "codeDiff", r.environment_id AS "environmentId",
      coalesce((SELECT jsonb_object_agg(p.key, p.value) FROM run_params p WHERE p.run_id = r.id), '{}') AS params,
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', d.name, 'digest', d.digest, 'meaning', d.meaning, 'context', x.context) ORDER BY d.id, x.context)
        FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id CROSS JOIN LATERAL unnest((i.tags ->> 'mlflow.data.context') || i.further_contexts) AS x (context) WHERE i.run_id = r.id), '[]') AS datasets,
      c.content -> 'code' -> 'files' AS files, c.content -> 'defaults' AS defaults, c.content -> 'hardware' AS hardware
    FROM runs r LEFT JOIN run_captures c ON c.run_id = r.id WHERE r.id = ANY(${[...runIds]})`;
  const ids = [...new Set(rows.map(({ environmentId }) => environmentId).filter((id) => id !== null))];
  const environments = new Map((ids.length === 0 ? [] : await tx.environment.findMany({ where: { id: { in: ids } } })).map(({ id, content }) => [id, content as unknown as EnvironmentContent]));
  return new Map(rows.map(({ id, params, defaults, files, environmentId, ...row }) => [id, {
    ...row, params: new Map(Object.entries(params)), defaults: new Map(Object.entries(defaults ?? {})), environment: environments.get(environmentId ?? '') ?? null,
    // A file of which no meaning is known means its bytes.
    files: files === null ? null : files.map(({ path, meaning, sha256, functions }) => ({ path, meaning: meaning ?? sha256 ?? '', functions })),
  }]));
}
