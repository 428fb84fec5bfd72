import { expect, test } from 'vitest';
import { together } from './together.ts';

function source() {
  let truth = 0;
  let reads = 0;
  return { reads: () => reads, change: () => { truth += 1; }, read: () => { reads += 1; return Promise.resolve({ truth }); } };
}

test('those who ask for the same in one turn get one reading, and the same object', async () => {
  const { read, reads } = source();
  const of = {};
  const [a, b, other] = await Promise.all([together(of, 'x', read), together(of, 'x', read), together(of, 'y', read)]);
  expect(a).toBe(b);
  expect(other).not.toBe(a);
  expect(reads()).toBe(2);
  expect(await together({}, 'x', read)).not.toBe(a);
});

test('who asks after a reading began gets one that begins after they asked', async () => {
  const { read, change } = source();
  const of = {};
  let answer = (): void => {};
  const held = new Promise<void>((resolve) => { answer = resolve; });
  let begun = (): void => {};
  const beginning = new Promise<void>((resolve) => { begun = resolve; });
  const early = together(of, 'x', async () => { begun(); const seen = await read(); await held; return seen; });
  await beginning;
  change();
  const late = together(of, 'x', read);
  answer();
  expect(await early).toEqual({ truth: 0 });
  expect(await late).toEqual({ truth: 1 });
});

test('a reading that failed is not kept', async () => {
  const of = {};
  await expect(together(of, 'x', () => Promise.reject(new Error('away')))).rejects.toThrow('away');
  expect(await together(of, 'x', () => Promise.resolve(1))).toBe(1);
});
