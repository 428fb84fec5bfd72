import { expect, test } from 'vitest';
import { plainWords } from './plain-words.ts';

test('what was typed is read back, once and no further', () => {
  expect(plainWords('&lt;img src=x&gt; if a &lt; b &amp;&amp; val\\_loss')).toBe('<img src=x> if a < b && val_loss');
  expect(plainWords('&amp;lt;')).toBe('&lt;');
  expect(plainWords('plain, **bold** & C:\\dir')).toBe('plain, **bold** & C:\\dir');
});

test('a mention is read as its label', () => {
  expect(plainWords('Look, [@Rita \\[R\\]](lemma:person/per_1) and [a link](https://example.org)')).toBe('Look, @Rita [R] and [a link](https://example.org)');
});
