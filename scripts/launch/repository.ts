import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's root; every command works from here, wherever it was called. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** One digest over names and contents: true to what is there, where file times lie after a clone or a checkout. */
export function digestOf(paths: readonly string[]): string {
  const digest = createHash('sha256');
  for (const file of paths.flatMap((path) => filesUnder(join(REPOSITORY, path))).toSorted()) {
    digest.update(`${relative(REPOSITORY, file)}\0`).update(readFileSync(file)).update('\0');
  }
  return digest.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => filesUnder(join(path, entry.name)));
}
