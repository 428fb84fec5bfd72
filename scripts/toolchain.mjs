// Plain JavaScript for Node 20: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));

/** The first Node that runs TypeScript files by itself, without a flag and without a warning. */
const OLDEST_NODE = [22, 18];

/** @returns {string} The Node that runs Lemma: the one npm brought, else this one when it is new enough. */
export function findNode() {
  const packaged = join(REPOSITORY, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node');
  if (isProgram(packaged)) return packaged;
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return process.execPath;
  throw new Error(`Lemma runs on Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}, and npm brings none for ${process.platform} on ${process.arch}. Install a newer Node.`);
}

/** Whether node_modules holds what package-lock.json says. Compares versions, not times: a fresh clone gives every file the same age. */
export function isInstalled() {
  const kept = join(REPOSITORY, 'node_modules', '.package-lock.json');
  if (!existsSync(kept)) return false;
  const wanted = JSON.parse(readFileSync(join(REPOSITORY, 'package-lock.json'), 'utf8')).packages;
  const present = JSON.parse(readFileSync(kept, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => path === '' || entry.link || (present[path] ? present[path].version === entry.version : Boolean(entry.optional) || Boolean(entry.peer)));
}

/** Runs `npm ci` when it is needed. The output goes to a file and is shown only when something fails. */
export async function ensureInstalled() {
  if (isInstalled()) return;
  const startedAt = Date.now();
  process.stdout.write('Installing npm packages; this takes a minute, the first time only …\n');
  const log = join(dataFolderForLogs(), 'npm-ci.log');
  const npm = process.env.npm_execpath;
  const [command, args] = npm?.endsWith('.js') ? [process.execPath, [npm, 'ci']] : ['npm', ['ci']];
  const output = openSync(log, 'w');
  const code = await finished(spawn(command, args, { cwd: REPOSITORY, stdio: ['ignore', output, output] }));
  if (code !== 0) throw new Error(`npm ci failed (code ${code}):\n${readFileSync(log, 'utf8').split('\n').filter((line) => /^npm error [^ ]/.test(line)).slice(0, 12).join('\n')}\nThe whole log is in ${log}.`);
  process.stdout.write(`${seconds(startedAt)}  npm packages installed\n`);
}

/**
 * Runs a TypeScript program on the right Node in this process's place: same terminal, same signals, same exit code.
 * @param {string} program path from the repository's root
 * @param {readonly string[]} args
 * @param {Record<string, string>} env more variables
 */
export async function handOver(program, args = process.argv.slice(2), env = {}) {
  const node = findNode();
  const path = `${join(REPOSITORY, 'node_modules', '.bin')}:${dirname(node)}:${process.env.PATH ?? ''}`;
  const child = spawn(node, [join(REPOSITORY, program), ...args], { cwd: REPOSITORY, stdio: 'inherit', env: { ...process.env, PATH: path, ...env } });
  // A Ctrl-C at the terminal reaches the child by itself; a signal sent to this process alone does not. The child counts both as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  const parent = process.ppid;
  // Under npm, our end is npm's: a killed npm tells nobody. Started by hand, a parent may go as it likes.
  const watch = process.env.npm_lifecycle_event ? setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500) : undefined;
  process.exitCode = await finished(child);
  clearInterval(watch);
}

/** Runs `work`, and says what went wrong in one sentence instead of a stack trace. */
export async function speakPlainly(work) {
  try {
    await work();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}

export const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1).padStart(6)} s`;

function finished(child) {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? (signal === null ? 1 : 128 + 15)));
  });
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function dataFolderForLogs() {
  const folder = join(REPOSITORY, '.cache');
  mkdirSync(folder, { recursive: true });
  return folder;
}
