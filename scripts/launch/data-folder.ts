import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, linkSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { identityOf, isAlive, type Identity } from './identity.ts';

/** Who uses a data folder now; kept in it as `running.json` while Lemma runs. */
export interface Running {
  readonly launcher: Identity;
  readonly url: string | null;
  readonly databaseUrl: string | null;
  readonly children: readonly (Identity & { readonly name: string })[];
}

export class DataFolderProblem extends Error {
  override readonly name = 'DataFolderProblem';
}

const FILE = 'running.json';

/** Makes the folder, readable by its owner alone. @throws DataFolderProblem when it cannot be written. */
export function openDataFolder(folder: string): void {
  const probe = join(folder, `.probe-${process.pid}`);
  try {
    makeFolder(folder);
    closeSync(openSync(probe, 'w'));
    rmSync(probe);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DataFolderProblem(`Lemma keeps its data in ${folder}, and ${userInfo().username} cannot write there (${reason}). Make it writable, or name another folder in LEMMA_DATA.`);
  }
}

/** One folder after the other: Node's own recursive mkdir never comes back where a parent refuses, as in /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
}

export interface Lock {
  /** What a Lemma that was killed left running; the caller stops these. */
  readonly leftovers: Running['children'];
  note(change: Partial<Omit<Running, 'launcher'>>): void;
  release(): void;
}

/** @throws DataFolderProblem when another Lemma that still runs has the folder. */
export function lockDataFolder(folder: string): Lock {
  const file = join(folder, FILE);
  const launcher = identityOf(process.pid);
  let running: Running = { launcher, url: null, databaseUrl: null, children: [] };
  const mine = `${file}.${process.pid}`;
  writeFileSync(mine, JSON.stringify(running), { mode: 0o600 });
  const leftovers: Running['children'][number][] = [];
  try {
    while (!claim(mine, file)) leftovers.push(...setAside(file, folder));
  } finally {
    rmSync(mine, { force: true });
  }
  return {
    leftovers: leftovers.filter(isAlive),
    note: (change) => {
      running = { ...running, ...change };
      writeFileSync(mine, JSON.stringify(running), { mode: 0o600 });
      renameSync(mine, file);
    },
    release: () => {
      if (readRunning(folder)?.launcher.pid === launcher.pid) rmSync(file, { force: true });
    },
  };
}

/** Whoever uses the folder now; null when nobody does. */
export function whoRuns(folder: string): Running | null {
  const running = readRunning(folder);
  return running && isAlive(running.launcher) ? running : null;
}

/** A hard link is made by one process only, however many try at once. */
function claim(mine: string, file: string): boolean {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Takes away the lock of a Lemma that was killed, and tells what it had started. */
function setAside(file: string, folder: string): Running['children'] {
  const aside = `${file}.aside-${process.pid}`;
  refuseWhenAlive(readRunning(folder), folder);
  try {
    renameSync(file, aside);
  } catch (error) {
    // Another start took it away a moment before; what it left is that one's to stop.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const taken = parse(aside);
  try {
    if (taken && isAlive(taken.launcher)) {
      claim(aside, file);
      refuseWhenAlive(taken, folder);
    }
    return taken?.children ?? [];
  } finally {
    rmSync(aside, { force: true });
  }
}

function refuseWhenAlive(running: Running | null, folder: string): void {
  if (!running || !isAlive(running.launcher)) return;
  const where = running.url === null ? 'which is just starting' : `at ${running.url}`;
  throw new DataFolderProblem(`Another Lemma (process ${running.launcher.pid}, ${where}) uses the data in ${folder}. Stop that one, or give this one a folder of its own with LEMMA_DATA.`);
}

const readRunning = (folder: string): Running | null => parse(join(folder, FILE));

function parse(file: string): Running | null {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Running;
  } catch {
    return null;
  }
}

/** Made once and kept: on a shared machine anybody can reach a loopback port. */
export function keepPassword(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** The key that signs sessions: given, or made once and kept. */
export function keepSecret(folder: string, given: string | undefined): string {
  if (given) return given;
  const file = join(folder, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

/** Logs go to a file each; one that has grown past `maxBytes` is put aside at the next start, and the one before that is dropped. */
export function openLog(folder: string, name: string, maxBytes = 20_000_000): { readonly file: string; readonly descriptor: number } {
  mkdirSync(join(folder, 'logs'), { recursive: true, mode: 0o700 });
  const file = join(folder, 'logs', `${name}.log`);
  if (existsSync(file) && statSync(file).size > maxBytes) renameSync(file, `${file}.1`);
  return { file, descriptor: openSync(file, 'a', 0o600) };
}
