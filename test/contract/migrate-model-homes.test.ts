import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrate, MIGRATIONS_FOLDER } from '../../adapters/postgres/migrate.ts';
import { emptyDatabase } from '../support/fresh-database.ts';

const BEFORE = `
  INSERT INTO organizations (id, slug, name) VALUES ('org', 'org', 'Org'), ('else', 'else', 'Else');
  INSERT INTO projects (id, organization_id, slug, key, name) VALUES ('lab', 'org', 'lab', 'LAB', 'Lab'), ('vault', 'org', 'vault', 'VAULT', 'Vault'), ('far', 'else', 'far', 'FAR', 'Far');
  INSERT INTO experiments (id, project_id, number, name, updated_at) VALUES ('e-lab', 'lab', 1, 'x', now()), ('e-vault', 'vault', 1, 'x', now()), ('e-far', 'far', 1, 'x', now());
  INSERT INTO runs (id, experiment_id, name, updated_at) VALUES ('r-lab', 'e-lab', 'x', now()), ('r-vault', 'e-vault', 'x', now()), ('r-far', 'e-far', 'x', now());
  INSERT INTO logged_models (id, experiment_id, name, status, updated_at) VALUES ('m-vault', 'e-vault', 'x', 'LOGGED_MODEL_READY', now());
  INSERT INTO registered_models (id, organization_id, name, created_by_id, updated_at) VALUES
    ('from-runs', 'org', 'a', 'ada', now()), ('from-model', 'org', 'b', 'ada', now()), ('from-nowhere', 'org', 'c', NULL, now()), ('from-afar', 'org', 'd', 'ada', now()), ('empty', 'org', 'e', NULL, now());
  INSERT INTO model_versions (registered_model_id, version, source, run_id, model_id, created_by_id, updated_at) VALUES
    ('from-runs', 1, 's3://x', NULL, NULL, 'ada', now()), ('from-runs', 3, 's3://x', 'r-lab', NULL, 'ada', now()), ('from-runs', 10, 's3://x', 'r-vault', NULL, 'ada', now()),
    ('from-model', 1, 's3://x', 'no such run', 'm-vault', 'ada', now()), ('from-nowhere', 2, 's3://x', NULL, NULL, 'ben', now()), ('from-afar', 1, 's3://x', 'r-far', NULL, 'ada', now());
  INSERT INTO audit_events (id, actor_id, action, subject_kind, subject_id) VALUES ('a', 'cleo', 'registered-model.created', 'registered-model', 'empty');
`;

test('a database of an older Lemma gets a home for each registered model: where its earliest version comes from', async () => {
  const database = await emptyDatabase();
  const client = new Client({ connectionString: database.url });
  try {
    await migrate(database.url, MIGRATIONS_FOLDER, '0002_packed_metrics');
    await client.connect();
    await client.query(BEFORE);
    await migrate(database.url);
    expect((await client.query('SELECT id, project_id AS home, created_by_id AS maker FROM registered_models ORDER BY name')).rows).toEqual([
      { id: 'from-runs', home: 'lab', maker: 'ada' }, { id: 'from-model', home: 'vault', maker: 'ada' }, { id: 'from-nowhere', home: null, maker: 'ben' }, { id: 'from-afar', home: null, maker: 'ada' }, { id: 'empty', home: null, maker: 'cleo' },
    ]);
    expect((await client.query(`SELECT run_id AS run, model_id AS model FROM model_versions WHERE registered_model_id = 'from-model'`)).rows).toEqual([{ run: null, model: 'm-vault' }]);
  } finally {
    await client.end();
    await database.drop();
  }
});
