import type { Pool } from 'pg';
import type { DatasetUse, ExperimentFacts, RunFacts } from '../../../domain/search/run-facts.ts';

// What the run index asks of Postgres. A moment is the oldest transaction that was still under way: whatever was committed since was written by it or a later one.

const epochMs = (column: string): string => `round(extract(epoch FROM ${column}) * 1000)::float8`;
const FACTS = `r.id, r.name, r.status::text, r.user_name AS "userName", r.experiment_id AS "experimentId", p.key || '-' || e.number AS "experimentKey", e.mlflow_id AS "mlflowExperimentId", e.project_id AS "projectId",
  ${epochMs('r.started_at')} AS "startedAt", ${epochMs('r.ended_at')} AS "endedAt", ${epochMs('r.created_at')} AS "createdAt",
  r.deleted_at IS NOT NULL AS deleted, r.excluded_at IS NOT NULL AS excluded, r.archived_at IS NOT NULL AS archived, r.variant_id AS "variantId", r.seed, r.code_commit AS commit`;
const EXPERIMENT = `e.id, p.key || '-' || e.number AS key, e.project_id AS "projectId", p.slug AS "projectSlug", o.name AS owner, v.outcome::text AS verdict, h.status::text AS "hypothesisStatus",
  ARRAY(SELECT parent_id FROM experiment_parents WHERE experiment_id = e.id) AS parents`;
const FROM_EXPERIMENTS = `FROM experiments e JOIN projects p ON p.id = e.project_id LEFT JOIN people o ON o.id = e.owner_id LEFT JOIN verdicts v ON v.id = e.verdict_id LEFT JOIN hypotheses h ON h.id = e.hypothesis_id`;
const CHANGED_LINES = `LATERAL (SELECT string_agg(DISTINCT (c->>'kind') || ' ' || (c->>'name'), E'\\n') AS lines FROM jsonb_array_elements(v.changed) c) x`;
const FROM = 'FROM runs r JOIN experiments e ON e.id = r.experiment_id JOIN projects p ON p.id = e.project_id';
const RUNS_A_PAGE = 5_000;
/** When more than this changed since the last look, everything is read again. */
const MOST_CHANGES = 20_000;

export async function presentMoment(pool: Pool): Promise<string> {
  const { rows } = await pool.query<{ moment: string }>('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS moment');
  return rows[0]?.moment ?? '0';
}

/** All runs there are, a page at a time. */
export const allRuns = (pool: Pool): AsyncGenerator<readonly RunFacts[]> => pagesOf(pool, `SELECT ${FACTS} ${FROM} WHERE r.id > $1 ORDER BY r.id`);

/** All experiments there are, a page at a time. */
export const allExperiments = (pool: Pool): AsyncGenerator<readonly ExperimentFacts[]> => pagesOf(pool, `SELECT ${EXPERIMENT} ${FROM_EXPERIMENTS} WHERE e.id > $1 ORDER BY e.id`);

async function* pagesOf<Row extends { readonly id: string }>(pool: Pool, text: string): AsyncGenerator<readonly Row[]> {
  for (let after = ''; ;) {
    const { rows } = await pool.query<Row>(`${text} LIMIT ${RUNS_A_PAGE}`, [after]);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (rows.length < RUNS_A_PAGE || !last) return;
    after = last.id;
  }
}

export interface LoadedKeys { readonly params: readonly string[]; readonly tags: readonly string[]; readonly metrics: readonly string[]; readonly datasets: boolean; readonly changes: boolean }
type Cell<Value> = readonly [runId: string, key: string, value: Value];

export interface RunChanges {
  readonly moment: string;
  /** Runs that changed; those without facts are gone. */
  readonly touched: readonly string[];
  readonly facts: readonly RunFacts[];
  readonly params: readonly Cell<string>[];
  readonly tags: readonly Cell<string>[];
  /** Runs that logged metrics. */
  readonly logged: readonly string[];
  readonly metrics: readonly Cell<string>[];
  readonly datasets: readonly DatasetCell[];
  /** Experiments that changed; those without facts are gone. */
  readonly experiments: readonly string[];
  readonly experimentFacts: readonly ExperimentFacts[];
  /** What their runs, and those that changed, changed against their baselines. */
  readonly changes: readonly (readonly [runId: string, lines: string])[];
}
type DatasetCell = readonly [runId: string, name: string, digest: string, context: string | null];

// What was written in a database that this one was restored from may carry transactions of the future: they say nothing.
const changedIn = (table: string, id = 'run_id'): string =>
  `SELECT ${id} FROM ${table} WHERE changed >= $1::xid8 AND changed < pg_snapshot_xmax(pg_current_snapshot()) LIMIT ${MOST_CHANGES + 1}`;
const all = (inner: string): string => `(SELECT coalesce(json_agg(x.each), '[]') FROM (${inner}) x)`;
const cells = (table: string, value: string, of: string, keys: string): string =>
  all(`SELECT json_build_array(c.run_id, c.key, c.value) AS each FROM ${of} t CROSS JOIN LATERAL (SELECT run_id, key, ${value} AS value FROM ${table} WHERE run_id = t.run_id AND key = ANY(${keys}::text[]) OFFSET 0) c`);

const DATASETS = all(`SELECT json_build_array(i.run_id, d.name, d.digest, i.tags->>'mlflow.data.context') AS each FROM touched t JOIN run_inputs i ON i.run_id = t.run_id JOIN datasets d ON d.id = i.dataset_id WHERE $5`);

const CHANGES_OF = all(`SELECT json_build_array(r.id, x.lines) AS each
  FROM (SELECT run_id FROM touched UNION SELECT r.id FROM touched_experiments t JOIN runs r ON r.experiment_id = t.experiment_id) t JOIN runs r ON r.id = t.run_id JOIN variants v ON v.id = r.variant_id, ${CHANGED_LINES}
  WHERE $6 AND x.lines IS NOT NULL`);

/** One statement, so that all of it is of one moment. */
const CHANGES = `
  WITH touched AS MATERIALIZED (${changedIn('run_changes')}), logged AS MATERIALIZED (${changedIn('metric_heads')}),
    touched_experiments AS MATERIALIZED (${changedIn('experiment_changes', 'experiment_id')})
  SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS moment,
    ${all('SELECT to_json(run_id) AS each FROM touched')} AS touched, ${all('SELECT to_json(run_id) AS each FROM logged')} AS logged,
    ${all(`SELECT row_to_json(f) AS each FROM touched t CROSS JOIN LATERAL (SELECT ${FACTS} ${FROM} WHERE r.id = t.run_id OFFSET 0) f`)} AS facts,
    ${cells('run_params', 'value', 'touched', '$2')} AS params, ${cells('run_tags', 'value', 'touched', '$3')} AS tags, ${cells('metric_series', 'last_value::text', 'logged', '$4')} AS metrics,
    ${DATASETS} AS datasets, ${CHANGES_OF} AS changes,
    ${all('SELECT to_json(experiment_id) AS each FROM touched_experiments')} AS experiments,
    ${all(`SELECT row_to_json(f) AS each FROM touched_experiments t CROSS JOIN LATERAL (SELECT ${EXPERIMENT} ${FROM_EXPERIMENTS} WHERE e.id = t.experiment_id OFFSET 0) f`)} AS "experimentFacts"`;

/** What changed since a moment, of the columns that were read already; null when it is so much that all had better be read again. */
export async function changesSince(pool: Pool, moment: string, keys: LoadedKeys): Promise<RunChanges | null> {
  const { rows } = await pool.query<RunChanges>({ name: 'run-changes', text: CHANGES, values: [moment, keys.params, keys.tags, keys.metrics, keys.datasets, keys.changes] });
  const changes = rows[0];
  if (!changes || changes.touched.length > MOST_CHANGES || changes.logged.length > MOST_CHANGES || changes.experiments.length > MOST_CHANGES) return null;
  return changes;
}

const ofEach = <Value>(ids: string, value: Value): readonly (readonly [string, Value])[] => ids.split(',').map((id) => [id, value]);

/** A param or a tag of all runs: [run id, value]. */
export async function textColumn(pool: Pool, table: 'run_params' | 'run_tags', key: string): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await pool.query<{ value: string; ids: string }>(`
    SELECT value, string_agg(run_id, ',') AS ids FROM ${table} WHERE key = $1 AND octet_length(value) <= 500 GROUP BY value
    UNION ALL SELECT value, run_id FROM ${table} WHERE key = $1 AND octet_length(value) > 500`, [key]);
  return rows.flatMap(({ value, ids }) => ofEach(ids, value));
}

export async function metricColumn(pool: Pool, key: string): Promise<readonly (readonly [string, number])[]> {
  const { rows } = await pool.query<{ ids: string | null; values: string | null }>(`SELECT string_agg(run_id, ',') AS ids, string_agg(last_value::text, ',') AS values FROM metric_series WHERE key = $1`, [key]);
  const values = rows[0]?.values?.split(',') ?? [];
  return (rows[0]?.ids?.split(',') ?? []).map((id, at) => [id, Number(values[at])]);
}

export async function datasetColumn(pool: Pool): Promise<readonly DatasetCell[]> {
  const { rows } = await pool.query<{ run_id: string } & DatasetUse>(`SELECT i.run_id, d.name, d.digest, i.tags->>'mlflow.data.context' AS context FROM run_inputs i JOIN datasets d ON d.id = i.dataset_id`);
  return rows.map((row) => [row.run_id, row.name, row.digest, row.context]);
}

/** What each run's variant changed against its baseline, `CONFIG lr` to a line. */
export async function changesColumn(pool: Pool): Promise<readonly (readonly [string, string])[]> {
  const { rows } = await pool.query<{ lines: string; ids: string }>(`
    SELECT x.lines, string_agg(r.id, ',') AS ids FROM variants v JOIN runs r ON r.variant_id = v.id, ${CHANGED_LINES} WHERE x.lines IS NOT NULL GROUP BY 1`);
  return rows.flatMap(({ lines, ids }) => ofEach(ids, lines));
}
