import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DataFolderProblem, keepSecret, lockDataFolder, openDataFolder, whoRuns } from './data-folder.ts';
import { identityOf, isAlive } from './identity.ts';

let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'lemma-data-')); });
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const running = (pid: number, born: string, children: readonly object[] = []): void =>
  writeFileSync(join(folder, 'running.json'), JSON.stringify({ launcher: { pid, born }, url: 'http://127.0.0.1:3000', databaseUrl: null, children }));

test('a folder has one user: who comes second is told which process has it, and where', () => {
  const lock = lockDataFolder(folder);
  lock.note({ url: 'http://127.0.0.1:4000' });
  expect(() => lockDataFolder(folder)).toThrow(new RegExp(`Another Lemma \\(process ${process.pid}, at http://127.0.0.1:4000\\)`));
  expect(whoRuns(folder)?.url).toBe('http://127.0.0.1:4000');
  lock.release();
  expect(whoRuns(folder)).toBeNull();
  lockDataFolder(folder).release();
});

test('a folder is made with all its parents, and one that cannot be made is refused in words and at once', () => {
  openDataFolder(join(folder, 'a', 'b'));
  expect(statSync(join(folder, 'a', 'b')).mode & 0o777).toBe(0o700);
  writeFileSync(join(folder, 'file'), '');
  for (const impossible of [join(folder, 'file', 'below'), ...(process.platform === 'linux' ? ['/proc/nope/below'] : [])]) expect(() => openDataFolder(impossible)).toThrow(DataFolderProblem);
});

test('the lock of a process that was killed is taken over, with the list of what it left running', async () => {
  const left = spawn('sleep', ['60'], { stdio: 'ignore' });
  await new Promise((resolve) => left.once('spawn', resolve));
  running(999_999_999, 'never', [{ name: 'Postgres', ...identityOf(left.pid ?? 0) }, { name: 'server', pid: 999_999_998, born: 'never' }]);
  const lock = lockDataFolder(folder);
  expect(lock.leftovers.map(({ name }) => name)).toEqual(['Postgres']);
  left.kill('SIGKILL');
  lock.release();
});

test('a later process that got the same number is not taken for the earlier one', () => {
  expect(isAlive(identityOf(process.pid))).toBe(true);
  expect(isAlive({ pid: process.pid, born: 'another time' })).toBe(false);
  running(process.pid, 'another time');
  lockDataFolder(folder).release();
});

test('a lock file that was cut short by a full disk does not lock for ever', () => {
  writeFileSync(join(folder, 'running.json'), '{"launcher":');
  const lock = lockDataFolder(folder);
  expect(lock.leftovers).toEqual([]);
  lock.release();
});

test('a folder that cannot be written is named, with what to do', () => {
  const file = join(folder, 'a-file');
  writeFileSync(file, '');
  expect(() => openDataFolder(join(file, 'data'))).toThrow(DataFolderProblem);
  expect(() => openDataFolder(join(file, 'data'))).toThrow(/cannot write there .* name another folder in LEMMA_DATA/);
});

test('the secret is made once, kept, and readable by its owner alone; a given one is not written down', () => {
  expect(keepSecret(folder, 'given')).toBe('given');
  const made = keepSecret(folder, undefined);
  expect(made.length).toBeGreaterThanOrEqual(43);
  expect(keepSecret(folder, undefined)).toBe(made);
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe(made);
  expect(statSync(join(folder, 'secret')).mode & 0o077).toBe(0);
});
