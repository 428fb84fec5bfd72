import { expect, test } from 'vitest';
import { foldsAway, waitsUnread, type Settled } from './folded.ts';

const thread = (resolvedAt: string | null, lastAt: string, unread = 0): Settled => ({ id: 'thr_1', resolvedAt, unread: { count: unread }, commentPage: { nodes: [{ createdAt: '2026-11-01T08:00:00.000Z' }, { createdAt: lastAt }] } });

test('a resolved thread folds away; an open one does not', () => {
  expect(foldsAway(thread('2026-11-01T10:00:00.000Z', '2026-11-01T09:00:00.000Z'))).toBe(true);
  expect(foldsAway(thread(null, '2026-11-01T09:00:00.000Z'))).toBe(false);
});

test('one that was answered since, or holds something unread, is shown', () => {
  expect(foldsAway(thread('2026-11-01T10:00:00.000Z', '2026-11-01T10:00:00.001Z'))).toBe(false);
  const unread = thread('2026-11-01T10:00:00.000Z', '2026-11-01T09:00:00.000Z', 1);
  expect([foldsAway(unread), waitsUnread(unread)]).toEqual([false, true]);
});
