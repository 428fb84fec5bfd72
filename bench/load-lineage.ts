import type { Client } from 'pg';

/** What is loaded: chains of experiments, each with a hypothesis, a verdict, runs that are shown one by one, with data and code, and a model of some of them. */
export const LINEAGE = { experiments: 820, runs: 8, models: 2, datasets: 20, commits: 80 } as const;

/** Nodes that the graph has: what is left for others than experiments with what hangs on them is data and code. */
export const LINEAGE_NODES = LINEAGE.experiments * (2 + LINEAGE.runs + LINEAGE.models) + LINEAGE.datasets + LINEAGE.commits;

/** A project as a team fills it in two years, as SQL makes it. */
export async function loadLineage(client: Client, slug: string): Promise<void> {
  const { experiments, runs, models, datasets, commits } = LINEAGE;
  await client.query(`INSERT INTO hypotheses (id, project_id, statement, metric, direction, min_effect, status, grade, created_at, updated_at)
    SELECT 'hyp_bench_' || n, p.id, 'Change ' || n || ' will increase val_acc', 'val_acc', 'INCREASE', 0.001, 'TESTING', 'FAIR', now() - (${experiments} - n) * interval '1 hour', now() FROM projects p, generate_series(1, ${experiments}) n WHERE p.slug = $1`, [slug]);
  await client.query(`INSERT INTO experiments (id, project_id, number, name, hypothesis_id, created_at, updated_at)
    SELECT 'exp_bench_' || n, p.id, n + 10, 'Change ' || n, 'hyp_bench_' || n, now() - (${experiments} - n) * interval '1 hour', now() FROM projects p, generate_series(1, ${experiments}) n WHERE p.slug = $1`, [slug]);
  // Each goes on from one of the six before it, as people go on from what worked last.
  await client.query(`INSERT INTO experiment_parents (experiment_id, parent_id) SELECT 'exp_bench_' || n, 'exp_bench_' || greatest(1, n - 1 - (n * 7919) % 6) FROM generate_series(2, ${experiments}) n`);
  await client.query(`INSERT INTO verdicts (id, experiment_id, outcome, metric, effect, ci_low, ci_high, baseline_runs, treatment_runs, method, explanation, comparisons, inputs_digest, inputs_version, software_version, computed_at)
    SELECT 'ver_bench_' || n, 'exp_bench_' || n, (ARRAY['SUPPORTED', 'REFUTED', 'INCONCLUSIVE', 'EQUIVALENT'])[1 + n % 4]::verdict_outcome, 'val_acc', 0.01, 0.005, 0.015, 4, 4, 'welch', 'It did.', '[]', '', 0, 'bench', now() - (${experiments} - n) * interval '1 hour' FROM generate_series(1, ${experiments}) n`);
  await client.query(`UPDATE experiments SET verdict_id = 'ver_bench_' || substr(id, 11) WHERE id LIKE 'exp_bench_%'`);
  await client.query(`INSERT INTO datasets (id, project_id, name, digest, source_type, source) SELECT 'dat_bench_' || n, p.id, 'images', 'version ' || n, 'local', '{}' FROM projects p, generate_series(1, ${datasets}) n WHERE p.slug = $1`, [slug]);
  await client.query(`INSERT INTO runs (id, experiment_id, name, status, code_repository, code_commit, started_at, ended_at, created_at, updated_at)
    SELECT md5(n || ' ' || r), 'exp_bench_' || n, 'run ' || n || '-' || r, 'FINISHED', 'https://example.org/vision', md5('commit ' || n % ${commits}), now() - (${experiments} - n) * interval '1 hour', now(), now() - (${experiments} - n) * interval '1 hour', now()
    FROM generate_series(1, ${experiments}) n, generate_series(1, ${runs}) r`);
  await client.query(`INSERT INTO run_inputs (run_id, dataset_id) SELECT id, 'dat_bench_' || 1 + abs(hashtext(id)) % ${datasets} FROM runs WHERE experiment_id LIKE 'exp_bench_%'`);
  await client.query(`INSERT INTO logged_models (id, experiment_id, source_run_id, name, status, created_at, updated_at)
    SELECT 'm-bench-' || n || '-' || m, 'exp_bench_' || n, md5(n || ' ' || m), 'net ' || n, 'READY', now() - (${experiments} - n) * interval '1 hour', now() FROM generate_series(1, ${experiments}) n, generate_series(1, ${models}) m`);
  await client.query('VACUUM (ANALYZE) experiments, runs, experiment_parents, verdicts, run_inputs, logged_models');
}
