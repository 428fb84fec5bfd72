import type { Client } from 'pg';

/** What is loaded: five runs an experiment, a note for each experiment. */
export interface SearchSize { readonly experiments: number; readonly runs: number }

const TOPICS = ['augmentation', 'dropout', 'warmup', 'distillation', 'quantisation', 'pruning', 'attention', 'normalisation', 'curriculum', 'ensembling', 'calibration', 'regularisation', 'tokenisation', 'initialisation', 'momentum', 'pooling'];
const WORDS = ['raises', 'lowers', 'accuracy', 'validation', 'because', 'gradients', 'noisy', 'batches', 'learning', 'schedule', 'cosine', 'plateau', 'overfits', 'smaller', 'larger', 'images', 'speech', 'labels', 'teacher', 'student', 'layers', 'hidden', 'width', 'depth', 'seeds', 'variance', 'baseline', 'memory', 'throughput', 'converges', 'diverges', 'sharper', 'flatter', 'minima', 'sampling', 'weights'];
const array = (texts: readonly string[]): string => `(ARRAY[${texts.map((text) => `'${text}'`).join(', ')}])`;
/** A text that looks random and is the same every time: some words of the list, of whom the topic is one. */
const textOf = (n: string, salt: string, words: number): string =>
  `(SELECT string_agg(CASE WHEN i = 3 THEN ${array(TOPICS)}[1 + ${n} % ${TOPICS.length}] ELSE ${array(WORDS)}[1 + abs(hashint4(${n} * 131 + i * 7 + ${salt})) % ${WORDS.length}] END, ' ' ORDER BY i) FROM generate_series(1, ${words}) i)`;
const chance = (salt: number): string => `(abs(hashint4(n * 31 + ${salt})) % 1000000)::float8 / 1e6`;

/** Fills a migrated database in bulk: no trigger is fired, what they keep is written at once. */
export async function loadSearch(client: Client, { experiments, runs }: SearchSize): Promise<void> {
  const { rows: [organization] } = await client.query<{ id: string }>('SELECT id FROM organizations ORDER BY created_at LIMIT 1');
  await client.query(`INSERT INTO projects (id, organization_id, slug, key, name, last_number) VALUES ('prj_find', $1, 'find', 'FIND', 'Find', $2)`, [organization?.id, experiments]);
  await client.query(`SET session_replication_role = replica; SET maintenance_work_mem = '512MB'`);
  const perExperiment = Math.ceil(runs / experiments);
  const document = (id: string, kind: string, { count, title, words }: { readonly count: number; readonly title: string; readonly words: string }): string =>
    `INSERT INTO search_documents (subject_id, subject_kind, project_id, title, body) SELECT ${id}, '${kind}', 'prj_find', ${title}, ${words} FROM generate_series(1, ${count}) n`;
  await client.query('DROP INDEX search_documents_words_idx, search_documents_trigram_idx');
  for (const statement of [
    `INSERT INTO experiments (id, project_id, number, name, updated_at) SELECT 'exp_find_' || n, 'prj_find', n, ${array(TOPICS)}[1 + n % ${TOPICS.length}] || ' ' || n, now() FROM generate_series(1, ${experiments}) n`,
    `INSERT INTO runs (id, experiment_id, name, status, seed, user_name, started_at, created_at, updated_at) SELECT md5('find' || n), 'exp_find_' || (1 + (n - 1) / ${perExperiment}), 'run-' || n, 'FINISHED', (n % 5)::text, 'ada', timestamptz '2026-01-01' + n * interval '97 seconds', now(), now() FROM generate_series(1, ${runs}) n`,
    `INSERT INTO run_params (run_id, key, value) SELECT md5('find' || n), p.key, p.value FROM generate_series(1, ${runs}) n CROSS JOIN LATERAL (VALUES ('lr', (${chance(1)})::text), ('optimizer', ${array(['adam', 'sgd', 'lion'])}[1 + n % 3]), ('augment', ${array(TOPICS)}[1 + n % ${TOPICS.length}]), ('depth', (n % 40)::text)) p(key, value)`,
    `INSERT INTO metric_heads (run_id, sequence, packed_sequence) SELECT md5('find' || n), 1, 1 FROM generate_series(1, ${runs}) n`,
    `INSERT INTO metric_series (run_id, key, count, last_value, last_step, min_value, max_value) SELECT md5('find' || n), m.key, 1, m.value, 0, m.value, m.value FROM generate_series(1, ${runs}) n CROSS JOIN LATERAL (VALUES ('val_acc', ${chance(2)}), ('val_loss', ${chance(3)})) m(key, value)`,
    document(`'exp_find_' || n`, 'experiment', { count: experiments, title: `'FIND-' || n || ' ' || ${array(TOPICS)}[1 + n % ${TOPICS.length}] || ' ' || n`, words: textOf('n', '1', 25) }),
    document(`'note_find_' || n`, 'note', { count: experiments, title: `'Notes ' || n`, words: textOf('n', '2', 120) }),
    document(`md5('find' || n)`, 'run', { count: runs, title: `'run-' || n`, words: `'lr ' || n % 97 || E'\\noptimizer ' || ${array(['adam', 'sgd', 'lion'])}[1 + n % 3] || E'\\naugment ' || ${array(TOPICS)}[1 + n % ${TOPICS.length}]` }),
    `INSERT INTO search_words (project_id, word) SELECT 'prj_find', unnest(${array([...TOPICS, ...WORDS, 'optimizer', 'augment'])})`,
    'CREATE INDEX "search_documents_words_idx" ON "search_documents" USING GIN ("words")',
    `CREATE INDEX "search_documents_trigram_idx" ON "search_documents" USING GIN ((left("title", 2000) || ' ' || left("body", 8000)) gin_trgm_ops)`,
  ]) await client.query(statement);
  await client.query('RESET session_replication_role');
  await client.query('VACUUM (ANALYZE) search_documents, search_words, runs, experiments, run_params, metric_series, metric_heads');
}

/** The same runs into the tables that an mlflow server made in its own database, from the one that was loaded. */
export async function loadMlflow(client: Client, { experiments, runs }: SearchSize): Promise<void> {
  const perExperiment = Math.ceil(runs / experiments);
  for (const statement of [
    `INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage, creation_time, last_update_time) SELECT n, 'find ' || n, '/tmp/' || n, 'active', 0, 0 FROM generate_series(1, ${experiments}) n`,
    `INSERT INTO runs (run_uuid, name, user_id, status, source_type, start_time, lifecycle_stage, artifact_uri, experiment_id) SELECT md5('find' || n), 'run-' || n, 'ada', 'FINISHED', 'LOCAL', 1767225600000 + n::bigint * 97000, 'active', '/tmp', 1 + (n - 1) / ${perExperiment} FROM generate_series(1, ${runs}) n`,
    `INSERT INTO params (run_uuid, key, value) SELECT md5('find' || n), p.key, p.value FROM generate_series(1, ${runs}) n CROSS JOIN LATERAL (VALUES ('lr', (${chance(1)})::text), ('optimizer', ${array(['adam', 'sgd', 'lion'])}[1 + n % 3]), ('augment', ${array(TOPICS)}[1 + n % ${TOPICS.length}]), ('depth', (n % 40)::text)) p(key, value)`,
    `INSERT INTO latest_metrics (run_uuid, key, value, timestamp, step, is_nan) SELECT md5('find' || n), m.key, m.value, 0, 0, false FROM generate_series(1, ${runs}) n CROSS JOIN LATERAL (VALUES ('val_acc', ${chance(2)}), ('val_loss', ${chance(3)})) m(key, value)`,
    'VACUUM (ANALYZE) runs, params, latest_metrics, experiments',
  ]) await client.query(statement);
}
