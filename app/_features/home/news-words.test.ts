import { expect, test } from 'vitest';
import { otherWords, turnWords } from './news-words.ts';

const NOTHING = { newRuns: 0, failedRuns: 0, approvals: 0, objections: 0, comments: 0 };

test('a verdict says where it came from', () => {
  expect(turnWords({ judged: true, outcomeBefore: 'INCONCLUSIVE', now: 'SUPPORTED' })).toBe('went from inconclusive to');
  expect(turnWords({ judged: true, outcomeBefore: 'REFUTED', now: 'REFUTED' })).toBe('is still');
  expect(turnWords({ judged: true, outcomeBefore: null, now: 'REFUTED' })).toBe('is');
  expect(turnWords({ judged: false, outcomeBefore: 'REFUTED', now: 'REFUTED' })).toBeNull();
  expect(turnWords({ judged: true, outcomeBefore: null, now: null })).toBeNull();
});

test('a sweep of 500 runs is one line', () => {
  expect(otherWords({ ...NOTHING, newRuns: 500, failedRuns: 3, comments: 1, approvals: 1 })).toBe('approved, 500 new runs, 3 of them failed, 1 comment');
  expect(otherWords({ ...NOTHING, newRuns: 1, failedRuns: 1, objections: 1, approvals: 2 })).toBe('changes asked for, 2 approvals, 1 new run, which failed');
  expect(otherWords({ ...NOTHING, newRuns: 2, failedRuns: 2 })).toBe('2 new runs, all of which failed');
  expect(otherWords(NOTHING)).toBe('');
});
