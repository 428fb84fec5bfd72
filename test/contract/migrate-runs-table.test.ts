import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrate, MIGRATIONS_FOLDER } from '../../adapters/postgres/migrate.ts';
import { emptyDatabase } from '../support/fresh-database.ts';

const BEFORE = `
  INSERT INTO organizations (id, slug, name) VALUES ('org', 'org', 'Org');
  INSERT INTO projects (id, organization_id, slug, key, name) VALUES ('lab', 'org', 'lab', 'LAB', 'Lab'), ('far', 'org', 'far', 'FAR', 'Far');
  INSERT INTO experiments (id, project_id, number, name, updated_at) VALUES ('e', 'lab', 1, 'x', now()), ('f', 'far', 1, 'x', now());
  INSERT INTO runs (id, experiment_id, name, updated_at) VALUES ('r', 'e', 'x', now()), ('s', 'f', 'x', now());
  INSERT INTO run_params (run_id, key, value) VALUES ('r', 'lr', '0.1'), ('s', 'depth', repeat('long ', 1000));
  INSERT INTO run_tags (run_id, key, value) VALUES ('r', 'team', 'red');
  INSERT INTO metric_series (run_id, key) VALUES ('r', 'acc');
  INSERT INTO metric_heads (run_id) VALUES ('r');
`;

test('a database of an older Lemma knows the names of its params, tags and metrics, and all its runs as changed', async () => {
  const database = await emptyDatabase();
  const client = new Client({ connectionString: database.url });
  try {
    await migrate(database.url, MIGRATIONS_FOLDER, '0004_former_names');
    await client.connect();
    await client.query(BEFORE);
    await migrate(database.url);
    expect((await client.query('SELECT project_id, kind, key FROM run_keys ORDER BY 1, 2, 3')).rows).toEqual([
      { project_id: 'far', kind: 'PARAM', key: 'depth' }, { project_id: 'lab', kind: 'METRIC', key: 'acc' }, { project_id: 'lab', kind: 'PARAM', key: 'lr' }, { project_id: 'lab', kind: 'TAG', key: 'team' },
    ]);
    expect((await client.query('SELECT run_id FROM run_changes ORDER BY 1')).rows).toEqual([{ run_id: 'r' }, { run_id: 's' }]);
  } finally {
    await client.end();
    await database.drop();
  }
});
