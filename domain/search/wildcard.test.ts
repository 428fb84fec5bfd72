import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareTexts } from './text-order.ts';
import { MOST_MATCHING_WORK, wildcard } from './wildcard.ts';

const plenty = () => ({ left: MOST_MATCHING_WORK });

it.each([
  ['mix%', 'mixup', true], ['mix%', 'remix', false], ['%mix%', 'remix', true], ['%mix', 'remix', true], ['mix', 'mix', true], ['mix', 'mixup', false], ['%', '', true], ['', '', true], ['', 'x', false],
  ['m_x', 'mix', true], ['m_x', 'mx', false], ['_', '🙂', true], ['a%b%c', 'a..b..b..c', true], ['a%b%c', 'a..c..b', false], ['50%_\\off', '50%_\\off', true], ['a\nb%', 'a\nbc', true],
])('%s and "%s": %s', (pattern, text, matches) => {
  expect(wildcard(pattern, false, plenty())(text)).toBe(matches);
});

it('takes letters as equal in both cases when asked to', () => {
  expect(wildcard('MIX_P%', true, plenty())('mixUp and more')).toBe(true);
  expect(wildcard('MIX_P%', false, plenty())('mixUp and more')).toBe(false);
});

it('says the same as a regular expression, on short texts where one is safe', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', '%', '_'), maxLength: 6 });
  fc.assert(fc.property(letters, letters, (pattern, text) => {
    const asExpression = new RegExp(`^${pattern.replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`);
    expect(wildcard(pattern, false, plenty())(text)).toBe(asExpression.test(text));
  }));
});

it('stops, and says so, when a pattern made to hang has used up the work all texts may take', () => {
  const work = plenty();
  const matches = wildcard(`%${'a'.repeat(200)}_b`, false, work);
  let texts = 0;
  const ask = (): void => { for (; texts < 100_000; texts += 1) matches('a'.repeat(6_000)); };
  expect(ask).toThrow('This pattern looks at too many characters');
  expect(texts).toBeLessThan(1_000);
  expect(() => wildcard('%acc%', false, work)('x'.repeat(10))).toThrow('too many characters');
});

it('orders texts as their bytes in UTF-8', () => {
  const texts = fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\uE000', '\uFFFD', '🙂', '😀'), maxLength: 4 });
  fc.assert(fc.property(texts, texts, (a, b) => {
    expect(Math.sign(compareTexts(a, b))).toBe(Math.sign(Buffer.compare(Buffer.from(a), Buffer.from(b))));
  }));
});
