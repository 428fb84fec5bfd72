import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import { recipeOf } from '../domain/duplicates/recipe.ts';
import { SEED_PARAMS } from '../domain/runs/run-tags.ts';
import { recipeKeys } from '../operations/duplicates/recipe-keys.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const AT_ONCE = 5_000;
const RUNS_PER_EXPERIMENT = 20;
const COMMITS = 500;

/** What the n-th run was given: sweeps of five seeds a setting, and of settings that are near each other. */
export function paramsOf(n: number): Readonly<Record<string, string>> {
  const setting = Math.floor(n / 5);
  return {
    seed: String(n % 5), lr: (0.0001 * 1.013 ** (setting % 400)).toPrecision(6), optimizer: ['adam', 'sgd', 'lion'][setting % 3] ?? 'adam', batch_size: String(16 << (setting % 6)), depth: String(1 + (setting % 40)),
    augment: ['mixup', 'cutmix', 'none', 'autoaugment'][Math.floor(setting / 7) % 4] ?? 'none', dropout: String((setting % 9) / 10), weight_decay: ['0.01', '0.001', '0.0001'][Math.floor(setting / 400) % 3] ?? '0.01', epochs: '90', model: `resnet${18 + (Math.floor(setting / 1_200) % 5)}`,
  };
}
export const commitOf = (n: number): string => digest(`commit ${Math.floor(n / 5) % COMMITS}`).slice(0, 40);

/** Fills a migrated database in bulk with runs, and with what they are found under as the analysis would write it. */
export async function loadDuplicates(client: Client, project: string, runs: number): Promise<void> {
  const { rows: [organization] } = await client.query<{ id: string }>('SELECT id FROM organizations ORDER BY created_at LIMIT 1');
  const experiments = Math.ceil(runs / RUNS_PER_EXPERIMENT);
  await client.query(`INSERT INTO projects (id, organization_id, slug, key, name, last_number) VALUES ('prj_again', $1, $2, 'AGAIN', 'Again', $3)`, [organization?.id, project, experiments]);
  await client.query('SET session_replication_role = replica');
  await client.query(`INSERT INTO experiments (id, project_id, number, name, updated_at) SELECT 'exp_again_' || n, 'prj_again', n, 'sweep ' || n, now() FROM generate_series(1, ${experiments}) n`);
  await client.query(`INSERT INTO runs (id, experiment_id, name, status, seed, user_name, code_repository, source_name, started_at, created_at, updated_at)
    SELECT md5('again' || n), 'exp_again_' || (1 + n / ${RUNS_PER_EXPERIMENT}), 'run-' || n, 'FINISHED', (n % 5)::text, 'ada', 'https://git.example/vision.git', 'train.py', timestamptz '2026-01-01' + n * interval '97 seconds', now(), now() FROM generate_series(0, ${runs - 1}) n`);
  for (let from = 0; from < runs; from += AT_ONCE) await loadRecipes(client, Array.from({ length: Math.min(AT_ONCE, runs - from) }, (_, at) => from + at));
  await client.query('RESET session_replication_role');
  await client.query('VACUUM (ANALYZE) runs, experiments, run_params, run_recipes, run_recipe_keys');
}

async function loadRecipes(client: Client, numbers: readonly number[]): Promise<void> {
  const rows = JSON.stringify(numbers.map((n) => {
    const params = paramsOf(n);
    const code = { commit: commitOf(n), repository: 'https://git.example/vision.git', dirty: false, diff: null, script: 'train.py', files: null };
    const { same, sameSeed, near } = recipeKeys(recipeOf({ code, data: [], params: new Map(Object.entries(params)), defaults: new Map(), environment: null }, SEED_PARAMS), params['seed'] ?? null, digest);
    return { n, params, commit: code.commit, digest: same[0] ?? null, keys: [...sameSeed, ...same, ...near].map((key) => key.slice(0, 32)) };
  }));
  await client.query(`CREATE TEMP TABLE IF NOT EXISTS loaded (n int, params jsonb, commit text, digest text, keys uuid[])`);
  await client.query('TRUNCATE loaded');
  await client.query('INSERT INTO loaded SELECT n, params, commit, digest, keys FROM jsonb_to_recordset($1::jsonb) AS g(n int, params jsonb, commit text, digest text, keys uuid[])', [rows]);
  for (const statement of [
    `UPDATE runs r SET code_commit = l.commit FROM loaded l WHERE r.id = md5('again' || l.n)`,
    `INSERT INTO run_params (run_id, key, value) SELECT md5('again' || n), p.key, p.value FROM loaded, jsonb_each_text(params) p`,
    `INSERT INTO run_recipes (run_id, digest, code_meaning, seen) SELECT md5('again' || n), digest, NULL, now() FROM loaded`,
    `INSERT INTO run_recipe_keys (run_id, key, at) SELECT md5('again' || n), key, timestamptz '2026-01-01' + n * interval '97 seconds' FROM loaded, unnest(keys) key ON CONFLICT DO NOTHING`,
  ]) await client.query(statement);
}
