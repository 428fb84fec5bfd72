import { expect, test } from 'vitest';
import { isConsoleOutput, parseTable, previewKind, tableOfJson } from './artifact-kind.ts';

test('a file is shown by what its name says, then by its media type, else not at all', () => {
  expect(previewKind('plots/confusion.PNG', null)).toBe('image');
  expect(previewKind('model/MLmodel', null)).toBe('text');
  expect(previewKind('report.html', 'text/plain')).toBe('html');
  expect(previewKind('weights.bin', 'application/octet-stream')).toBe('none');
  expect(previewKind('notes', 'text/plain')).toBe('text');
  expect(['a.wav', 'b.mp4', 'c.parquet', 'd.feather', 'e.ipynb'].map((path) => previewKind(path, null))).toEqual(['audio', 'video', 'parquet', 'arrow', 'notebook']);
  expect([previewKind('sound', 'audio/wav'), previewKind('film', 'video/mp4')]).toEqual(['audio', 'video']);
});

test('console output is found by its usual names', () => {
  expect(['stdout', 'logs/train.log', 'console.txt', 'job.out'].every(isConsoleOutput)).toBe(true);
  expect(['catalog.json', 'logistic.pkl', 'output.png'].some(isConsoleOutput)).toBe(false);
});

test('tables understand quotes, commas inside them, tabs and line ends of all kinds', () => {
  expect(parseTable('a,b\r\n1,"x, ""y"""\n')).toEqual([['a', 'b'], ['1', 'x, "y"']]);
  expect(parseTable('a\tb\n1\t2')).toEqual([['a', 'b'], ['1', '2']]);
  expect(parseTable('a,b\n1,\n')).toEqual([['a', 'b'], ['1', '']]);
  expect(parseTable('a,"never closed')).toEqual([['a', '"never closed']]);
  expect(parseTable('')).toEqual([]);
  expect(parseTable('a\n1\n2\n3', 2)).toEqual([['a'], ['1']]);
});

test('a table logged as JSON is a table; other JSON is not', () => {
  expect(tableOfJson({ columns: ['a'], data: [[1]] })).toEqual({ columns: ['a'], rows: [[1]] });
  expect(tableOfJson({ columns: ['a'], data: [1] })).toBeNull();
  expect(tableOfJson([1])).toBeNull();
});
