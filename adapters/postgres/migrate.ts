import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';

/** The lock `prisma migrate` takes too, so that neither runs under the other. */
const MIGRATION_LOCK = 72_707_369;

const TABLE = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Applied {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

/** The database cannot be brought to this version; nothing was changed. The message is a sentence for the person who starts Lemma. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

export interface MigrationReport {
  /** Applied now, in order. */
  readonly applied: readonly string[];
  /** Every migration the database has after this call. */
  readonly present: readonly string[];
}

export const MIGRATIONS_FOLDER = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** The migrations this version knows, and the digest of each one's text, by name. */
export const knownMigrations = (folder: string = MIGRATIONS_FOLDER): ReadonlyMap<string, string> => new Map(readMigrations(folder).map(({ name, checksum }) => [name, checksum]));

/**
 * Brings a database to this version's schema. Each migration runs in a transaction of its own and is recorded, in that transaction, in the
 * table `prisma migrate` keeps, so that Prisma's own tools agree on what was done. Several processes may call it at once: one works, the others wait.
 * @param through the last migration to apply; without it, all of them
 * @throws MigrationRefused before anything is written, when the database knows migrations this version does not, or other ones of the same name.
 */
export async function migrate(databaseUrl: string, folder: string = MIGRATIONS_FOLDER, through: string | null = null): Promise<MigrationReport> {
  const known = readMigrations(folder);
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    const before = await readApplied(client);
    refuseWhatDiffers(known, before);
    const present = new Set(before.map((migration) => migration.name));
    const missing = known.filter(({ name }) => !present.has(name) && (through === null || name <= through));
    for (const migration of missing) await apply(client, migration);
    return { applied: missing.map((migration) => migration.name), present: [...present, ...missing.map((migration) => migration.name)].toSorted() };
  } finally {
    await client.end();
  }
}

function readMigrations(folder: string): Migration[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'migration.sql')))
    .map((entry) => entry.name)
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

async function readApplied(client: Client): Promise<Applied[]> {
  const table = await client.query<{ there: boolean }>(`SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS there`);
  if (!table.rows[0]?.there) return [];
  const { rows } = await client.query<Applied>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished FROM "_prisma_migrations" WHERE rolled_back_at IS NULL ORDER BY migration_name`,
  );
  return rows;
}

function refuseWhatDiffers(known: readonly Migration[], applied: readonly Applied[]): void {
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  for (const { name, checksum, finished } of applied) {
    const ours = byName.get(name);
    if (!ours) throw new MigrationRefused(`The database was made by a newer Lemma: it has the migration "${name}", which this version does not know. Nothing was changed. Start that newer version, or restore a backup made by this one.`);
    if (!finished) throw new MigrationRefused(`The migration "${name}" was begun by another tool and never finished. Nothing was changed. Restore a backup, or mark it with \`prisma migrate resolve\`.`);
    if (ours.checksum !== checksum) throw new MigrationRefused(`The database was changed by another text of the migration "${name}" than this version has. Nothing was changed. Start the version that made it, or restore a backup made by this one.`);
  }
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(TABLE);
    const startedAt = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now');
    await client.query(sql);
    await client.query(
      `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [randomUUID(), checksum, name, startedAt.rows[0]?.now],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new Error(`The migration "${name}" failed and was taken back: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
