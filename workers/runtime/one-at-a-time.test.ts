import { expect, test } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

function scripted() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const work = (key: string) => new Promise<void>((resolve) => { begun.push(key); ends.push(resolve); });
  return { begun, end: async () => { ends.shift()?.(); await new Promise((resolve) => { setTimeout(resolve, 0); }); }, run: oneAtATime(work) };
}

test('a burst costs the run in progress and one more', async () => {
  const { begun, end, run } = scripted();
  const first = run('a');
  const burst = Array.from({ length: 100 }, () => run('a'));
  expect(begun).toEqual(['a']);
  await end();
  await first;
  expect(begun).toEqual(['a', 'a']);
  await end();
  await Promise.all(burst);
  expect(begun).toEqual(['a', 'a']);
});

test('keys do not wait for each other', () => {
  const { begun, run } = scripted();
  void run('a');
  void run('b');
  expect(begun).toEqual(['a', 'b']);
});

test('a call that comes in the second run gets a third', async () => {
  const { begun, end, run } = scripted();
  void run('a');
  void run('a');
  await end();
  const late = run('a');
  await end();
  await end();
  await late;
  expect(begun).toEqual(['a', 'a', 'a']);
});

test('after all is done, the next call starts at once', async () => {
  const { begun, end, run } = scripted();
  const first = run('a');
  await end();
  await first;
  void run('a');
  expect(begun).toEqual(['a', 'a']);
});

test('a failure reaches its callers, and those that waited still get their run', async () => {
  let calls = 0;
  const run = oneAtATime(async () => {
    calls += 1;
    if (calls === 1) throw new Error('no luck');
  });
  const [first, second] = [run('a'), run('a')];
  await expect(first).rejects.toThrow('no luck');
  await second;
  expect(calls).toBe(2);
});
