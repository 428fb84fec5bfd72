import { afterEach, expect, test, vi } from 'vitest';
import type { ChildPlan } from './child.ts';
import { supervise, type Supervised } from './supervised.ts';

const plan = (program: string, change: Partial<ChildPlan> = {}): ChildPlan => ({
  name: 'probe', command: process.execPath, args: ['-e', program], env: process.env, stdio: 'ignore', stopSignal: 'SIGTERM', graceInMs: 300, whenReady: async () => {}, ...change,
});
const FOREVER = 'setInterval(() => {}, 1000)';
const said: string[] = [];
const watcher = { say: (message: string) => said.push(message), changed: () => {} };
let probe: Supervised | null = null;
afterEach(async () => {
  await probe?.stop();
  probe = null;
  said.length = 0;
});

test('a process that is killed is started again, and what happened is said', async () => {
  probe = await supervise(plan(FOREVER), watcher);
  const first = probe.child?.pid;
  probe.child?.kill('SIGKILL');
  await vi.waitFor(() => expect(said).toContain('probe is back.'), { timeout: 10_000 });
  expect(said[0]).toBe('probe ended (signal SIGKILL); starting it again in 0.25 s.');
  expect(probe.child?.pid).not.toBe(first);
});

test('each end in a row doubles the wait', async () => {
  probe = await supervise(plan('setTimeout(() => process.exit(3), 50)'), watcher);
  await vi.waitFor(() => expect(said.filter((message) => message.includes('starting it again')).length).toBeGreaterThanOrEqual(3), { timeout: 15_000 });
  const waits = said.flatMap((message) => /\(code 3\); starting it again in ([\d.]+) s/.exec(message)?.[1] ?? []).map(Number);
  expect(waits.slice(0, 3)).toEqual([0.25, 0.5, 1]);
});

test('a process that was asked to stop stays stopped, and one that does not listen is forced', async () => {
  probe = await supervise(plan(`process.on('SIGTERM', () => {}); ${FOREVER}`), watcher);
  const child = probe.child;
  await probe.stop();
  expect((await child?.exited)?.signal).toMatch(/SIGKILL|SIGTERM/);
  expect(probe.child).toBeNull();
  expect(said).toEqual([]);
});

test('a first start that fails is an error, and nothing is left running', async () => {
  await expect(supervise(plan('process.exit(7)', { whenReady: () => new Promise(() => {}) }), watcher)).rejects.toThrow('probe ended at its start (code 7).');
  await expect(supervise(plan('', { command: '/no/such/program' }), watcher)).rejects.toThrow(/probe could not be started/);
});

test('who waits no longer ends the start', async () => {
  const leave = new AbortController();
  const start = supervise(plan(FOREVER, { whenReady: () => new Promise(() => {}) }), watcher, leave.signal);
  leave.abort();
  await expect(start).rejects.toThrow('probe was stopped while it started.');
});

test('a restart is an end and a beginning, and no crash', async () => {
  probe = await supervise(plan(FOREVER), watcher);
  const first = probe.child?.pid;
  await probe.restart();
  expect(probe.child?.pid).not.toBe(first);
  expect(said).toEqual([]);
});
