import { execFile, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env } from 'node:process';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lemmaClient, type LemmaClient } from '../support/lemma-client.ts';
import { startStack, type Stack } from '../support/stack.ts';
import { pythonWithMlflow, startMlflowServer, type MlflowServer } from './mlflow-server.ts';

const PACKAGE = fileURLToPath(new URL('../../clients/python', import.meta.url));
const HISTORY = fileURLToPath(new URL('mlflow_history.py', import.meta.url));
/** Two dozen processes that import mlflow, each of which takes its time. */
const LONG = 900_000;

let lemma: Stack;
let client: LemmaClient;
let mlflow: MlflowServer;
let folder: string;
/** Where each form of the same history lies. */
let forms: Readonly<Record<'server' | 'database' | 'folder', string>>;

const project = async (slug: string): Promise<void> => { await client.graphql('mutation($slug: String!) { createProject(input: { slug: $slug, name: $slug }) { project { slug } } }', { slug }); };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lemma-import-'));
  [lemma, mlflow] = await Promise.all([startStack({ env: { LEMMA_PAGES: '0' } }), startMlflowServer()]);
  client = lemmaClient(lemma.url);
  const mlruns = join(folder, 'filestore');
  forms = { server: mlflow.url, database: join(folder, 'mlflow.db'), folder: mlruns };
  for (const uri of Object.values(addresses())) await history(uri, 'make');
  for (const slug of ['server', 'database', 'folder', 'killed', 'nested']) await project(slug);
}, LONG);
afterAll(async () => {
  await Promise.all([lemma?.stop(), mlflow?.stop()]);
  rmSync(folder, { recursive: true, force: true });
});

interface Ended { readonly code: number; readonly out: string; readonly err: string }
const environment = (more: Readonly<Record<string, string>> = {}) => ({ ...env, PYTHONPATH: PACKAGE, LEMMA_URL: lemma.url, MLFLOW_DISABLE_TELEMETRY: 'true', MLFLOW_ALLOW_FILE_STORE: 'true', GIT_PYTHON_REFRESH: 'quiet', ...more });
const python = (args: readonly string[], more?: Readonly<Record<string, string>>): Promise<Ended> => new Promise((resolve) => {
  execFile(pythonWithMlflow(), args, { cwd: folder, env: environment(more), timeout: LONG, maxBuffer: 64 * 1024 * 1024 }, (failure, out, err) => { resolve({ code: failure ? Number(failure.code ?? -1) : 0, out, err }); });
});

const addresses = () => ({ server: forms.server, database: `sqlite:///${forms.database}`, folder: `file://${forms.folder}` });

/** The unmodified package makes a history, or tells all that it reads. */
async function history(uri: string, ...what: readonly string[]): Promise<string> {
  const { code, out, err } = await python([HISTORY, ...what], { MLFLOW_TRACKING_URI: uri });
  expect(code, err).toBe(0);
  return out.trim().split('\n').at(-1) ?? '';
}
type Run = Readonly<Record<string, unknown>> & { readonly name: string; readonly stage: string };
type Told = Readonly<Record<string, { readonly stage: string; readonly tags: object; readonly runs: Readonly<Record<string, Run>> }>>;
const told = async (uri: string, prefix = ''): Promise<Told> => JSON.parse(await history(uri, 'tell', prefix)) as Told;
const inLemma = (slug: string): Promise<Told> => told(lemma.url, `${slug}/`);
/** Ids are the same in all of them; a file store marks an experiment's runs deleted only where it lies. */
const active = (given: Told): Told => Object.fromEntries(Object.entries(given).filter(([, { stage }]) => stage === 'active'));

const bring = (source: string, slug: string, ...more: readonly string[]): Promise<Ended> => python(['-m', 'lemma', 'import', 'mlflow', source, '--project', slug, ...more]);

test('a dry run counts what would come, and writes nothing', { timeout: LONG }, async () => {
  const done = await bring(forms.folder, 'folder', '--dry-run');
  expect(done.code, done.err).toBe(0);
  expect(done.out).toContain('Nothing is written.');
  expect(done.out).toMatch(/7 new and 0 changed runs would come \(3 of them nested, 2 deleted\), 0 are there already/);
  expect(done.out).toMatch(/with 2508 points, 4 files of 102\.\d KB/);
  expect(await inLemma('folder')).toEqual({});
});

describe.each(['folder', 'database', 'server'] as const)('from the %s', (form) => {
  test('everything reads back as it was, nothing comes twice, and what is new comes', { timeout: LONG }, async () => {
    const uri = addresses()[form];
    const done = await bring(forms[form], form);
    expect(done.code, done.err).toBe(0);
    const there = await inLemma(form);
    expect(active(there)).toEqual(active(await told(uri)));
    expect(there['trashed']?.stage).toBe('deleted');
    expect(done.out).toContain('cannot be traced to code:');
    expect(done.out).toMatch(/computed before: [1-9]\d* of \d+/);

    const again = await bring(forms[form], form);
    expect(again.code, again.err).toBe(0);
    expect(again.out).toMatch(/0 new and 0 changed runs came/);
    expect(await inLemma(form)).toEqual(there);
  });
});

test('what went on at the source comes with the next import, and only that', { timeout: LONG }, async () => {
  await history(`file://${forms.folder}`, 'more');
  const done = await bring(forms.folder, 'folder');
  expect(done.code, done.err).toBe(0);
  expect(done.out).toMatch(/1 new and 1 changed runs came/);
  expect(active(await inLemma('folder'))).toEqual(active(await told(`file://${forms.folder}`)));
});

test("a server's own database, with the folder of its files, goes on where an import from the server left off", { timeout: LONG }, async () => {
  await history(mlflow.url, 'more');
  const done = await bring(join(mlflow.folder, 'mlflow.db'), 'server', '--artifacts', join(mlflow.folder, 'artifacts'));
  expect(done.code, done.err).toBe(0);
  expect(active(await inLemma('server'))).toEqual(active(await told(mlflow.url)));
});

test('killed in the middle, it goes on', { timeout: LONG }, async () => {
  const mlruns = join(folder, 'killed');
  await history(`file://${mlruns}`, 'make');
  const child = spawn(pythonWithMlflow(), ['-m', 'lemma', 'import', 'mlflow', mlruns, '--project', 'killed'], { cwd: folder, env: environment(), stdio: 'ignore' });
  const gone = new Promise((resolve) => { child.once('exit', resolve); });
  await expect.poll(async () => (await client.graphql<{ runs: { nodes: readonly object[] } }>('{ runs(project: "killed", first: 1) { nodes { id } } }')).runs.nodes.length, { timeout: 60_000, interval: 20 }).toBe(1);
  child.kill('SIGKILL');
  await gone;
  const done = await bring(mlruns, 'killed');
  expect(done.code, done.err).toBe(0);
  expect(active(await inLemma('killed'))).toEqual(active(await told(`file://${mlruns}`)));
});

test('the figures of the history are of its own runs, and those that say nothing are counted apart', { timeout: LONG }, async () => {
  const database = join(folder, 'nested.db');
  await history(`sqlite:///${database}`, 'nested', 'folds');
  for (const name of ['nested/own', 'nested/folds']) await history(lemma.url, 'twins', name);
  const done = await bring(database, 'nested');
  expect(done.code, done.err).toBe(0);
  expect(done.out).toMatch(/before Lemma: 8 runs\ncannot be traced to code: \d of 8 .*\ncomputed before: 0 of 2 \(0 %\), of finished runs that say what they did: .*\n6 more say nothing/);
});

describe('what cannot be read is told, with what to do', () => {
  test('files that are no MLflow, and projects that are not there', { timeout: LONG }, async () => {
    writeFileSync(join(folder, 'words.db'), 'words');
    expect(await bring(join(folder, 'words.db'), 'folder')).toMatchObject({ code: 2, err: expect.stringContaining('is no SQLite database') as string });
    await python(['-c', 'import sqlite3; sqlite3.connect("other.db").execute("CREATE TABLE t (a)")']);
    expect(await bring(join(folder, 'other.db'), 'folder')).toMatchObject({ code: 2, err: expect.stringContaining('no MLflow database: it has no table experiments') as string });
    expect(await bring(PACKAGE, 'folder')).toMatchObject({ code: 2, err: expect.stringContaining('holds no MLflow history') as string });
    expect(await bring(join(folder, 'nowhere'), 'folder')).toMatchObject({ code: 2, err: expect.stringContaining('there is nothing at') as string });
    expect(await bring(forms.folder, 'no-such-project')).toMatchObject({ code: 2, err: expect.stringContaining('Make the project no-such-project') as string });
  });

  test('a database that another program locks', { timeout: LONG }, async () => {
    const locking = spawn(pythonWithMlflow(), ['-u', '-c', 'import sqlite3, sys; c = sqlite3.connect("other.db"); c.execute("BEGIN EXCLUSIVE"); print("up"); sys.stdin.read()'], { cwd: folder, stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => { locking.stdout.once('data', resolve); });
    expect(await bring(join(folder, 'other.db'), 'folder')).toMatchObject({ code: 2, err: expect.stringContaining('is locked by another program') as string });
    locking.stdin.end();
  });

  test('a meta.yaml that is half written leaves one run out, and the others come', { timeout: LONG }, async () => {
    const copy = join(folder, 'half');
    cpSync(forms.folder, copy, { recursive: true });
    const experiment = readdirSync(copy).find((name) => /^\d{2,}$/.test(name)) ?? '';
    const run = readdirSync(join(copy, experiment)).find((name) => /^[0-9a-f]{32}$/.test(name)) ?? '';
    truncateSync(join(copy, experiment, run, 'meta.yaml'), 40);
    const done = await bring(copy, 'folder');
    expect(done.code).toBe(1);
    expect(done.err).toMatch(/the run in .* is left out: its meta\.yaml/);
    expect(done.out).toMatch(/0 new and 0 changed runs came/);
  });

  test('a server that answers 500', { timeout: LONG }, async () => {
    const broken = createServer((_, response) => { response.writeHead(500).end('oh'); });
    await new Promise<void>((resolve) => { broken.listen(0, '127.0.0.1', resolve); });
    const done = await bring(`http://127.0.0.1:${(broken.address() as AddressInfo).port}`, 'folder');
    broken.close();
    expect(done).toMatchObject({ code: 1, err: expect.stringContaining('answered status 500 to /api/2.0/mlflow/experiments/search') as string });
  });
});
