import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareTexts } from './text-order.ts';
import { wildcard } from './wildcard.ts';

it.each([
  ['mix%', 'mixup', true], ['mix%', 'remix', false], ['%mix%', 'remix', true], ['%mix', 'remix', true], ['mix', 'mix', true], ['mix', 'mixup', false], ['%', '', true], ['', '', true], ['', 'x', false],
  ['m_x', 'mix', true], ['m_x', 'mx', false], ['_', '🙂', true], ['a%b%c', 'a..b..b..c', true], ['a%b%c', 'a..c..b', false], ['50%_\\off', '50%_\\off', true], ['a\nb%', 'a\nbc', true],
])('%s and "%s": %s', (pattern, text, matches) => {
  expect(wildcard(pattern, false)(text)).toBe(matches);
});

it('takes letters as equal in both cases when asked to', () => {
  expect(wildcard('MIX_P%', true)('mixUp and more')).toBe(true);
  expect(wildcard('MIX_P%', false)('mixUp and more')).toBe(false);
});

it('says the same as a regular expression, on short texts where one is safe', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_'), maxLength: 6 });
  fc.assert(fc.property(letters, letters, (pattern, text) => {
    const asExpression = new RegExp(`^${pattern.replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`);
    expect(wildcard(pattern, false)(text)).toBe(asExpression.test(text));
  }));
});

it('orders texts as their bytes in UTF-8', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\uE000', '\uFFFD', '🙂', '😀'), maxLength: 4 });
  fc.assert(fc.property(texts, texts, (a, b) => {
    expect(Math.sign(compareTexts(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
  }));
});
