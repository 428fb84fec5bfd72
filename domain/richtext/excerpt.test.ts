import { expect, test } from 'vitest';
import { cutAtWord, excerptOf } from './excerpt.ts';

test('a text is cut at a word, with an ellipsis, and is never longer than asked', () => {
  expect(cutAtWord('one two three', 13)).toBe('one two three');
  expect(cutAtWord('one two three', 10)).toBe('one two…');
  expect(cutAtWord('one two three', 8)).toBe('one two…');
  expect(cutAtWord('x'.repeat(50), 10)).toBe(`${'x'.repeat(9)}…`);
});

test('a comment is told in its own words, without quotes and marks', () => {
  expect(excerptOf('> **Ana Ruiz**\n>\n> > older\n> It **held**.\n\nBy how *much*? See [@Rita](lemma:person/per_1), `val_acc` and [this](https://example.org).', 300)).toBe('By how *much*? See @Rita, val_acc and this.');
  expect(excerptOf('- first\n- [x] second\n\n## Third', 300)).toBe('first second Third');
});

test('a comment that only quotes is told by what it quotes', () => {
  expect(excerptOf('> **Ana Ruiz**\n>\n> It held.', 300)).toBe('Ana Ruiz It held.');
});
