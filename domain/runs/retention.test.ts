import { expect, test } from 'vitest';
import { removableBefore, removedFrom } from './retention.ts';

const NOW = new Date('2026-11-28T12:00:00Z');

test('what was deleted is removed once it was kept for as many days as were said', () => {
  expect(removableBefore(NOW, 30)).toEqual(new Date('2026-10-29T12:00:00Z'));
  expect(removedFrom(new Date('2026-10-29T12:00:00Z'), 30)).toEqual(NOW);
  expect(removedFrom(NOW, 0.5)).toEqual(new Date('2026-11-29T00:00:00Z'));
});

test('nothing is removed that is not deleted, and nothing at all when it is kept for ever', () => {
  expect([removedFrom(null, 30), removedFrom(NOW, null), removableBefore(NOW, null)]).toEqual([null, null, null]);
});
