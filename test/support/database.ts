import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../adapters/postgres/migrate.ts';
import { startChild } from '../../scripts/launch/child.ts';
import { freePort } from '../../scripts/launch/free-port.ts';
import { ensureDatabase, preparePostgres } from '../../scripts/launch/postgres.ts';

export const TEMPLATE = 'template_lemma';

declare module 'vitest' {
  interface ProvidedContext {
    /** A database that may create and drop others. */
    readonly adminDatabaseUrl: string;
  }
}

/** Before the first test: one Postgres for all files of the project, and in it the migrated database that every file gets a copy of. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'lemma-test-'));
  const server = await preparePostgres({ dataFolder, port: await freePort(), durable: false, maxConnections: 500 });
  const child = await startChild(server.plan);
  await ensureDatabase(server, TEMPLATE);
  await migrate(server.urlOf(TEMPLATE));
  project.provide('adminDatabaseUrl', server.urlOf('postgres'));
  return async () => {
    await child.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
}
