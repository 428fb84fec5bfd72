import { expect, test } from 'vitest';
import { lineNow, linesOf, quoteOf } from './quoted-line.ts';

test('lines are those of an editor', () => {
  expect(linesOf('')).toEqual([]);
  expect(linesOf('a')).toEqual(['a']);
  expect(linesOf('a\r\nb\n\nc\n')).toEqual(['a', 'b', '', 'c']);
  // A bar of progress is one line, however often it was drawn again.
  expect(linesOf('10 %\r20 %\nend')).toEqual(['10 %\r20 %', 'end']);
});

test('a quote is the line without its blanks, and is cut between characters', () => {
  expect(quoteOf('    lr = 0.1  ')).toBe('lr = 0.1');
  expect(quoteOf('x'.repeat(505))).toBe('x'.repeat(500));
  expect(quoteOf(`${'x'.repeat(499)}😀`)).toBe('x'.repeat(499));
});

test('a line is found where it was, or at the nearest place that says the same', () => {
  const lines = ['import torch', 'lr = 0.1', '', 'seed = 1', '  lr = 0.1'];
  expect(lineNow(lines, { line: 2, quote: 'lr = 0.1' })).toBe(2);
  expect(lineNow(lines, { line: 3, quote: 'lr = 0.1' })).toBe(2);
  expect(lineNow(lines, { line: 4, quote: 'lr = 0.1' })).toBe(5);
  expect(lineNow(lines, { line: 900, quote: 'seed = 1' })).toBe(4);
  expect(lineNow(lines, { line: 1, quote: '  lr = 0.1' })).toBe(2);
});

test('a line that says something else has no place any more', () => {
  expect(lineNow(['lr = 0.10', 'lr = 0.1 # new'], { line: 1, quote: 'lr = 0.1' })).toBeNull();
  expect(lineNow([], { line: 1, quote: 'lr = 0.1' })).toBeNull();
});

test('a blank line has no words to be found by: it stays, while there are as many lines', () => {
  expect(lineNow(['a', '', 'c'], { line: 2, quote: undefined })).toBe(2);
  expect(lineNow(['a'], { line: 2, quote: undefined })).toBeNull();
});
