import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrate, MIGRATIONS_FOLDER } from '../../adapters/postgres/migrate.ts';
import { emptyDatabase } from '../support/fresh-database.ts';

const RUNS = ['nothing', 'seed', 'param', 'commit', 'files', 'data', 'defaults', 'nested', 'nested with a param'] as const;
/** Each as an older Lemma had it: with a digest, and a key under which it is found. */
const SAID = `
  UPDATE runs SET parent_run_id = 'param' WHERE id LIKE 'nested%';
  UPDATE runs SET code_commit = 'c1' WHERE id IN ('commit', 'nested');
  INSERT INTO run_params (run_id, key, value) VALUES ('seed', 'seed', '1'), ('nested', 'random_state', '1'), ('param', 'lr', '1'), ('nested with a param', 'lr', '1');
  INSERT INTO run_inputs (run_id, dataset_id) VALUES ('data', 'd');
  INSERT INTO run_captures (run_id, content, recorded_at) VALUES ('defaults', '{"defaults": {"lr": "1"}}', now()), ('nothing', '{"defaults": {}}', now()), ('seed', '{"defaults": null}', now());
  INSERT INTO run_recipes (run_id, digest, code_meaning, seen) SELECT id, 'digest', CASE WHEN id = 'files' THEN 'meaning' END, now() FROM runs;
  INSERT INTO run_recipe_keys (run_id, key, at) SELECT id, md5(id)::uuid, now() FROM runs;
`;

test('runs of an older Lemma that say nothing of what they did are found as no duplicates any more, and the others still are', async () => {
  const database = await emptyDatabase();
  const client = new Client({ connectionString: database.url });
  try {
    await migrate(database.url, MIGRATIONS_FOLDER, '0042_kept_files');
    await client.connect();
    // What a run hangs on is of no matter here.
    await client.query('SET session_replication_role = replica');
    await client.query('INSERT INTO runs (id, experiment_id, name, updated_at) SELECT id, $2, id, now() FROM unnest($1::text[]) AS id', [RUNS, 'e']);
    await client.query(SAID);
    await migrate(database.url);
    const { rows } = await client.query<{ run: string; digest: string | null; keys: number }>('SELECT k.run_id AS run, k.digest, (SELECT count(*) FROM run_recipe_keys x WHERE x.run_id = k.run_id)::int AS keys FROM run_recipes k');
    expect(new Set(rows.flatMap(({ run, digest }) => (digest === null ? [run] : [])))).toEqual(new Set(['nothing', 'seed', 'nested']));
    expect(rows.filter(({ digest, keys }) => (digest === null ? keys !== 0 : keys !== 1))).toEqual([]);
    expect(rows).toHaveLength(RUNS.length);
  } finally {
    await client.end();
    await database.drop();
  }
});
