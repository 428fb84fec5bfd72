import { Client } from 'pg';

/** A database that refuses to write until it is let go: as a standby does, or one whose disk is full. */
export async function makeReadOnly(databaseUrl: string): Promise<() => Promise<void>> {
  await told(databaseUrl, 'SET default_transaction_read_only = on');
  return () => told(databaseUrl, 'RESET default_transaction_read_only');
}

/** Connections read the setting as they open, so those that are open are closed. */
async function told(databaseUrl: string, setting: string): Promise<void> {
  const postgres = new Client({ connectionString: databaseUrl, options: '-c default_transaction_read_only=off' });
  await postgres.connect();
  try {
    await postgres.query(`ALTER DATABASE "${new URL(databaseUrl).pathname.slice(1)}" ${setting}`);
    await postgres.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()');
  } finally {
    await postgres.end();
  }
}
