import { expect, test } from 'vitest';
import { COLOURS, coloursOf } from './person-colours.ts';

test('up to eight people here have eight colours, and everyone works out the same', () => {
  const people = Array.from({ length: COLOURS }, (_, one) => `per_${one}`);
  const colours = coloursOf(people);
  expect(new Set(colours.values()).size).toBe(COLOURS);
  expect(coloursOf(people.toReversed())).toEqual(colours);
});

test('a person alone keeps a colour; beyond eight, colours are shared and names still differ', () => {
  expect(coloursOf(['per_a', 'per_a'])).toEqual(coloursOf(['per_a']));
  const many = coloursOf(Array.from({ length: 20 }, (_, one) => `per_${one}`));
  expect([...many.values()].every((colour) => colour >= 1 && colour <= COLOURS)).toBe(true);
});
