import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from '../launch/child.ts';
import { lockDataFolder, openDataFolder, whoRuns } from '../launch/data-folder.ts';
import { freePort } from '../launch/free-port.ts';
import { ensureDatabase, preparePostgres } from '../launch/postgres.ts';
import type { LaunchSettings } from '../launch/settings.ts';

export interface Stores {
  readonly databaseUrl: string;
  close(): Promise<void>;
}

const DATABASE = 'lemma';

/** The database of this data folder: the one that is running, or, when nothing runs, our own Postgres for as long as it is needed. */
export async function openStores(settings: LaunchSettings): Promise<Stores> {
  const running = whoRuns(settings.dataFolder);
  if (running?.databaseUrl) return { databaseUrl: running.databaseUrl, close: async () => {} };
  return openStoresAlone(settings);
}

/** The same, and nobody else may use the data meanwhile. @throws DataFolderProblem when a Lemma is running. */
export async function openStoresAlone(settings: LaunchSettings): Promise<Stores> {
  openDataFolder(settings.dataFolder);
  const lock = lockDataFolder(settings.dataFolder);
  try {
    if (settings.databaseUrl !== null) return { databaseUrl: settings.databaseUrl, close: async () => lock.release() };
    const server = await preparePostgres({ dataFolder: settings.dataFolder, port: await freePort(), durable: true });
    const child = await startChild(server.plan);
    await ensureDatabase(server, DATABASE);
    return {
      databaseUrl: server.urlOf(DATABASE),
      close: async () => {
        await child.stop();
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** The folder that holds the artifacts; null when they are in an object store, which keeps copies by its own means. */
export function artifactFolder({ env, dataFolder }: LaunchSettings): string | null {
  const url = env['ARTIFACT_URL'] || `file:${dataFolder}/artifacts`;
  if (!url.startsWith('file:')) return null;
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length));
}

/** Where a file named by the SHA-256 of its content lies. */
export const blobPath = (sha256: string): string => `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`;
