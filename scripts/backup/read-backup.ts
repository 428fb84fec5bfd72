import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { knownMigrations, migrate } from '../../adapters/postgres/migrate.ts';
import { beginFilling, clearSchema, isEmptyDatabase, type Filling } from '../../adapters/postgres/snapshot.ts';
import type { LaunchSettings } from '../launch/settings.ts';
import { artifactFolder, blobPath, openStoresAlone } from './stores.ts';
import { BackupProblem, type Manifest } from './write-backup.ts';

export interface RestoreReport {
  readonly madeAt: string;
  readonly tables: number;
  readonly artifacts: number;
  /** Migrations applied afterwards, when the backup was made by an older version. */
  readonly migrated: readonly string[];
}

/**
 * Brings a backup up in a data folder (and database) that holds nothing yet.
 * @throws BackupProblem, with nothing changed, when there is data already, or the backup comes from a newer version or is damaged.
 */
export async function restoreBackup(settings: LaunchSettings, file: string): Promise<RestoreReport> {
  const source = resolve(file);
  if (!existsSync(source)) throw new BackupProblem(`There is no file ${source}.`);
  const manifest = await readManifest(source);
  const through = lastMigration(manifest);
  const artifacts = artifactFolder(settings);
  if (manifest.artifacts === 'included' && artifacts === null) throw new BackupProblem('The backup holds artifacts, and ARTIFACT_URL names an object store. Leave ARTIFACT_URL unset for the restore.');
  const stores = await openStoresAlone(settings);
  try {
    if (!(await isEmptyDatabase(stores.databaseUrl))) throw new BackupProblem(`There is data in ${settings.dataFolder} already, and a restore never overwrites. Move it away, or restore into another folder: LEMMA_DATA=/another/folder npm run restore ${file}`);
    await clearSchema(stores.databaseUrl);
    await migrate(stores.databaseUrl, undefined, through);
    const filling = await beginFilling(stores.databaseUrl);
    try {
      await restoreEntries({ source, manifest, filling, artifacts, settings });
      await filling.finish(manifest.sequences);
    } catch (error) {
      await filling.abandon();
      throw error instanceof BackupProblem ? error : new BackupProblem(`${source} could not be restored, and nothing of it was kept: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    const { applied } = await migrate(stores.databaseUrl);
    return { madeAt: manifest.madeAt, tables: manifest.tables.length, artifacts: manifest.artifacts === 'included' ? manifest.blobs.length : 0, migrated: applied };
  } finally {
    await stores.close();
  }
}

/** The last migration the backup knows. Refuses one that this version does not. */
function lastMigration({ migrations }: Manifest): string | null {
  const known = knownMigrations();
  const strange = migrations.find(({ name, checksum }) => known.get(name) !== checksum);
  if (strange) throw new BackupProblem(`The backup was made by another version of Lemma: it has the migration "${strange.name}", which this version does not know. Nothing was changed. Restore it with the version that made it, or a newer one.`);
  return migrations.at(-1)?.name ?? null;
}

async function readManifest(source: string): Promise<Manifest> {
  try {
    for await (const entry of entriesOf(source)) {
      if (entry.header.name !== 'manifest.json') break;
      const manifest = JSON.parse(await text(entry)) as Manifest;
      if (manifest.format === 1) return manifest;
      break;
    }
  } catch (error) {
    throw new BackupProblem(`${source} is not a backup of Lemma, or it is damaged (${error instanceof Error ? error.message : String(error)}).`, { cause: error });
  }
  throw new BackupProblem(`${source} is not a backup that this version of Lemma can read.`);
}

interface Restoring {
  readonly source: string;
  readonly manifest: Manifest;
  readonly filling: Filling;
  readonly artifacts: string | null;
  readonly settings: LaunchSettings;
}

async function restoreEntries({ source, manifest, filling, artifacts, settings }: Restoring): Promise<void> {
  const tables = new Map(manifest.tables.map((table) => [table.name, table]));
  const expected = new Set([...manifest.tables.map(({ name }) => `tables/${name}`), ...(manifest.artifacts === 'included' ? manifest.blobs.map(({ sha256 }) => `artifacts/${sha256}`) : []), 'secret']);
  for await (const entry of entriesOf(source)) {
    const { name } = entry.header;
    const [kind, rest = ''] = name.split('/');
    const table = tables.get(rest);
    if (kind === 'tables' && table) await filling.table(table, entry);
    else if (kind === 'artifacts' && artifacts !== null && expected.has(name)) await restoreArtifact(entry, artifacts, rest);
    else if (name === 'secret') restoreSecret(await text(entry), settings);
    else entry.resume();
    expected.delete(name);
  }
  const [missing] = expected;
  if (missing !== undefined) throw new BackupProblem(`The backup is damaged: it lacks ${missing}. Nothing of it was kept.`);
}

/** Into place only when the content has the digest it is named for. */
async function restoreArtifact(entry: Entry, folder: string, sha256: string): Promise<void> {
  const path = join(folder, blobPath(sha256));
  const coming = `${path}.coming`;
  mkdirSync(dirname(path), { recursive: true });
  const digest = createHash('sha256');
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      digest.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(entry, watch, createWriteStream(coming));
  if (digest.digest('hex') !== sha256) {
    rmSync(coming, { force: true });
    throw new BackupProblem(`The backup is damaged: the artifact ${sha256} has another content. Nothing of it was kept.`);
  }
  renameSync(coming, path);
}

function restoreSecret(secret: string, { dataFolder, env }: LaunchSettings): void {
  if (env['LEMMA_SECRET']) return;
  writeFileSync(join(dataFolder, 'secret'), secret, { mode: 0o600 });
}

/** A file inside the archive: its bytes come once, in order. */
type Entry = AsyncIterable<Uint8Array> & { readonly header: Header; resume(): unknown };

async function* entriesOf(source: string): AsyncGenerator<Entry> {
  const entries = extract();
  const piping = pipeline(createReadStream(source), createGunzip(), entries);
  // The loop below sees the error as well; this one must not count as unhandled before it does.
  piping.catch(() => {});
  // The library types its chunks as unknown; they are buffers.
  for await (const entry of entries as AsyncIterable<Entry>) yield entry;
  await piping;
}
