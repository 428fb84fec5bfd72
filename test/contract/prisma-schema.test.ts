import { readFileSync } from 'node:fs';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import { emptyDatabase, freshDatabase } from '../support/fresh-database.ts';
import { sqlFor } from '../support/schema-engine.ts';

/** Written by hand in a migration because Prisma's schema has no word for it. Everything else must come from prisma/schema.prisma. */
const BY_HAND = /^CREATE (UNIQUE )?INDEX (notifications_(person_group|webhook_group|post_at)_idx|deliveries_due_at_idx|run_(params|tags)_(column|long)_idx|search_documents_trigram_idx|search_documents_words_idx|search_words_trigram_idx|removals_uncleaned_idx|runs_deleted_idx|metric_heads_unpacked_idx|notes_behind_idx|hypotheses_said_idx|hypotheses_statement_trigram_idx|datasets_named_idx|runs_code_idx|run_keys_(beginning|trigram)_idx) |^search_documents\.words tsvector /;

/** Columns, keys and indexes of the public schema, one line each. Partitions have those of their table. */
async function shapeOf(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(`
      SELECT format('%s.%s %s%s%s', c.relname, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND a.attnum > 0 AND NOT a.attisdropped AND c.relname <> '_prisma_migrations'
      UNION ALL SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n' AND conrelid IN (SELECT oid FROM pg_class WHERE NOT relispartition AND relname <> '_prisma_migrations')
      UNION ALL SELECT replace(indexdef, ' ON ONLY ', ' ON ') FROM pg_indexes i JOIN pg_class c ON c.relname = i.tablename AND c.relnamespace = 'public'::regnamespace WHERE schemaname = 'public' AND NOT c.relispartition AND tablename <> '_prisma_migrations'
      UNION ALL SELECT format('enum %s: %s', t.typname, string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder)) FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.typname
      ORDER BY 1`);
    return rows.map(({ line }) => line);
  } finally {
    await client.end();
  }
}

test('the migrations make the database that prisma/schema.prisma describes', async () => {
  const [migrated, described] = [await freshDatabase(), await emptyDatabase()];
  try {
    const files = [{ path: 'schema.prisma', content: readFileSync('prisma/schema.prisma', 'utf8') }];
    const sql = await sqlFor(described.url, { tag: 'empty' }, { tag: 'schemaDatamodel', files });
    const client = new Client({ connectionString: described.url });
    await client.connect();
    await client.query(sql);
    await client.end();
    const [made, wanted] = [await shapeOf(migrated.url), await shapeOf(described.url)];
    expect(wanted.length).toBeGreaterThan(200);
    expect({ missing: wanted.filter((line) => !made.includes(line)), tooMuch: made.filter((line) => !wanted.includes(line) && !BY_HAND.test(line)) }).toEqual({ missing: [], tooMuch: [] });
  } finally {
    await migrated.drop();
    await described.drop();
  }
});
