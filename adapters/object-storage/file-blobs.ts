import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, mkdir, open, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Blobs } from '../../operations/ports/blobs.ts';
import { BlobProblem } from './blob-problem.ts';
import { checked, nothing, SHA256 } from './checked.ts';
import { tooLarge, writeAll } from './received.ts';

/** The folder named by a file: address, made and tried. Fails with one sentence a person can act on. */
export async function openFolder(artifactUrl: string): Promise<Blobs> {
  const folder = artifactUrl.startsWith('file://') ? fileURLToPath(artifactUrl) : resolve(artifactUrl.slice('file:'.length));
  try {
    await mkdir(join(folder, 'coming'), { recursive: true });
    const probe = join(folder, 'coming', `probe-${randomBytes(8).toString('hex')}`);
    await (await open(probe, 'w')).close();
    await rm(probe);
  } catch (error) {
    throw new BlobProblem(`The artifact folder ${folder} cannot be written: ${error instanceof Error ? error.message : String(error)}`);
  }
  return fileBlobs(folder);
}

/**
 * A folder of files named by the SHA-256 of their content: ab/cd/abcd…. New content is written beside, made durable (fsync of file and folder) and then
 * moved into place, so that a name is either absent or complete.
 */
export function fileBlobs(folder: string): Blobs {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  const sizeOf = async (sha256: string): Promise<number | null> => {
    if (!SHA256.test(sha256)) return null;
    try {
      return (await stat(pathOf(sha256))).size;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  };
  return {
    async write(content, maxBytes = Number.POSITIVE_INFINITY) {
      const coming = join(folder, 'coming', randomBytes(16).toString('hex'));
      try {
        const { sha256, size } = await receive(coming, content, maxBytes);
        const path = pathOf(sha256);
        if ((await sizeOf(sha256)) !== size || !(await touched(path))) {
          await mkdir(dirname(path), { recursive: true });
          await rename(coming, path);
          for (const changed of [dirname(path), dirname(dirname(path)), folder]) await syncFolder(changed);
        }
        return { sha256, size };
      } finally {
        await rm(coming, { force: true });
      }
    },
    async read(sha256, range) {
      const size = await sizeOf(sha256);
      if (size === null) return null;
      if (range === undefined) return checked(createReadStream(pathOf(sha256)) as AsyncIterable<Uint8Array>, sha256);
      const start = Math.min(range.start, size);
      const end = Math.min(range.end, size);
      // A part cannot be checked against the digest of the whole; see docs/decisions/0033-artifacts-in-a-folder.md.
      return start >= end ? nothing() : createReadStream(pathOf(sha256), { start, end: end - 1 });
    },
    directAddress: () => Promise.resolve(null),
    async exists(sha256) { return (await sizeOf(sha256)) !== null; },
    async remove(sha256, writtenBefore) {
      if (!SHA256.test(sha256)) return true;
      const leaving = join(folder, 'coming', `leaving-${randomBytes(16).toString('hex')}`);
      try {
        // Out of the way first: whoever writes it from here on finds it absent, and whoever did before is seen in its time.
        await rename(pathOf(sha256), leaving);
        const fresh = (await stat(leaving)).mtime >= writtenBefore;
        if (fresh) await link(leaving, pathOf(sha256)).catch(unlessThere);
        return !fresh;
      } catch (error) {
        if (isMissing(error)) return true;
        throw error;
      } finally {
        await rm(leaving, { force: true });
      }
    },
  };
}

async function receive(path: string, content: AsyncIterable<Uint8Array>, maxBytes: number): Promise<{ readonly sha256: string; readonly size: number }> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o640);
  let size = 0;
  try {
    for await (const part of content) {
      size += part.byteLength;
      if (size > maxBytes) throw tooLarge(maxBytes);
      hash.update(part);
      await writeAll(file, part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return { sha256: hash.digest('hex'), size };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Sets the time of what is written again to now; false where it is gone. */
async function touched(path: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(path, now, now);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

function unlessThere(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
}

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';
