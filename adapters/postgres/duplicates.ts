import type { Viewer } from '../../domain/access/viewer.ts';
import { formOf, type CodeFile, type DataSource, type RecipeSource } from '../../domain/duplicates/recipe.ts';
import type { EarlierRun } from '../../domain/duplicates/match.ts';
import type { EnvironmentContent } from '../../domain/runs/environment.ts';
import type { DuplicateRecords, KeyQuestion, RecordedRun, RunBehind, SimilarHypothesis, StoredRecipe } from '../../operations/ports/duplicates.ts';
import type { Tx } from './tx.ts';
import { visibleProjectText } from './visibility.ts';

export const duplicateRecords = (tx: Tx): DuplicateRecords => ({
  async behind(experimentId, limit) {
    const runs = await tx.$queryRaw<{ id: string; seen: Date; at: Date }[]>`
      SELECT r.id, r.updated_at AS seen, coalesce(r.started_at, r.created_at) AS at
      FROM runs r LEFT JOIN run_recipes k ON k.run_id = r.id
      WHERE r.experiment_id = ${experimentId} AND r.deleted_at IS NULL AND k.seen IS DISTINCT FROM r.updated_at ORDER BY r.id LIMIT ${limit}`;
    const recorded = await recordedRuns(tx, runs.map(({ id }) => id), { files: true });
    return runs.flatMap(({ id, seen, at }): RunBehind[] => { const run = recorded.get(id); return run ? [{ ...run, seen, at }] : []; });
  },
  save: (recipes) => save(tx, recipes),
  byKeys: (viewer, question) => byKeys(tx, viewer, question),
  recorded: (runIds, detail) => recordedRuns(tx, runIds, detail),
  async similarHypotheses(viewer, { statement, metric, except }, most) {
    const visible = visibleProjectText(viewer, 5);
    return tx.$queryRawUnsafe<SimilarHypothesis[]>(`
      SELECT h.id AS "hypothesisId", least(1, greatest(similarity(h.statement, $1), word_similarity($1, h.statement)) + CASE WHEN h.metric = $2 THEN 0.05 ELSE 0 END)::float8 AS similarity
      FROM hypotheses h JOIN projects p ON p.id = h.project_id
      WHERE (h.statement % $1 OR $1 <% h.statement) AND h.archived_at IS NULL AND h.id IS DISTINCT FROM $3 AND ${visible.text}
      ORDER BY similarity DESC, h.created_at DESC, h.id LIMIT $4::int`, statement, metric, except, most, ...visible.values);
  },
  async policy(projectId) { return (await tx.duplicatePolicy.findUnique({ where: { projectId } }))?.policy ?? 'WARN'; },
  async setPolicy(projectId, policy) { await tx.duplicatePolicy.upsert({ where: { projectId }, create: { projectId, policy }, update: { policy } }); },
  async addReason(reason) { await tx.duplicateReason.create({ data: reason }); },
});

/** 128 bits of a digest are a UUID to Postgres, a third of its text. */
const uuidOf = (digest: string): string => digest.slice(0, 32);

async function save(tx: Tx, recipes: readonly StoredRecipe[]): Promise<void> {
  if (recipes.length === 0) return;
  const ids = recipes.map(({ runId }) => runId);
  const rows = JSON.stringify(recipes.map(({ runId, digest, codeMeaning, seen }) => ({ run_id: runId, digest, code_meaning: codeMeaning, seen })));
  await tx.$executeRaw`
    INSERT INTO run_recipes (run_id, digest, code_meaning, seen) SELECT g.run_id, g.digest, g.code_meaning, g.seen FROM jsonb_to_recordset(${rows}::jsonb) AS g(run_id text, digest text, code_meaning text, seen timestamptz)
    JOIN runs r ON r.id = g.run_id
    ON CONFLICT (run_id) DO UPDATE SET digest = excluded.digest, code_meaning = excluded.code_meaning, seen = excluded.seen`;
  await tx.$executeRaw`DELETE FROM run_recipe_keys WHERE run_id = ANY(${ids})`;
  const keys = JSON.stringify(recipes.flatMap(({ runId, at, keys: own }) => own.map((key) => ({ run_id: runId, key: uuidOf(key), at }))));
  await tx.$executeRaw`
    INSERT INTO run_recipe_keys (run_id, key, at) SELECT g.run_id, g.key, g.at FROM jsonb_to_recordset(${keys}::jsonb) AS g(run_id text, key uuid, at timestamptz)
    JOIN run_recipes k ON k.run_id = g.run_id ON CONFLICT DO NOTHING`;
}

/** The newest under each key, from the index: as many rows are read as are asked for, unless many of them are deleted, failed or not to be seen. */
async function byKeys(tx: Tx, viewer: Viewer, { keys, perKey, before, except }: KeyQuestion): Promise<readonly EarlierRun[]> {
  if (keys.length === 0) return [];
  const visible = visibleProjectText(viewer, 5);
  const rows = await tx.$queryRawUnsafe<EarlierRun[]>(`
    SELECT DISTINCT ON (f.at, f.id) f.id, f.name, f.seed, f."experimentId", f.experiment, f."experimentName", v.outcome::text AS verdict, f.at
    FROM unnest($1::uuid[]) AS asked(key) CROSS JOIN LATERAL (
      SELECT r.id, r.name, r.seed, e.id AS "experimentId", p.key || '-' || e.number AS experiment, e.name AS "experimentName", e.verdict_id, k.at
      FROM run_recipe_keys k JOIN runs r ON r.id = k.run_id JOIN experiments e ON e.id = r.experiment_id JOIN projects p ON p.id = e.project_id
      WHERE k.key = asked.key AND ($3::timestamptz IS NULL OR k.at < $3) AND r.id IS DISTINCT FROM $4
        AND r.deleted_at IS NULL AND r.excluded_at IS NULL AND r.status NOT IN ('FAILED', 'KILLED') AND e.deleted_at IS NULL AND ${visible.text}
      ORDER BY k.at DESC LIMIT $2::int) AS f
    LEFT JOIN verdicts v ON v.id = f.verdict_id
    ORDER BY f.at DESC, f.id`, keys.map(uuidOf), perKey, before, except, ...visible.values);
  return rows.map(({ id, name, seed, experimentId, experiment, experimentName, verdict }) => ({ id, name, seed, experimentId, experiment, experimentName, verdict }));
}

interface SourceRow {
  readonly id: string;
  readonly seed: string | null;
  readonly commit: string | null;
  readonly repository: string | null;
  readonly dirty: boolean;
  readonly diff: string | null;
  readonly script: string | null;
  readonly environmentId: string | null;
  readonly codeMeaning: string | null;
  readonly nested: boolean;
  readonly files: readonly { readonly path: string; readonly sha256: string | null; readonly meaning: string | null; readonly functions?: Readonly<Record<string, string>> }[] | null;
  readonly defaults: Readonly<Record<string, string>> | null;
  readonly params: Readonly<Record<string, string>>;
  readonly data: readonly (Omit<DataSource, 'form'> & { readonly source: string })[];
}

/** Three statements for all runs, whatever their number. */
async function recordedRuns(tx: Tx, runIds: readonly string[], { files }: { readonly files: boolean }): Promise<ReadonlyMap<string, RecordedRun>> {
  if (runIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<SourceRow[]>`
    SELECT r.id, r.seed, r.code_commit AS "commit", r.code_repository AS repository, r.code_dirty AS dirty, r.code_diff AS diff, r.source_name AS script, r.environment_id AS "environmentId",
      r.parent_run_id IS NOT NULL AS nested, k.code_meaning AS "codeMeaning", CASE WHEN ${files} THEN c.content -> 'code' -> 'files' END AS files, c.content -> 'defaults' AS defaults,
      coalesce((SELECT jsonb_object_agg(p.key, p.value) FROM run_params p WHERE p.run_id = r.id), '{}') AS params,
      coalesce((SELECT jsonb_agg(jsonb_build_object('name', d.name, 'digest', d.digest, 'role', x.role, 'meaning', d.meaning, 'source', left(d.source, 1000),
          'rows', coalesce(d.rows, substring(d.profile from '"num_rows": *([0-9]{1,15})')::float8), 'columns', (length(d.schema) - length(replace(d.schema, '"name"', ''))) / 6) ORDER BY d.id, x.role)
        FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id CROSS JOIN LATERAL unnest((i.tags ->> 'mlflow.data.context') || i.further_contexts) AS x (role) WHERE i.run_id = r.id), '[]') AS data
    FROM runs r LEFT JOIN run_recipes k ON k.run_id = r.id LEFT JOIN run_captures c ON c.run_id = r.id
    WHERE r.id = ANY(${[...runIds]})`;
  const ids = [...new Set(rows.map(({ environmentId }) => environmentId).filter((id) => id !== null))];
  const environments = new Map((ids.length === 0 ? [] : await tx.environment.findMany({ where: { id: { in: ids } } })).map(({ id, content }) => [id, content as unknown as EnvironmentContent]));
  return new Map(rows.map((row) => [row.id, { runId: row.id, seed: row.seed, source: sourceOf(row, environments.get(row.environmentId ?? '') ?? null, files) }]));
}

function sourceOf({ commit, repository, dirty, diff, script, ...row }: SourceRow, environment: EnvironmentContent | null, withFiles: boolean): RecipeSource {
  return {
    code: { commit, repository, dirty, diff, script, files: sourceFiles(row.files), ...(withFiles ? {} : { meaning: row.codeMeaning }) },
    data: row.data.map(({ source, ...dataset }) => ({ ...dataset, form: formOf(source) })),
    params: new Map(Object.entries(row.params)), defaults: new Map(Object.entries(row.defaults ?? {})), environment, nested: row.nested,
  };
}

/** A file of which no meaning is known means its bytes. */
const sourceFiles = (files: SourceRow['files']): readonly CodeFile[] | null =>
  (files === null || files.length === 0 ? null : files.map(({ path, meaning, sha256, functions }) => ({ path, meaning: meaning ?? sha256 ?? '', functions })));
