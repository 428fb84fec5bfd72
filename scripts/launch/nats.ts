import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pollUntil, type ChildPlan, type Environment } from './child.ts';
import { openLog } from './data-folder.ts';

const USER = 'lemma';

export interface NatsOptions {
  /** Holds `nats/` (the streams) and `logs/`. */
  readonly dataFolder: string;
  readonly port: number;
  readonly binary: string;
  /** Without one, anybody on this machine may connect: for tests. */
  readonly password?: string;
}

export interface NatsServer {
  readonly plan: ChildPlan;
  readonly url: string;
}

export function prepareNats({ dataFolder, port, binary, password }: NatsOptions): NatsServer {
  const store = join(dataFolder, 'nats');
  mkdirSync(store, { recursive: true, mode: 0o700 });
  const { descriptor } = openLog(dataFolder, 'nats-server');
  const configuration = join(dataFolder, 'nats.conf');
  // In a file, because arguments can be read by everybody on the machine.
  writeFileSync(configuration, [
    `listen: "127.0.0.1:${port}"`,
    `jetstream { store_dir: ${JSON.stringify(store)} }`,
    ...(password === undefined ? [] : [`authorization { user: "${USER}", password: "${password}" }`]),
  ].join('\n'), { mode: 0o600 });
  const plan: ChildPlan = {
    name: 'nats-server',
    command: binary,
    args: ['-c', configuration],
    env: { PATH: '/usr/bin:/bin' },
    stdio: ['ignore', descriptor, descriptor],
    cwd: '/',
    stopSignal: 'SIGTERM',
    graceInMs: 10_000,
    whenReady: (signal) => pollUntil(() => greets(port), signal),
  };
  return { plan, url: `nats://${password === undefined ? '' : `${USER}:${password}@`}127.0.0.1:${port}` };
}

/** A nats-server says INFO to whoever connects. */
function greets(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const settle = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('data', (data) => settle(data.toString().startsWith('INFO')));
    socket.once('error', () => settle(false));
    socket.setTimeout(1000, () => settle(false));
  });
}

export class NatsMissing extends Error {
  override readonly name = 'NatsMissing';
  constructor(reason: string) {
    super([
      `No nats-server was found, and Debian's package could not be fetched (${reason}). Three ways to get one:`,
      '  1. install it: `sudo apt-get install nats-server` on Debian or Ubuntu, `brew install nats-server` on macOS;',
      '  2. put the program from the releases page of nats-io/nats-server on the PATH, or name it in LEMMA_NATS_SERVER;',
      '  3. run NATS elsewhere with JetStream on, and set NATS_URL.',
    ].join('\n'));
  }
}

/** Where packages put it, and where the path of an ordinary user does not always lead. */
const USUAL_FOLDERS = ['/usr/sbin', '/usr/local/bin', '/opt/homebrew/bin'];

/** The server's program: named, on the path, in the usual places, kept from an earlier start, or taken out of Debian's package without root. @throws NatsMissing */
export function findNatsServer(cacheFolder: string, env: Environment, usualFolders: readonly string[] = USUAL_FOLDERS): string {
  const kept = join(cacheFolder, 'nats-server', 'usr', 'sbin', 'nats-server');
  const onPath = [...(env['PATH'] ?? '').split(delimiter), ...usualFolders].filter(Boolean).map((folder) => join(folder, 'nats-server'));
  const found = [env['LEMMA_NATS_SERVER'], ...onPath, kept].find((path) => path !== undefined && path !== '' && isProgram(path));
  return found ?? fromDebian(join(cacheFolder, 'nats-server'), kept);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A fresh container has no lists of packages yet; only root may fetch them. */
function downloadPackage(folder: string): void {
  const download = () => execFileSync('apt-get', ['download', 'nats-server'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
  try {
    download();
  } catch (error) {
    if (process.getuid?.() !== 0 || (error as NodeJS.ErrnoException).code === 'ENOENT') throw error;
    execFileSync('apt-get', ['update', '-q'], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000 });
    download();
  }
}

function fromDebian(folder: string, program: string): string {
  const temporary = mkdtempSync(join(tmpdir(), 'lemma-nats-'));
  try {
    downloadPackage(temporary);
    const archive = readdirSync(temporary).find((name) => name.endsWith('.deb'));
    if (!archive) throw new Error('apt-get brought no package');
    mkdirSync(folder, { recursive: true });
    execFileSync('dpkg', ['-x', join(temporary, archive), folder], { stdio: ['ignore', 'ignore', 'pipe'], timeout: 60_000 });
    if (!existsSync(program)) throw new Error('the package holds no nats-server');
    return program;
  } catch (error) {
    throw new NatsMissing(whyNot(error));
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function whyNot(error: unknown): string {
  const { code, path } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT' && path !== undefined) return `there is no ${path} here`;
  return (error instanceof Error ? error.message : String(error)).split('\n').slice(0, 2).join(' ').trim();
}
