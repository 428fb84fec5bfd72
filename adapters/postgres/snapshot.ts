import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import * as copying from 'pg-copy-streams';

/** What stands in a snapshot beside the rows themselves. */
export interface SnapshotContents {
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  readonly tables: readonly SnapshotTable[];
  readonly sequences: readonly { readonly name: string; readonly lastValue: string | null }[];
  readonly blobs: readonly { readonly sha256: string; readonly size: number }[];
}

export interface SnapshotTable {
  readonly name: string;
  /** Generated columns are left out: Postgres fills them. */
  readonly columns: readonly string[];
}

export interface Snapshot {
  readonly contents: SnapshotContents;
  /** The rows in Postgres's binary COPY format. One table at a time. */
  rows(table: SnapshotTable): Readable;
  close(): Promise<void>;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const columnsOf = ({ columns }: SnapshotTable): string => columns.map(quoted).join(', ');

/** One moment of the whole database, while others go on writing. */
export async function openSnapshot(databaseUrl: string): Promise<Snapshot> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Until the connection ends: no content goes while those of this moment are copied.
    await client.query("SELECT pg_advisory_lock_shared(hashtext('lemma blobs'))");
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    // Before the snapshot is taken: a partition that is emptied and dropped after it would take along what the snapshot sees in it.
    await client.query('LOCK TABLE metric_segments IN ACCESS SHARE MODE');
    const contents: SnapshotContents = {
      migrations: (await client.query<{ name: string; checksum: string }>(`SELECT migration_name AS name, checksum FROM "_prisma_migrations" WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`)).rows,
      tables: await listTables(client),
      sequences: (await client.query<{ name: string; lastValue: string | null }>(`SELECT sequencename AS name, last_value::text AS "lastValue" FROM pg_sequences WHERE schemaname = 'public' ORDER BY 1`)).rows,
      blobs: (await client.query<{ sha256: string; size: string }>('SELECT sha256, size::text FROM blobs ORDER BY 1')).rows.map(({ sha256, size }) => ({ sha256, size: Number(size) })),
    };
    return {
      contents,
      rows: (table) => client.query(copying.to(`COPY (SELECT ${columnsOf(table)} FROM ${quoted(table.name)}) TO STDOUT (FORMAT binary)`)),
      close: () => client.end(),
    };
  } catch (error) {
    await client.end();
    throw error;
  }
}

/** Rows of partitions are those of their table. */
async function listTables(client: Client): Promise<SnapshotTable[]> {
  const { rows } = await client.query<SnapshotTable>(`
    SELECT c.relname AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> '_prisma_migrations'
      AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    GROUP BY c.relname ORDER BY c.relname`);
  return rows;
}

/** Has rows from the first migration on: where metric points are going to lie. */
const LAYOUT = 'metric_partitions';

/** Whether no table has a row; a database without tables counts. */
export async function isEmptyDatabase(databaseUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const { name } of await listTables(client)) {
      if (name === LAYOUT) continue;
      const { rowCount } = await client.query(`SELECT 1 FROM ${quoted(name)} LIMIT 1`);
      if (rowCount) return false;
    }
    return true;
  } finally {
    await client.end();
  }
}

/** Takes away the tables of an empty database, so that the schema can be made as it was when a snapshot was taken. */
export async function clearSchema(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  } finally {
    await client.end();
  }
}

/** Fills a database that has the snapshot's schema, in one transaction: all of it, or nothing. */
export interface Filling {
  table(table: SnapshotTable, rows: AsyncIterable<Uint8Array>): Promise<void>;
  /** Sets the sequences, checks every foreign key and commits. */
  finish(sequences: SnapshotContents['sequences']): Promise<void>;
  abandon(): Promise<void>;
}

export async function beginFilling(databaseUrl: string): Promise<Filling> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query('BEGIN');
  // Tables lean on each other in circles, so no order of loading pleases every foreign key: they come off, and are checked when put back.
  const { rows: keys } = await client.query<{ owner: string; name: string; definition: string }>(`
    SELECT conrelid::regclass::text AS owner, conname AS name, pg_get_constraintdef(oid) AS definition
    FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace`);
  for (const { owner, name } of keys) await client.query(`ALTER TABLE ${owner} DROP CONSTRAINT ${quoted(name)}`);
  for (const { name } of await listTables(client)) await client.query(`DELETE FROM ${quoted(name)}`);
  return {
    table: async (table, rows) => {
      await pipeline(rows, client.query(copying.from(`COPY ${quoted(table.name)} (${columnsOf(table)}) FROM STDIN (FORMAT binary)`)));
    },
    finish: async (sequences) => {
      for (const { name, lastValue } of sequences) if (lastValue !== null) await client.query('SELECT setval($1::regclass, $2::bigint)', [quoted(name), lastValue]);
      for (const { owner, name, definition } of keys) await client.query(`ALTER TABLE ${owner} ADD CONSTRAINT ${quoted(name)} ${definition}`);
      await client.query('COMMIT');
      await client.end();
    },
    abandon: () => client.end(),
  };
}
