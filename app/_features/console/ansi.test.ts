import { expect, test } from 'vitest';
import { piecesOf } from './ansi.ts';

test('a line without colours is one piece, as it is', () => {
  expect(piecesOf('<b>loss</b> & more')).toEqual([{ text: '<b>loss</b> & more', className: '' }]);
  expect(piecesOf('')).toEqual([]);
});

test('colours and weights become class names, and end where they end', () => {
  expect(piecesOf('\u001B[1;31mError\u001B[0m: x')).toEqual([{ text: 'Error', className: 'a-red a-bold' }, { text: ': x', className: '' }]);
  expect(piecesOf('\u001B[92mok')).toEqual([{ text: 'ok', className: 'a-green' }]);
});

test.each([['38;5;208', 'a-yellow'], ['38;5;196', 'a-red'], ['38;2;80;80;90', 'a-grey'], ['38;2;10;200;220', 'a-cyan'], ['38;5;250', 'a-ink'], ['41', 'a-on-red'], ['97;44', 'a-on-blue']])('colour %s is shown in the theme as %s', (code, className) => {
  expect(piecesOf(`\u001B[${code}mx`)).toEqual([{ text: 'x', className }]);
});

test('a progress bar shows its last state', () => {
  expect(piecesOf(' 10%|#    |\r 50%|##   |\r100%|#####|')).toEqual([{ text: '100%|#####|', className: '' }]);
  expect(piecesOf(' 10%|#    |\r')).toEqual([{ text: ' 10%|#    |', className: '' }]);
});

test('movements of the cursor, titles and links say nothing', () => {
  expect(piecesOf('\u001B]0;title\u0007a\u001B[2Kb\u001B[1A\u001B[31mc').map(({ text }) => text).join('')).toBe('abc');
});
