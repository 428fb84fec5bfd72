import { expect, test } from 'vitest';
import { isPatch, patchRows } from './patch-rows.ts';

const PATCH = [
  'diff --git a/train.py b/train.py',
  '--- a/train.py',
  '+++ b/train.py',
  '@@ -10,4 +10,5 @@ def main():',
  ' import torch',
  '-lr = 0.1',
  '+lr = 0.2',
  '+momentum = 0.9',
  '',
  ' train()',
  '\\ No newline at end of file',
  '--- a/notes.sql',
  '+++ b/notes.sql',
  '@@ -1 +0,0 @@',
  '--- a comment of SQL',
  'index 1..2',
];

test('a patch has its own numbers and those on both sides of the change', () => {
  expect(patchRows(PATCH).map(({ kind, numbers, text }) => [kind, ...numbers, text])).toEqual([
    ['head', 1, null, null, 'diff --git a/train.py b/train.py'],
    ['head', 2, null, null, '--- a/train.py'],
    ['head', 3, null, null, '+++ b/train.py'],
    ['head', 4, null, null, '@@ -10,4 +10,5 @@ def main():'],
    ['same', 5, 10, 10, 'import torch'],
    ['removed', 6, 11, null, 'lr = 0.1'],
    ['added', 7, null, 11, 'lr = 0.2'],
    ['added', 8, null, 12, 'momentum = 0.9'],
    ['same', 9, 12, 13, ''],
    ['same', 10, 13, 14, 'train()'],
    ['head', 11, null, null, '\\ No newline at end of file'],
    ['head', 12, null, null, '--- a/notes.sql'],
    ['head', 13, null, null, '+++ b/notes.sql'],
    ['head', 14, null, null, '@@ -1 +0,0 @@'],
    // A line that was removed, not the head of a file: the hunk is not over.
    ['removed', 15, 1, null, '-- a comment of SQL'],
    ['head', 16, null, null, 'index 1..2'],
  ]);
});

test('a comment is about the line of the patch itself', () => expect(patchRows(PATCH).map(({ at }) => at?.line)).toEqual(PATCH.map((_, index) => index + 1)));

test('a hunk that breaks off, and what is no patch at all, stay readable', () => {
  expect(patchRows(['@@ -1,9 +1,9 @@', ' a', 'diff --git a/b b/b', '+not in a hunk']).map(({ kind }) => kind)).toEqual(['head', 'same', 'head', 'head']);
  expect(patchRows(['just words']).map(({ kind, text }) => [kind, text])).toEqual([['head', 'just words']]);
});

test('a patch is known by its name', () => expect(['a/uncommitted.patch', 'x.DIFF', 'patch.py', 'diff'].map(isPatch)).toEqual([true, true, false, false]));
