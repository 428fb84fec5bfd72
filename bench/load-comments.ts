import type { Client } from 'pg';

/** What is loaded: one long thread, and short ones, about one experiment. */
export const TALK = { long: 5_000, threads: 1_000, each: 5 } as const;

/** The id of the long thread. */
export const LONG_THREAD = 'thr_bench_0';
/** The newest comment of the newest thread. */
export const LAST_WORDS = `Comment ${TALK.each} of thread ${TALK.threads + 1}.`;

/** Talks about an experiment as two people would have in a year, as SQL makes it: the long thread is the last but one of all. */
export async function loadComments(client: Client, experiment: string): Promise<void> {
  const longest = TALK.threads;
  const length = `CASE WHEN t.number = ${longest} THEN ${TALK.long} ELSE ${TALK.each} END`;
  await client.query(`
    INSERT INTO people (id, organization_id, email, name, updated_at) SELECT 'per_bench', organization_id, 'bench@example.org', 'Ben Ch', now() FROM people LIMIT 1`);
  await client.query(`
    INSERT INTO threads (id, project_id, subject_id, subject_kind, number, created_by_id, created_at, updated_at)
    SELECT CASE WHEN n = ${longest} THEN '${LONG_THREAD}' ELSE 'thr_bench_' || n END, project_id, id, 'experiment', n, 'per_bench', now() - (${TALK.threads + 2} - n) * interval '5 minutes', now()
    FROM experiments, generate_series(1, ${TALK.threads + 1}) n WHERE id = $1`, [experiment]);
  await client.query(`
    INSERT INTO comments (id, thread_id, number, author_id, body, created_at)
    SELECT 'com_bench_' || t.number || '_' || n, t.id, n, CASE WHEN n % 2 = 0 THEN 'per_bench' ELSE e.owner_id END,
      'Comment ' || n || ' of thread ' || t.number || '.' || CASE WHEN n % 3 = 0 THEN E'\\n\\nSeed **' || n % 7 || '** reached \`val_acc = 0.8' || n || E'\`, which the interval holds:\\n\\n- at first\\n- and at the end' ELSE '' END,
      t.created_at + n * interval '50 milliseconds'
    FROM threads t JOIN experiments e ON e.id = t.subject_id, LATERAL generate_series(1, ${length}) n WHERE t.subject_id = $1`, [experiment]);
  await client.query('VACUUM (ANALYZE) comments, threads');
}
