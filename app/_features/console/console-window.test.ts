import { expect, test } from 'vitest';
import { fitAtEnd, scrollTopFor, windowOf } from './console-window.ts';

const ask = { rowPx: 19, heightPx: 190, fit: 10 };

test('few lines are all there, at their end', () => {
  expect(windowOf({ ...ask, count: 4, scrollTop: 0 })).toEqual({ totalPx: 190, first: 0, drawn: 4, offsetPx: 0, atEnd: true });
});

test('a window follows the scroll bar to the pixel', () => {
  expect(windowOf({ ...ask, count: 1_000, scrollTop: 0 })).toMatchObject({ first: 0, drawn: 11, offsetPx: 0, atEnd: false });
  expect(windowOf({ ...ask, count: 1_000, scrollTop: 24 })).toMatchObject({ first: 1, offsetPx: 5 });
  expect(windowOf({ ...ask, count: 1_000, scrollTop: 19_000 - 190 })).toMatchObject({ first: 990, drawn: 10, atEnd: true });
});

test('a million lines stay below what browsers can lay out, and each can be reached', () => {
  const many = { ...ask, count: 1_000_000 };
  expect(windowOf({ ...many, scrollTop: 0 }).totalPx).toBe(15_000_000);
  expect(windowOf({ ...many, scrollTop: 15_000_000 - 190 })).toMatchObject({ first: 999_990, atEnd: true });
  for (const index of [0, 4_321, 500_000, 999_999]) {
    const { first, drawn } = windowOf({ ...many, scrollTop: scrollTopFor(index, many, 5) });
    expect(first <= index && index < first + drawn).toBe(true);
  }
});

test('of lines that wrap fewer fit at the end, and none is passed over on the way there', () => {
  const wrapped = { ...ask, count: 100, fit: fitAtEnd(Array.from({ length: 100 }, () => 200), 80, 10) };
  expect(wrapped.fit).toBe(3);
  const seen = new Set<number>();
  for (let scrollTop = 0; scrollTop <= 97 * 19; scrollTop += 1) {
    const { first, atEnd } = windowOf({ ...wrapped, scrollTop });
    for (let at = 0; at < 3; at += 1) seen.add(atEnd ? 97 + at : first + at);
  }
  expect(seen.size).toBe(100);
});

test('a line longer than the window still counts as one that fits', () => {
  expect(fitAtEnd([5_000], 80, 10)).toBe(1);
  expect(fitAtEnd([], 80, 10)).toBe(1);
});
