import { expect, test } from 'vitest';
import { diffRows, foldRows, isFold } from './diff-rows.ts';

const said = (rows: ReturnType<typeof diffRows>) => rows.map(({ kind, numbers, text }) => [kind, ...numbers, text]);

test('two files are one column, each line with its number on the sides that have it', () => {
  expect(said(diffRows(['import torch', 'lr = 0.1', 'train()'], ['import torch', 'lr = 0.2', 'seed = 1', 'train()']))).toEqual([
    ['same', 1, 1, 'import torch'], ['removed', 2, null, 'lr = 0.1'], ['added', null, 2, 'lr = 0.2'], ['added', null, 3, 'seed = 1'], ['same', 3, 4, 'train()'],
  ]);
});

test('a comment is about the file that has the line: the one after, where both have it', () => {
  expect(diffRows(['a', 'b'], ['a', 'c']).map(({ at, also }) => [at?.file, at?.line, also?.line])).toEqual([[1, 1, 1], [0, 2, undefined], [1, 2, undefined]]);
});

test('a file that only one side has is all added or all removed', () => {
  expect(diffRows([], ['a', 'b']).map(({ kind }) => kind)).toEqual(['added', 'added']);
  expect(diffRows(['a'], []).map(({ kind }) => kind)).toEqual(['removed']);
});

const long = Array.from({ length: 40 }, (_, at) => `line ${at + 1}`);
const changed = long.with(19, 'other');
const none = { keep: () => false, opened: new Set<number>() };

test('what is the same folds away but for three lines around what differs', () => {
  const rows = foldRows(diffRows(long, changed), none);
  expect(rows.map(({ kind, text }) => (kind === 'fold' ? text : kind))).toEqual(['16 lines are the same', 'same', 'same', 'same', 'removed', 'added', 'same', 'same', 'same', '17 lines are the same']);
});

test('a fold that was opened shows its lines, and a line that is talked about is never folded away', () => {
  const all = diffRows(long, changed);
  const [first] = foldRows(all, none).filter(isFold);
  expect(foldRows(all, { ...none, opened: new Set([first?.from ?? -1]) }).filter(({ kind }) => kind === 'same')).toHaveLength(16 + 6);
  const kept = foldRows(all, { ...none, keep: ({ at }) => at?.line === 35 });
  expect(kept.map(({ text }) => text)).toContain('line 35');
  expect(kept.filter(isFold)).toHaveLength(2);
  expect(foldRows(diffRows(long, long), none).map(({ text }) => text)).toEqual(['40 lines are the same']);
});

test('every line is somewhere, folded or not', () => {
  const all = diffRows(long, changed);
  const opened = new Set(foldRows(all, none).filter(isFold).map(({ from }) => from));
  expect(foldRows(all, { ...none, opened })).toEqual(all);
});

test('files that nobody can compare in time are one replaced by the other', () => {
  const [before, after] = [Array.from({ length: 20_000 }, (_, at) => `before ${at}`), Array.from({ length: 20_000 }, (_, at) => `after ${at}`)];
  const rows = diffRows(before, after);
  expect(rows).toHaveLength(40_000);
  expect(rows.filter(({ kind }) => kind === 'same')).toEqual([]);
});
