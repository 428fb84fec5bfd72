import { expect, it } from 'vitest';
import { fragmentsOf } from './search-results.ts';

it('splits a highlight into plain and matched pieces', () => {
  expect(fragmentsOf('rotate \uE000augmentation\uE001 by 10')).toEqual([{ text: 'rotate ', matched: false }, { text: 'augmentation', matched: true }, { text: ' by 10', matched: false }]);
});

it('survives a mark that was cut off', () => {
  expect(fragmentsOf('a \uE000b')).toEqual([{ text: 'a ', matched: false }, { text: 'b', matched: true }]);
  expect(fragmentsOf('b\uE001 c')).toEqual([{ text: 'b c', matched: false }]);
});
