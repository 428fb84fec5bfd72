import { expect, it } from 'vitest';
import { meant, typosBetween } from './typos.ts';

it.each([['augmentaton', 'augmentation', 1], ['lerning', 'learning', 1], ['dorpout', 'dropout', 1], ['warmpu', 'warmup', 1], ['cosine', 'cosine', 0], ['kitten', 'sitting', Infinity], ['ab', 'abcd', 2], ['', 'ab', 2], ['abc', 'cba', 2]])('from %s to %s are %d typos', (a, b, typos) => {
  expect(typosBetween(a, b, 2)).toBe(typos);
  expect(typosBetween(b, a, 2)).toBe(typos);
});

it('takes for meant what is one letter away, two in long words, the nearest first', () => {
  expect(meant('augmentaton', ['argumentation', 'augmentations', 'augmentation', 'augment'])).toEqual(['augmentation', 'augmentations']);
  expect(meant('adam', ['adaw', 'sdam', 'adamw', 'adam', 'madam', 'sgd'])).toEqual(['adaw', 'adamw', 'sdam', 'madam']);
  expect(meant('batch', ['bitches', 'batches'])).toEqual([]);
});
