import { expect, it } from 'vitest';
import { checkSearchName, checkSearchState } from './saved-search.ts';

it('a name has 1 to 80 characters, without the space around it', () => {
  expect(checkSearchName(' Augmentation, all of it ')).toBe('Augmentation, all of it');
  expect(checkSearchName('n'.repeat(80))).toBe('n'.repeat(80));
  for (const name of ['', '  ', 'n'.repeat(81)]) expect(() => checkSearchName(name), name).toThrow('1 to 80 characters');
});

it('words or a filter are kept as their address says them, with all that was chosen', () => {
  for (const state of ['q=augmentation', 'q=lr+%3D+1+%26+more&project=vision&as=words&kind=run%2Cnote&verdict=SUPPORTED&status=done&owner=per_1&when=week', 'project=vision&q=%2B']) expect(checkSearchState(state)).toBe(state);
});

it('what asks nothing is not kept', () => {
  for (const state of ['q=', 'q=+', 'q=%20+%20&kind=run', 'project=vision', 'kind=q%3D1&q=']) expect(() => checkSearchState(state), state).toThrow('nothing to save yet');
});

it('nothing but the parameters of the page is kept: no other ones, none twice, no address around them', () => {
  for (const state of ['', '?q=a', 'q=a b', 'q=a#b', 'q=a&found=exp_1', 'q=a&q=b', 'q=a&', 'q=a&Kind=run', 'q=<b>']) expect(() => checkSearchState(state), state).toThrow(/something else, or there twice|parameters of its address/);
  expect(() => checkSearchState(`q=${'a'.repeat(8_000)}`)).toThrow('too long');
});
