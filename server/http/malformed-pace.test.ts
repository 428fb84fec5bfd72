import { expect, test } from 'vitest';
import { MalformedPace } from './malformed-pace.ts';

/** The wait before each of so many requests, answered like this in turn. */
function waits(pace: MalformedPace, connection: object, answers: readonly ('malformed' | 'taken')[], count: number): number[] {
  return Array.from({ length: count }, (_, at) => {
    const wait = pace.waitInMs(connection);
    pace.note(connection, answers[at % answers.length] ?? 'taken');
    return wait;
  });
}

test('a connection that sends nothing but malformed requests waits longer and longer, up to a bound', () => {
  const seen = waits(new MalformedPace(), {}, ['malformed'], 10_000);
  expect(seen.slice(0, 26)).toEqual([...Array.from({ length: 20 }, () => 0), 10, 20, 40, 50, 50, 50]);
  expect(Math.max(...seen)).toBe(50);
});

test('so does one that sends a good request between them, later; and one that is mostly right never does', () => {
  expect(waits(new MalformedPace(), {}, ['malformed', 'taken'], 200).at(-1)).toBeGreaterThan(0);
  expect(new Set(waits(new MalformedPace(), {}, ['malformed', 'taken', 'taken'], 10_000))).toEqual(new Set([0]));
});

test('other connections do not wait, and a while of good requests clears the account', () => {
  const pace = new MalformedPace();
  const bad = {};
  waits(pace, bad, ['malformed'], 10_000);
  expect(pace.waitInMs({})).toBe(0);
  waits(pace, bad, ['taken'], 7);
  expect(pace.waitInMs(bad)).toBe(0);
});
