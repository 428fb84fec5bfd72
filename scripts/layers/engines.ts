import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { findNatsServer } from '../launch/nats.ts';
import { REPOSITORY } from '../launch/repository.ts';

/** Something a layer drives that npm does not bring. */
export type EngineName = 'nats-server' | 'mlflow' | 'fasttrackml' | 'chromium' | 's3-server' | 'gcs-server' | 'azure-server' | 'debian-packages' | 'small-disk';

/** How to reach it: variables for the tests; or why it is not here. */
export type Engine = { readonly there: true; readonly env: Readonly<Record<string, string>> } | { readonly there: false; readonly reason: string };

const CACHE = join(REPOSITORY, '.cache');

/** Finds an engine, and installs it where this machine lets us. */
export function findEngine(name: EngineName): Engine {
  try {
    return { there: true, env: FIND[name]() };
  } catch (error) {
    return { there: false, reason: plain(error) };
  }
}

const FIND: Readonly<Record<EngineName, () => Record<string, string>>> = {
  'nats-server': () => ({ LEMMA_NATS_SERVER: findNatsServer(CACHE, process.env) }),
  mlflow: () => ({ LEMMA_PYTHON: process.env['LEMMA_PYTHON'] || pythonWith('python', 'test/interop/requirements.txt') }),
  fasttrackml: () => ({ LEMMA_FASTTRACKML: process.env['LEMMA_FASTTRACKML'] || join(dirname(pythonWith('fasttrackml', 'bench/fasttrackml-requirements.txt')), 'fml') }),
  chromium: () => ({ LEMMA_CHROMIUM: chromium() }),
  's3-server': () => ({ LEMMA_S3_SERVER: process.env['LEMMA_S3_SERVER'] || s3Server() }),
  'gcs-server': () => ({ LEMMA_GCS_SERVER: process.env['LEMMA_GCS_SERVER'] || gcsServer() }),
  'azure-server': () => ({ LEMMA_AZURE_SERVER: process.env['LEMMA_AZURE_SERVER'] || azureServer() }),
  'debian-packages': () => {
    reachDebian();
    return {};
  },
  'small-disk': () => {
    mountSmallDisk();
    return {};
  },
};

/** A file system of a few megabytes, for showing what happens when it is full: only root may mount one. */
function mountSmallDisk(): void {
  const folder = mkdtempSync(join(tmpdir(), 'lemma-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'lemma-small-disk', folder], { stdio: ['ignore', 'ignore', 'pipe'] });
    execFileSync('umount', [folder], { stdio: ['ignore', 'ignore', 'pipe'] });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Asked of apt-get itself and not through the launcher, whose own way to a package is what is tested with it. */
function reachDebian(): void {
  const folder = mkdtempSync(join(tmpdir(), 'lemma-debian-'));
  const download = () => execFileSync('apt-get', ['download', 'nats-server'], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: 120_000 });
  try {
    try {
      download();
    } catch (error) {
      if (!asRoot()) throw error;
      run('apt-get', ['update', '-q'], 300_000);
      download();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A Python with the pinned packages in a virtual environment of its own; made again when the pins change. */
function pythonWith(name: string, pins: string): string {
  const folder = join(CACHE, name);
  const python = join(folder, 'bin', 'python');
  const requirements = join(REPOSITORY, pins);
  const stamp = join(folder, 'made-from');
  const digest = createHash('sha256').update(readFileSync(requirements)).digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return python;
  console.log(`          Installing the Python packages of ${pins}; a few minutes, the first time only …`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(CACHE, { recursive: true });
  try {
    run('python3', ['-m', 'venv', folder]);
  } catch (error) {
    if (!asRoot()) throw new Error(`no Python virtual environment: ${plain(error)}; install python3-venv`, { cause: error });
    rmSync(folder, { recursive: true, force: true });
    installPackages(['python3-venv']);
    run('python3', ['-m', 'venv', folder]);
  }
  run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--requirement', requirements], 900_000);
  writeFileSync(stamp, digest);
  return python;
}

/** A gateway that speaks S3 over a folder and checks signatures and digests, which few doubles do. */
const s3Server = (): string => builtWithGo('an S3 server', 'versitygw', 'github.com/versity/versitygw/cmd/versitygw', '1.8.0');

/** The fullest double of Google Cloud Storage there is; what it does not check is told in test/contract/gcs-blobs.test.ts. */
const gcsServer = (): string => builtWithGo('a GCS server', 'fake-gcs-server', 'github.com/fsouza/fake-gcs-server', '1.56.1');

/** It comes from Go's own proxy, as source. */
function builtWithGo(what: string, name: string, source: string, version: string): string {
  const folder = join(CACHE, `${name}-${version}`);
  const program = join(folder, name);
  if (existsSync(program)) return program;
  console.log(`          Building ${what} for the contract layer; a few minutes, the first time only …`);
  run('go', ['install', '-trimpath', '-ldflags=-s -w', `${source}@v${version}`], 420_000, { GOBIN: folder, CGO_ENABLED: '0' });
  return program;
}

const AZURITE = '3.37.0';

/** Microsoft's own double of Azure Storage. It and what it needs are larger than most of ours, so it is no dependency of the project. */
function azureServer(): string {
  const folder = join(CACHE, `azurite-${AZURITE}`);
  const program = join(folder, 'node_modules', 'azurite', 'dist', 'src', 'blob', 'main.js');
  if (existsSync(program)) return program;
  console.log('          Installing an Azure server for the contract layer; a minute, the first time only …');
  const coming = `${folder}.coming`;
  rmSync(coming, { recursive: true, force: true });
  run('npm', ['install', '--prefix', coming, '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--omit=dev', '--omit=optional', `azurite@${AZURITE}`], 300_000);
  renameSync(coming, folder);
  return program;
}

const BROWSERS = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

function chromium(): string {
  const found = () => [process.env['LEMMA_CHROMIUM'] ?? '', ...BROWSERS].find((path) => path !== '' && existsSync(path));
  const present = found();
  if (present) return present;
  if (!asRoot()) throw new Error('no Chromium was found; install it (`sudo apt-get install chromium`), or name it in LEMMA_CHROMIUM');
  console.log('          Installing Chromium for the browser layer …');
  installPackages(['chromium']);
  const installed = found();
  if (!installed) throw new Error('the package "chromium" brought no browser');
  return installed;
}

const asRoot = (): boolean => process.getuid?.() === 0;

function installPackages(names: readonly string[]): void {
  run('apt-get', ['update', '-q'], 300_000);
  run('apt-get', ['install', '--yes', '-q', '--no-install-recommends', ...names], 600_000);
}

function run(command: string, args: readonly string[], timeoutInMs = 120_000, env: Readonly<Record<string, string>> = {}): void {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: timeoutInMs, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', ...env } });
}

/** The last line that says something; whole logs are for other places. */
function plain(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n').map((line) => line.trim()).filter(Boolean);
  return lines.length > 2 ? `${lines[0]} … ${lines.at(-1)}` : lines.join(' ');
}
