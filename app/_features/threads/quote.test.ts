import { expect, test } from 'vitest';
import { quoteOf } from './quote.ts';
import { typingWords } from './use-typing.ts';

test('a quote says who said it, and leaves out what that one quoted', () => {
  expect(quoteOf({ body: '> **Ada**\n> before\n\nIt overtakes late.\nWhy?', author: { name: 'Grace' } })).toBe('> **Grace**\n>\n> It overtakes late.\n> Why?\n\n');
});

test('a long one is cut', () => expect(quoteOf({ body: Array.from({ length: 30 }, (_, at) => String(at)).join('\n'), author: null })).toMatch(/^> \*\*Someone\*\*\n>\n> 0\n[^]*> 11\n> …\n\n$/));

test('who writes is named, a crowd is counted', () => {
  expect(typingWords([])).toBeNull();
  expect(typingWords(['Grace'])).toBe('Grace is writing');
  expect(typingWords(['Grace', 'Ada'])).toBe('Grace and Ada are writing');
  expect(typingWords(['Grace', 'Ada', 'Alan'])).toBe('Grace and 2 others are writing');
});
