import { expect, it } from 'vitest';
import { ReadPace } from './read-pace.ts';

/** When a page reads that hears of news at these moments. */
function readings(heard: readonly number[]): number[] {
  const pace = new ReadPace();
  const read: number[] = [];
  for (const now of heard) {
    const planned = read.at(-1);
    // What is heard before a reading that is planned is read by it.
    if (planned !== undefined && now < planned) continue;
    const at = now + pace.waitFrom(now);
    pace.read(at);
    read.push(at);
  }
  return read;
}

it('reads the first news at once, and what follows from them soon after', () => {
  expect(readings([1000])).toEqual([1000]);
  expect(readings([1000, 1050, 1100, 1600])).toEqual([1000, 1300, 2000]);
});

it('reads a sweep every three seconds, however much it tells', () => {
  const sweep = readings(Array.from({ length: 600 }, (_, n) => n * 100));
  expect(sweep.length).toBeLessThan(25);
  expect(sweep.slice(-3).map((at, place, all) => (place === 0 ? 3000 : at - (all[place - 1] ?? 0)))).toEqual([3000, 3000, 3000]);
});

it('a slow sweep earns no more than a fast one, until it was quiet for a while', () => {
  const slow = readings(Array.from({ length: 30 }, (_, n) => n * 2000));
  expect(slow.length).toBeLessThan(24);
  expect(readings([0, 2000, 4000, 6000, 8000, 20_000])).toEqual([0, 2000, 4000, 6000, 9000, 20_000]);
});
