import { expect, it } from 'vitest';
import { placeAt, scrollFor, TOP } from './stage-place.ts';

const wide = [{ top: 200, height: 400 }, { top: 620, height: 300 }];
const narrow = [{ top: 320, height: 900 }, { top: 1240, height: 800 }];

it('finds the same place on another screen', () => {
  expect(placeAt(wide, 400)).toEqual({ section: 1, within: 0.5 });
  expect(scrollFor(narrow, { section: 1, within: 0.5 })).toBe(770);
  expect(scrollFor(wide, placeAt(wide, 700))).toBe(700);
});

it('stands at the top of what has no parts, and at the end of what has fewer', () => {
  expect(placeAt([], 0)).toEqual(TOP);
  expect(scrollFor([], TOP)).toBe(0);
  expect(scrollFor(wide, { section: 9, within: 0.1 })).toBe(920);
});
