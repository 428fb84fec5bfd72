import { createReadStream, createWriteStream, existsSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack, type Pack } from 'tar-stream';
import { openSnapshot, type Snapshot, type SnapshotContents } from '../../adapters/postgres/snapshot.ts';
import { keepSecret } from '../launch/data-folder.ts';
import type { LaunchSettings } from '../launch/settings.ts';
import { artifactFolder, blobPath, openStores } from './stores.ts';

/** The first entry of a backup. */
export interface Manifest extends SnapshotContents {
  readonly format: 1;
  readonly madeAt: string;
  readonly artifacts: 'included' | 'in the object store';
}

export class BackupProblem extends Error {
  override readonly name = 'BackupProblem';
}

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly tables: number;
  readonly artifacts: number;
  readonly artifactsIncluded: boolean;
}

/**
 * Writes everything needed to bring this Lemma up elsewhere into one file: the database at one moment, the artifacts it names, and the secret.
 * Works while Lemma runs and while it does not. The file is complete or absent, and readable by its owner alone: it holds the secret.
 */
export async function writeBackup(settings: LaunchSettings, file: string, now: Date): Promise<BackupReport> {
  const target = resolve(file);
  if (existsSync(target)) throw new BackupProblem(`${target} exists already. Name another file, or move it away.`);
  const stores = await openStores(settings);
  const half = mkdtempSync(join(dirname(target), '.lemma-backup-'));
  try {
    const snapshot = await openSnapshot(stores.databaseUrl);
    try {
      const folder = artifactFolder(settings);
      const manifest: Manifest = { format: 1, madeAt: now.toISOString(), ...snapshot.contents, artifacts: folder === null ? 'in the object store' : 'included' };
      const archive = pack();
      const written = pipeline(archive, createGzip({ level: 6 }), createWriteStream(join(half, 'backup'), { mode: 0o600 }));
      await Promise.all([written, fill({ archive, manifest, snapshot, folder, half, secret: keepSecret(settings.dataFolder, settings.env['LEMMA_SECRET']) }).catch((error: unknown) => {
        archive.destroy(error instanceof Error ? error : new Error(String(error)));
        throw error;
      })]);
      renameSync(join(half, 'backup'), target);
      return { file: target, bytes: statSync(target).size, tables: manifest.tables.length, artifacts: folder === null ? 0 : manifest.blobs.length, artifactsIncluded: folder !== null };
    } finally {
      await snapshot.close();
    }
  } finally {
    rmSync(half, { recursive: true, force: true });
    await stores.close();
  }
}

interface Filling {
  readonly archive: Pack;
  readonly manifest: Manifest;
  readonly snapshot: Snapshot;
  readonly folder: string | null;
  /** For a table on its way: tar wants to know the size first. */
  readonly half: string;
  readonly secret: string;
}

async function fill({ archive, manifest, snapshot, folder, half, secret }: Filling): Promise<void> {
  await addText(archive, 'manifest.json', JSON.stringify(manifest));
  await addText(archive, 'secret', secret);
  for (const { sha256, size } of folder === null ? [] : manifest.blobs) {
    const path = join(folder ?? '', blobPath(sha256));
    if (statSync(path, { throwIfNoEntry: false })?.size !== size) throw new BackupProblem(`The artifact ${sha256} is named in the database, but ${path} is not there whole. Nothing was backed up: put the file back first.`);
    await addFile(archive, `artifacts/${sha256}`, path);
  }
  const rows = join(half, 'rows');
  for (const table of manifest.tables) {
    await pipeline(snapshot.rows(table), createWriteStream(rows, { mode: 0o600 }));
    await addFile(archive, `tables/${table.name}`, rows);
  }
  archive.finalize();
}

function addText(archive: Pack, name: string, text: string): Promise<void> {
  return new Promise((done, failed) => archive.entry({ name, mode: 0o600 }, text, (error) => (error ? failed(error) : done())));
}

async function addFile(archive: Pack, name: string, path: string): Promise<void> {
  await pipeline(createReadStream(path), archive.entry({ name, mode: 0o600, size: statSync(path).size }));
}
