import { expect, test } from 'vitest';
import { removedFromMs } from './retention.ts';

const DELETED = new Date('2026-10-29T12:00:00Z');

test('what was deleted is removed once it was kept for as many days as were said', () => {
  expect(removedFromMs(DELETED, 30)).toBe(Date.parse('2026-11-28T12:00:00Z'));
  expect(removedFromMs(DELETED, 0.5)).toBe(Date.parse('2026-10-30T00:00:00Z'));
});

test('nothing is removed that is not deleted, and nothing at all when it is kept for ever', () => {
  expect([removedFromMs(null, 30), removedFromMs(DELETED, null)]).toEqual([null, null]);
});
