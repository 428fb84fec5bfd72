import { Client } from 'pg';
import { expect, test } from 'vitest';
import { migrate, MIGRATIONS_FOLDER } from '../../adapters/postgres/migrate.ts';
import { emptyDatabase } from '../support/fresh-database.ts';

const BEFORE = `
  INSERT INTO threads (id, project_id, subject_id, subject_kind, number, created_by_id, updated_at) VALUES ('long', 'lab', 'e', 'experiment', 1, 'ada', now()), ('short', 'lab', 'e', 'experiment', 2, 'ada', now());
  INSERT INTO comments (id, thread_id, author_id, body, created_at) SELECT 'l' || n, 'long', 'ada', 'word' || n, timestamptz '2026-01-01' + (n / 2) * interval '1 second' FROM generate_series(1, 120) n;
  INSERT INTO comments (id, thread_id, author_id, body, created_at) VALUES ('s1', 'short', 'ada', 'word', now());
  UPDATE comments SET body = '', deleted_at = now() WHERE id = 'l119';
  INSERT INTO search_documents (subject_id, subject_kind, project_id, title, body) SELECT 'long', 'thread', 'lab', 'word1', string_agg(body, E'\\n\\n') FROM comments WHERE thread_id = 'long';
  INSERT INTO search_documents (subject_id, subject_kind, project_id, title, body) VALUES ('short', 'thread', 'lab', 'word', 'as it was');
`;

test('comments of an older Lemma are numbered in the order they stood in, and a long thread is found by the words of each of its parts', async () => {
  const database = await emptyDatabase();
  const client = new Client({ connectionString: database.url });
  try {
    await migrate(database.url, MIGRATIONS_FOLDER, '0019_home_and_dashboards');
    await client.connect();
    await client.query(BEFORE);
    await migrate(database.url);
    const { rows: numbers } = await client.query<{ number: number; place: string }>(`SELECT number, row_number() OVER (PARTITION BY thread_id ORDER BY created_at, id) AS place FROM comments`);
    expect(numbers).toHaveLength(121);
    expect(numbers.filter(({ number, place }) => number !== Number(place))).toEqual([]);
    const { rows: parts } = await client.query<{ subject_id: string; part: number; title: string; words: string[] }>(`SELECT subject_id, part, title, string_to_array(body, E'\\n\\n') AS words FROM search_documents ORDER BY 1, 2`);
    expect(parts.map(({ subject_id: of, part, title }) => [of, part, title])).toEqual([['long', 0, 'word1'], ['long', 1, ''], ['long', 2, ''], ['short', 0, 'word']]);
    expect(parts.map(({ words }) => words.length)).toEqual([50, 50, 19, 1]);
    expect(new Set(parts.slice(0, 3).flatMap(({ words }) => words)).size, 'each comment in one part').toBe(119);
    expect(parts.at(-1)?.words).toEqual(['as it was']);
  } finally {
    await client.end();
    await database.drop();
  }
});
