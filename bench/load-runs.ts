import type { Client } from 'pg';

/** What is loaded for each run. */
export const SHAPE = { params: 150, tags: 50, metrics: 20 } as const;
const RUNS_AN_EXPERIMENT = 1_500;

/**
 * Fills a migrated database with one project of `runs` runs, in experiments of 1,500, as SQL makes them: names and values that a filter can tell apart, the same for every load.
 * 16 million rows through every index and trigger one by one would take a quarter of an hour: here the indexes are made when the rows are in, and what the triggers keep is written at once.
 */
export async function loadRuns(client: Client, slug: string, runs: number): Promise<void> {
  const { rows: [organization] } = await client.query<{ id: string }>('SELECT id FROM organizations ORDER BY created_at LIMIT 1');
  const key = `B${runs}`;
  const experiments = Math.ceil(runs / RUNS_AN_EXPERIMENT);
  await client.query(`INSERT INTO projects (id, organization_id, slug, key, name, last_number) VALUES ($1, $2, $3, $4, $3, $5)`, [`prj_${slug}`, organization?.id, slug, key, experiments]);
  await client.query(`INSERT INTO experiments (id, project_id, number, name, updated_at) SELECT 'exp_${slug}_' || n, 'prj_${slug}', n, 'sweep ' || n, now() FROM generate_series(1, $1::int) n`, [experiments]);
  await client.query(`SET session_replication_role = replica; SET maintenance_work_mem = '1GB'`);
  const indexes = await takeIndexes(client);
  for (const statement of statementsFor(slug, runs)) await client.query(statement);
  for (const index of indexes) await client.query(index);
  await client.query('RESET session_replication_role');
  await client.query(`VACUUM (ANALYZE) ${[...LARGE, 'runs', 'metric_heads', 'run_changes', 'run_keys'].join(', ')}`);
}

/** Tables that take nearly all of the time. */
const LARGE = ['run_params', 'run_tags', 'metric_series'] as const;

/** Drops the indexes of the large tables; returns what makes them again. */
async function takeIndexes(client: Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ drop: string; make: string }>(`
    SELECT CASE WHEN c.oid IS NULL THEN format('DROP INDEX %s', i.indexrelid::regclass) ELSE format('ALTER TABLE %s DROP CONSTRAINT %I', i.indrelid::regclass, c.conname) END AS drop,
      CASE WHEN c.oid IS NULL THEN pg_get_indexdef(i.indexrelid) ELSE format('ALTER TABLE %s ADD CONSTRAINT %I %s', i.indrelid::regclass, c.conname, pg_get_constraintdef(c.oid)) END AS make
    FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype = 'p' WHERE i.indrelid = ANY($1::regclass[])`, [LARGE]);
  for (const { drop } of rows) await client.query(drop);
  return rows.map(({ make }) => make);
}

/** A number from 0 to 999,999 that looks random and is the same every time. */
const chance = (salt: string): string => `(('x' || substr(md5(n::text || '${salt}'), 1, 5))::bit(20)::int % 1000000)`;
const oneOf = (salt: string, texts: readonly string[]): string => `(ARRAY[${texts.map((text) => `'${text}'`).join(', ')}])[1 + ${chance(salt)} % ${texts.length}]`;

const statementsFor = (slug: string, runs: number): readonly string[] => [
  `INSERT INTO runs (id, experiment_id, name, status, seed, user_name, started_at, ended_at, created_at, updated_at)
   SELECT md5('${slug}' || n), 'exp_${slug}_' || (1 + n / ${RUNS_AN_EXPERIMENT}), 'run-' || n, (CASE WHEN ${chance('status')} % 20 = 0 THEN 'FAILED' ELSE 'FINISHED' END)::run_status, (n % 8)::text,
     ${oneOf('user', ['ada', 'ben', 'cleo', 'dan'])}, timestamptz '2026-01-01' + n * interval '97 seconds', timestamptz '2026-01-01' + n * interval '97 seconds' + interval '1 hour', timestamptz '2026-01-01' + n * interval '97 seconds', now()
   FROM generate_series(0, ${runs - 1}) n`,
  `INSERT INTO run_params (run_id, key, value) SELECT md5('${slug}' || n), p.key, p.value FROM generate_series(0, ${runs - 1}) n CROSS JOIN LATERAL (
     VALUES ('lr', (${chance('lr')}::float8 / 1e7)::text), ('optimizer', ${oneOf('opt', ['adam', 'sgd', 'lion', 'rmsprop', 'adamw'])}), ('batch_size', (2 ^ (4 + ${chance('batch')} % 6))::text),
            ('model', ${oneOf('model', ['resnet18', 'resnet50', 'vit-small', 'vit-base', 'convnext-tiny', 'mixer'])}), ('augment', ${oneOf('aug', ['none', 'mixup', 'cutmix', 'randaugment'])})
     UNION ALL SELECT 'config.part_' || i % 12 || '.option_' || i, CASE i % 3 WHEN 0 THEN (n % (i + 2))::text WHEN 1 THEN 'choice-' || (n * i) % 17 ELSE ((n * i) % 1000 / 1000.0)::text END FROM generate_series(6, ${SHAPE.params}) i
   ) p(key, value)`,
  `INSERT INTO run_tags (run_id, key, value) SELECT md5('${slug}' || n), t.key, t.value FROM generate_series(0, ${runs - 1}) n CROSS JOIN LATERAL (
     VALUES ('team', ${oneOf('team', ['red', 'blue', 'green'])}), ('git.commit', md5((n / 40)::text)), ('note', 'sweep ' || n % 400 || ' of the ' || ${oneOf('season', ['spring', 'summer', 'autumn'])})
     UNION ALL SELECT 'tag_' || i, 'value ' || (n + i) % 31 FROM generate_series(4, ${SHAPE.tags}) i
   ) t(key, value)`,
  `INSERT INTO metric_heads (run_id, sequence, packed_sequence) SELECT md5('${slug}' || n), 1, 1 FROM generate_series(0, ${runs - 1}) n`,
  `INSERT INTO metric_series (run_id, key, count, last_value, last_step, min_value, max_value) SELECT md5('${slug}' || n), m.key, 100, m.value, 99, m.value - 0.1, m.value + 0.1 FROM generate_series(0, ${runs - 1}) n CROSS JOIN LATERAL (
     VALUES ('val_acc', 0.5 + ${chance('acc')}::float8 / 2e6), ('val_loss', ${chance('loss')}::float8 / 1e6)
     UNION ALL SELECT 'metric_' || i, ((n * i) % 10007)::float8 / 10007 FROM generate_series(3, ${SHAPE.metrics}) i
   ) m(key, value)`,
  `INSERT INTO run_changes (run_id, changed) SELECT md5('${slug}' || n), pg_current_xact_id() FROM generate_series(0, ${runs - 1}) n`,
  ...([['PARAM', 'run_params'], ['TAG', 'run_tags'], ['METRIC', 'metric_series']] as const).map(([kind, table]) => `INSERT INTO run_keys (project_id, kind, key) SELECT 'prj_${slug}', '${kind}', key FROM ${table} WHERE run_id = md5('${slug}' || 0)`),
];
