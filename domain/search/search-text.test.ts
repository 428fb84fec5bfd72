import { expect, test } from 'vitest';
import { containing, searchTextFrom, startingWith } from './search-text.ts';

test('words are letters and digits of any script, each once', () => expect(searchTextFrom('  CutMix,  val_acc=0.9 Größe cutmix ')).toEqual({ text: 'CutMix, val_acc=0.9 Größe cutmix', words: ['cutmix', 'val', 'acc', '0', '9', 'größe'], hasOperators: false }));
test('nothing to look for is nothing', () => {
  for (const nothing of ['', '   ', '!?&|:*', '\u0000']) expect(searchTextFrom(nothing)).toBeNull();
});
test('query languages find nothing to hold on to', () => {
  expect(searchTextFrom("'; DROP TABLE runs; -- a:* & !b | (c <-> d)")?.words).toEqual(['drop', 'table', 'runs', 'a', 'b', 'c', 'd']);
  expect(searchTextFrom('a\u0000b\uE000c')?.text).toBe('a b c');
});
test('long texts are cut', () => {
  expect(searchTextFrom('x'.repeat(5000))?.text).toHaveLength(300);
  expect(searchTextFrom(Array.from({ length: 50 }, (_, index) => `w${index}`).join(' '))?.words).toHaveLength(12);
});
test('operators are seen', () => {
  for (const text of ['"learning rate"', 'mixup -cutmix', 'mixup OR cutmix']) expect(searchTextFrom(text)?.hasOperators).toBe(true);
  for (const text of ['VIS-42', 'mix-up', 'for example']) expect(searchTextFrom(text)?.hasOperators).toBe(false);
});
test('wildcards of LIKE are taken literally', () => {
  expect(containing('50%_\\')).toBe('%50\\%\\_\\\\%');
  expect(startingWith('VIS')).toBe('VIS%');
});
