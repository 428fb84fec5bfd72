import { describe, expect, test } from 'vitest';
import type { Region } from '../../../domain/code/regions.ts';
import { countLines, foldSides, unified, type SideRow } from './side-row.ts';
import { sideRows, wordMarks } from './side-rows.ts';

const region = (before: readonly string[], after: readonly string[], [old, now] = [1, 1], heading = ''): Region => ({ heading, before: { start: old ?? 1, lines: before }, after: { start: now ?? 1, lines: after } });
/** "12-lr = 1 | 13+lr = 2" */
const told = (rows: readonly SideRow[]): string[] => rows.map((row) => {
  if (row.kind === 'head') return `@ ${row.same} ${row.heading}`;
  if (row.kind === 'fold') return `… ${row.count} from ${row.from}`;
  const [left, right] = [row.before, row.after].map((cell, at) => (cell === null ? '' : `${cell.line}${row.differs ? '-+'[at] ?? '' : ' '}${cell.text}`));
  return `${left} | ${right}`;
});

describe('two sides as rows', () => {
  test('stand beside each other, numbered as each counts them, under the head of their function', () => {
    expect(told(sideRows([region(['a', 'lr = 1', 'z'], ['a', 'lr = 2', 'new', 'z'], [10, 12], 'def fit():'), region(['end'], [], [20, 23])]))).toEqual([
      '@ 9 def fit():', '10 a | 12 a', '11-lr = 1 | 13+lr = 2', ' | 14+new', '12 z | 15 z', '@ 7 ', '20-end | ',
    ]);
    expect(told(sideRows([region([], ['x'])]))).toEqual([' | 1+x']);
  });

  test('fold what is the same, around what differs and at both ends, until it is opened', () => {
    const lines = Array.from({ length: 30 }, (_, at) => `l${at + 1}`);
    const rows = sideRows([region(lines, lines.map((line) => (line === 'l15' ? 'other' : line)))]);
    expect(told(foldSides(rows, new Set()))).toEqual(['… 11 from 0', '12 l12 | 12 l12', '13 l13 | 13 l13', '14 l14 | 14 l14', '15-l15 | 15+other', '16 l16 | 16 l16', '17 l17 | 17 l17', '18 l18 | 18 l18', '… 12 from 18']);
    expect(foldSides(rows, new Set([0, 18]))).toEqual(rows);
    expect(told(foldSides(sideRows([region(['a', 'b', 'c', 'd', 'e'], ['a', 'b', 'c', 'd', 'x'])]), new Set()))).toHaveLength(5);
  });

  test('one under the other first say what went, then what came', () => {
    expect(told(unified(sideRows([region(['a', 'b1', 'b2', 'c'], ['a', 'B1', 'B2', 'c'])])))).toEqual(['1 a | 1 a', '2-b1 | ', '3-b2 | ', ' | 2+B1', ' | 3+B2', '4 c | 4 c']);
  });

  test('count what came and went', () => {
    expect(countLines(sideRows([region(['a', 'b'], ['a', 'c', 'd'])]))).toEqual({ added: 2, removed: 1 });
  });
});

test('words that differ are marked in lines that have enough in common, and of a reasonable length', () => {
  expect(wordMarks('    lr = 0.1  # start', '    lr = 0.3  # start')).toEqual([[{ from: 9, to: 12 }], [{ from: 9, to: 12 }]]);
  expect(wordMarks('fit(lr=1e-3, größe=2)', 'fit(lr=1e-4, größe=2)')).toEqual([[{ from: 7, to: 11 }], [{ from: 7, to: 11 }]]);
  expect(wordMarks('return loss', 'x = model(batch, deep=True)')).toEqual([[], []]);
  expect(wordMarks(`${'a '.repeat(400)}b`, `${'a '.repeat(400)}c`)).toEqual([[], []]);
});
