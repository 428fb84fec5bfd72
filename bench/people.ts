import { createHash, randomBytes } from 'node:crypto';
import type { Client } from 'pg';

/** Makes so many people of the first organization, members of no project by name; answers a token of each. */
export async function makePeople(client: Client, count: number): Promise<readonly string[]> {
  const tokens = Array.from({ length: count }, () => `lemma_${randomBytes(32).toString('base64url')}`);
  const hashes = tokens.map((token) => createHash('sha256').update(token).digest('hex'));
  await client.query(`INSERT INTO people (id, organization_id, name, email, updated_at) SELECT 'per_bench_' || n, (SELECT id FROM organizations ORDER BY created_at LIMIT 1), 'Person ' || n, 'person' || n || '@example.org', now() FROM generate_series(1, $1::int) n`, [count]);
  await client.query(`INSERT INTO tokens (id, person_id, name, hint, hash) SELECT 'tok_bench_' || n, 'per_bench_' || n, 'bench', 'lemma_', hash FROM unnest($1::text[]) WITH ORDINALITY AS made(hash, n)`, [hashes]);
  return tokens;
}
