import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareTexts } from '../../../domain/search/text-order.ts';
import { Texts } from './columns.ts';

it('knows the order and the numbers of its texts, also of those that came later', () => {
  fc.assert(fc.property(fc.array(fc.array(fc.oneof(fc.string(), fc.constantFrom('1e-3', '10', '9', ' 2 ', '1e999')), { maxLength: 6 }), { maxLength: 8 }), (batches) => {
    const column = new Texts();
    let place = 0;
    for (const batch of batches) {
      for (const text of batch) column.put(place++, text);
      const ranks = column.ranks();
      const byRank = column.texts.toSorted((a, b) => (ranks[column.texts.indexOf(a)] ?? -1) - (ranks[column.texts.indexOf(b)] ?? -1));
      expect(byRank).toEqual(column.texts.toSorted(compareTexts));
      expect(column.numbers()).toHaveLength(column.texts.length);
    }
    expect(Array.from(column.numbers(), (number, at) => [column.texts[at], number]).filter(([text]) => ['1e-3', ' 2 ', '1e999'].includes(String(text))).every(([text, number]) => (text === '1e999' ? Number.isNaN(number) : number === Number(text)))).toBe(true);
  }));
});
