import { expect, test } from 'vitest';
import type { HappeningKind } from './happening.ts';
import { DEFAULT_HOURS, type Hours } from './hours.ts';
import { paceAfter, waitsUntil, type LetterPace } from './letter-pace.ts';

const SECOND = 1_000;
const MINUTE = 60_000;
const minuteOfDay = (atMs: number): number => Math.floor(atMs / MINUTE) % 1440;
const waits = (kinds: readonly HappeningKind[], last: LetterPace | null, nowMs: number, hours: Hours = DEFAULT_HOURS) => waitsUntil(kinds, { last, hours, nowMs }, minuteOfDay);

/** When letters leave, in minutes, to whom something new is due every two seconds for so long. */
function letters(kind: HappeningKind, minutes: number): number[] {
  const left: number[] = [];
  let last: LetterPace | null = null;
  for (let nowMs = 0; nowMs < minutes * MINUTE; nowMs += 2 * SECOND) {
    if (waits([kind], last, nowMs) !== null) continue;
    left.push(nowMs / MINUTE);
    last = paceAfter(last, nowMs);
  }
  return left;
}

test('what does not stop is told ever more seldom, down to four times an hour', () => {
  expect(letters('RUN_FINISHED', 62)).toEqual([0, 2, 6, 14, 29, 44, 59]);
});

test('what is meant for somebody by name waits half a minute, takes the rest along and slows nothing', () => {
  expect(letters('MENTIONED', 2)).toEqual([0, 0.5, 1, 1.5]);
  const last = paceAfter(paceAfter(null, 0), 40 * SECOND);
  expect(last).toEqual({ atMs: 40 * SECOND, gapMs: 2 * MINUTE });
  expect(waits(['RUN_FAILED', 'REVIEW_REQUESTED'], last, 50 * SECOND)).toBe(70 * SECOND);
  expect(waits(['RUN_FAILED'], last, 50 * SECOND)).toBe(160 * SECOND);
});

test('after a rest the first is told at once again, and the gap begins anew', () => {
  const busy: LetterPace = { atMs: 0, gapMs: 15 * MINUTE };
  expect(paceAfter(busy, 29 * MINUTE).gapMs).toBe(15 * MINUTE);
  expect(paceAfter(busy, 30 * MINUTE).gapMs).toBe(2 * MINUTE);
  expect(waits(['RUN_FAILED'], busy, 15 * MINUTE)).toBeNull();
  expect(waits(['RUN_FAILED'], { ...busy, atMs: 60 * MINUTE }, 0)).toBeNull();
});

test('a wait that ends in quiet hours goes on to their end', () => {
  const night: Hours = { ...DEFAULT_HOURS, quietFrom: 10, quietUntil: 60 };
  expect(waits(['RUN_FAILED'], { atMs: 9 * MINUTE, gapMs: 2 * MINUTE }, 9.5 * MINUTE, night)).toBe(60 * MINUTE);
});
