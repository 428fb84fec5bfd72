import { expect, test } from 'vitest';
import { quoteOf } from './quote.ts';
import { typingWords } from './typing-words.ts';

test('a quote says who said it, and leaves out what that one quoted', () => {
  expect(quoteOf({ body: '> **Ada**\n> before\n\nIt overtakes late.\nWhy?', author: { name: 'Grace' }, guestName: null })).toBe('> **Grace**\n>\n> It overtakes late.\n> Why?\n\n');
});

test('what a guest wrote stays text', () => {
  expect(quoteOf({ body: '![p](https://example.org/p.png) <b>', author: null, guestName: 'D*na' })).toBe('> **D\\*na (guest)**\n>\n> \\!\\[p\\]\\(https://example\\.org/p\\.png\\) \\<b\\>\n\n');
});

test('a long one is cut', () => expect(quoteOf({ body: Array.from({ length: 30 }, (_, at) => String(at)).join('\n'), author: null, guestName: null })).toMatch(/^> \*\*Someone\*\*\n>\n> 0\n[^]*> 11\n> …\n\n$/));

test('who writes is named, a crowd is counted', () => {
  expect(typingWords([])).toBeNull();
  expect(typingWords(['Grace'])).toBe('Grace is writing');
  expect(typingWords(['Grace', 'Ada'])).toBe('Grace and Ada are writing');
  expect(typingWords(['Grace', 'Ada', 'Alan'])).toBe('Grace and 2 others are writing');
});
