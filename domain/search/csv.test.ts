import { expect, it } from 'vitest';
import { csvLine } from './csv.ts';

it('quotes what needs quotes', () => {
  expect(csvLine(['a', 'b,c', 'd"e', 'f\ng', ''])).toBe('a,"b,c","d""e","f\ng",\r\n');
});

it.each([['=1+1', '\'=1+1'], ['+cmd', '\'+cmd'], ['@SUM(A1)', '\'@SUM(A1)'], ['-2+3', '\'-2+3'], ['\t=x', '\'\t=x'], ['-0.5', '-0.5'], ['-1e-7', '-1e-7'], ['-Infinity', '-Infinity'], ['1=2', '1=2']])('writes %s as %s', (text, written) => {
  expect(csvLine([text])).toBe(`${written}\r\n`);
});
