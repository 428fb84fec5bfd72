import { expect, test } from 'vitest';
import { MOST_ROWS, readColumn, readTable, tableOf } from './pasted-table.ts';

test('cells of a spreadsheet become a table, with a head where names stand above numbers', () => {
  const table = readTable('lr\tval_acc\n0.1\t0.91\n0.3\t0.88\n');
  expect(table?.cells).toEqual([['lr', 'val_acc'], ['0.1', '0.91'], ['0.3', '0.88']]);
  expect(tableOf(table ?? { cells: [], rowsLeftOut: 0, columnsLeftOut: 0 }).content?.map((row) => row.content?.map((cell) => cell.type))).toEqual([
    ['tableHeader', 'tableHeader'], ['tableCell', 'tableCell'], ['tableCell', 'tableCell'],
  ]);
});

test('words above words are no head', () => {
  const table = readTable('a\tb\nc\td');
  expect(table && tableOf(table).content?.[0]?.content?.[0]?.type).toBe('tableCell');
});

test('a quoted cell keeps its tabs, lines and quotes', () => {
  expect(readTable('"one\ttab"\t"two\nlines"\r\n"say ""hi"""\tplain\r\n')?.cells).toEqual([['one\ttab', 'two\nlines'], ['say "hi"', 'plain']]);
});

test('empty cells stay where they are', () => {
  expect(readTable('\tb\n1\t\n')?.cells).toEqual([['', 'b'], ['1', '']]);
});

test('text that only holds tabs is no table', () => {
  expect(readTable('no tabs at all')).toBeNull();
  expect(readTable('\tindented\n\tcode')).toBeNull();
  expect(readTable('one\ttwo\nthree')).toBeNull();
});

test('what is too long to read is cut, and how much is said', () => {
  const long = Array.from({ length: MOST_ROWS + 7 }, (_, row) => `${row}\tx`).join('\n');
  const table = readTable(long);
  expect(table?.cells).toHaveLength(MOST_ROWS);
  expect(table?.rowsLeftOut).toBe(7);
});

test('a column is read where it is known to be one; numbered rows have a head without a name above the numbers', () => {
  expect(readColumn('acc\r\n0.61\r\n0.83\r\n').cells).toEqual([['acc'], ['0.61'], ['0.83']]);
  expect(readColumn('0.8312\r\n').cells).toEqual([['0.8312']]);
  const frame = readTable('\tlr\tacc\n0\t0.1\t0.83\n1\t0.2\t0.81');
  expect(frame && tableOf(frame).content?.[0]?.content?.map(({ type }) => type)).toEqual(['tableCell', 'tableHeader', 'tableHeader']);
});
