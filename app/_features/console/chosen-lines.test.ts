import { expect, test } from 'vitest';
import { chosenLinesFrom, chosenLinesText, extended } from './chosen-lines.ts';

test.each([['12', { from: 12, to: 12 }], ['12-20', { from: 12, to: 20 }], ['20-12', { from: 12, to: 20 }], ['0', null], ['x', null], ['1-', null], [null, null]])('the address %s names lines %o', (text, lines) => {
  expect(chosenLinesFrom(text)).toEqual(lines);
});

test('the address of chosen lines names them again', () => {
  for (const lines of [{ from: 12, to: 12 }, { from: 12, to: 20 }]) expect(chosenLinesFrom(chosenLinesText(lines))).toEqual(lines);
});

test('shift reaches from the lines chosen to the one pressed', () => {
  expect(extended({ from: 5, to: 6 }, 9, true)).toEqual({ from: 5, to: 9 });
  expect(extended({ from: 5, to: 6 }, 2, true)).toEqual({ from: 2, to: 6 });
  expect(extended({ from: 5, to: 6 }, 9, false)).toEqual({ from: 9, to: 9 });
});
