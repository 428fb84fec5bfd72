import { expect, test } from 'vitest';
import { HiddenLines } from './hidden-lines.ts';

test('stretches grow together in whatever order their lines are hidden, and each line counts once', () => {
  const hidden = new HiddenLines();
  for (const numbers of [[7], [3, 4], [9, 5], [4, 8, 6]]) hidden.add(numbers);
  expect(hidden.count).toBe(7);
  expect([hidden.covers(3, 9), hidden.covers(2, 3), hidden.covers(9, 10)]).toEqual([true, false, false]);
  expect([3, 4, 7, 9, 10, 50].map((number) => hidden.countBelow(number))).toEqual([0, 1, 4, 6, 7, 7]);
});

test('what was let go is not counted, also in the middle of a stretch', () => {
  const hidden = new HiddenLines();
  hidden.add([1, 2, 3, 4, 5, 6, 9]);
  hidden.forget({ from: 3, to: 4 });
  expect([hidden.count, hidden.countBelow(5), hidden.countBelow(7), hidden.covers(3, 3)]).toEqual([5, 2, 4, false]);
});

test('rows and lines find each other as in a list without the hidden ones', () => {
  const hidden = new HiddenLines();
  const gone = [2, 3, 4, 8, 10, 11, 12, 13, 19];
  hidden.add(gone);
  const shown = Array.from({ length: 20 }, (_, at) => at + 1).filter((number) => !gone.includes(number));
  shown.forEach((number, row) => {
    expect(number - 1 - hidden.countBelow(number)).toBe(row);
    expect(row + hidden.countAbove(row, (each) => each - 1) + 1).toBe(number);
  });
});
