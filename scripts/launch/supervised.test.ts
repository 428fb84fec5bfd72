import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
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

describe('wishes in a hurry', () => {
  let folder: string;
  /** One line for every process that lives (+) and for every one that takes its leave (? when asked, - when gone). */
  let ledger: string;
  /** One entry for every start, in order; calling it lets that start become ready. */
  let starts: (() => void)[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lemma-supervised-'));
    ledger = join(folder, 'ledger');
    appendFileSync(ledger, '');
    starts = [];
  });
  afterEach(async () => {
    await probe?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const careful = (): ChildPlan => plan(`
    const say = (mark) => require('node:fs').appendFileSync(${JSON.stringify(ledger)}, mark + process.pid + '\\n');
    process.on('SIGTERM', () => { say('?'); setTimeout(() => { say('-'); process.exit(0); }, 400); });
    say('+');
    ${FOREVER}`, { graceInMs: 20_000, whenReady: () => new Promise((resolve) => { starts.push(resolve); }) });
  const takesItsLeave = (): Promise<void> => vi.waitFor(() => expect(lines().at(-1)).toMatch(/^\?/), { timeout: 10_000, interval: 10 });
  const lines = (): readonly string[] => readFileSync(ledger, 'utf8').split('\n').filter(Boolean);
  const started = (count: number): Promise<void> => vi.waitFor(() => {
    expect(starts.length).toBeGreaterThanOrEqual(count);
    expect(lines().filter((line) => line.startsWith('+')).length).toBeGreaterThanOrEqual(count);
  }, { timeout: 10_000 });
  const ready = async (count: number): Promise<void> => {
    await started(count);
    starts[count - 1]?.();
  };
  /** Reads the ledger as history: how many lived at most at the same time, and how many live now. */
  const lived = (): { readonly atOnce: number; readonly now: number } => {
    let now = 0;
    let atOnce = 0;
    for (const line of lines()) {
      if (line.startsWith('+')) now += 1;
      if (line.startsWith('-')) now -= 1;
      atOnce = Math.max(atOnce, now);
    }
    return { atOnce, now };
  };
  const begin = async (): Promise<Supervised> => {
    const [supervised] = await Promise.all([supervise(careful(), watcher), ready(1)]);
    probe = supervised;
    return supervised;
  };

  test('many wishes while it starts end that start, and are answered by exactly one more', async () => {
    const supervised = await begin();
    const first = supervised.restart();
    await started(2);
    const more = [supervised.restart(), supervised.restart(), supervised.restart()];
    await ready(3);
    await Promise.all([first, ...more]);
    expect(starts.length).toBe(3);
    expect(lived()).toEqual({ atOnce: 1, now: 1 });
    expect(lines().at(-1)).toBe(`+${supervised.child?.pid}`);
    expect(said).toEqual([]);
  });

  test('wishes while the old process takes its leave are answered by the start that follows', async () => {
    const supervised = await begin();
    const first = supervised.restart();
    await takesItsLeave();
    const more = [supervised.restart(), supervised.restart()];
    await ready(2);
    await Promise.all([first, ...more]);
    expect(starts.length).toBe(2);
    expect(lived()).toEqual({ atOnce: 1, now: 1 });
  });

  test('a wish while it comes back from a crash does not bring a second one', async () => {
    const supervised = await begin();
    supervised.child?.kill('SIGTERM');
    await started(2);
    const wished = supervised.restart();
    await ready(3);
    await wished;
    expect(starts.length).toBe(3);
    expect(lived()).toEqual({ atOnce: 1, now: 1 });
  });

  test('a wish while it waits for its next start ends the waiting, and nothing is left of it', async () => {
    const supervised = await begin();
    supervised.child?.kill('SIGTERM');
    await vi.waitFor(() => expect(said).toEqual(['probe ended (code 0); starting it again in 0.25 s.']));
    const wished = supervised.restart();
    await ready(2);
    await wished;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(starts.length).toBe(2);
    expect(lived()).toEqual({ atOnce: 1, now: 1 });
  });

  test.each(['takes its leave', 'starts'] as const)('a stop while it %s for a restart wins, and no later wish starts it again', async (moment) => {
    const supervised = await begin();
    const wished = supervised.restart();
    await (moment === 'starts' ? started(2) : takesItsLeave());
    const before = starts.length;
    await supervised.stop();
    await wished;
    await supervised.restart();
    expect(supervised.child).toBeNull();
    expect(starts.length).toBe(before);
    expect(lived()).toEqual({ atOnce: 1, now: 0 });
  });
});

test('a restart whose start fails says so once, and the next wish starts it again', async () => {
  let broken = false;
  probe = await supervise({ ...plan(FOREVER), get args() { return ['-e', broken ? 'process.exit(7)' : FOREVER]; }, whenReady: () => (broken ? new Promise(() => {}) : Promise.resolve()) }, watcher);
  broken = true;
  await probe.restart();
  expect(said).toEqual(['probe ended at its start (code 7).']);
  expect(probe.child).toBeNull();
  broken = false;
  await probe.restart();
  expect(probe.child).not.toBeNull();
});
