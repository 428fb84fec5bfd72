import { expect, test } from 'vitest';
import { isTorn } from './torn.ts';

const thread = (number: number, ...comments: number[]) => ({ number, commentPage: { nodes: comments.map((each) => ({ number: each })) } });

test('what has no gap is whole, wherever it begins', () => {
  expect(isTorn([])).toBe(false);
  expect(isTorn([thread(7, 19, 20, 21), thread(8, 1)])).toBe(false);
});

test('a comment or a thread that is missing between others is noticed', () => {
  expect(isTorn([thread(7, 19, 21)])).toBe(true);
  expect(isTorn([thread(7, 1), thread(9, 1)])).toBe(true);
});
