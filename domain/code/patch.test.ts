import { describe, expect, test } from 'vitest';
import { MOST_PATCH_FILES, MOST_PATCH_LINES, readPatch } from './patch.ts';

const TRAIN = `diff --git a/train.py b/train.py
index 1111111..2222222 100644
--- a/train.py
+++ b/train.py
@@ -10,4 +10,5 @@ def fit(self):
 import numpy
-momentum = 0.9
--- a removed comment
+momentum = 0.95
+++ an added one
+more = 1
 train(momentum)
\\ No newline at end of file
`;

describe('reading a patch', () => {
  test('gives files with their hunks, headings and signs, whatever the lines look like', () => {
    const { files, cut } = readPatch(TRAIN);
    expect(cut).toBe(false);
    expect(files).toEqual([{
      path: 'train.py', renamedFrom: null, change: 'CHANGED', binary: false, baseId: '1111111', newId: '2222222', broken: false,
      hunks: [{ oldStart: 10, oldLines: 4, newStart: 10, newLines: 5, heading: 'def fit(self):', lines: [
        { sign: ' ', text: 'import numpy' }, { sign: '-', text: 'momentum = 0.9' }, { sign: '-', text: '-- a removed comment' }, { sign: '+', text: 'momentum = 0.95' },
        { sign: '+', text: '++ an added one' }, { sign: '+', text: 'more = 1' }, { sign: ' ', text: 'train(momentum)' },
      ] }],
    }]);
  });

  test.each([
    ['added', 'diff --git a/new.py b/new.py\nnew file mode 100644\nindex 0000000..2222222\n--- /dev/null\n+++ b/new.py\n@@ -0,0 +1 @@\n+x = 1\n', { path: 'new.py', change: 'ADDED', baseId: null }],
    ['removed', 'diff --git a/old.py b/old.py\ndeleted file mode 100644\nindex 1111111..0000000\n--- a/old.py\n+++ /dev/null\n@@ -1 +0,0 @@\n-x = 1\n', { path: 'old.py', change: 'REMOVED', baseId: '1111111', newId: null }],
    ['renamed', 'diff --git a/old b/new\nsimilarity index 100%\nrename from old\nrename to new\n', { path: 'new', renamedFrom: 'old', change: 'CHANGED' }],
    ['empty', 'diff --git a/a b/empty b/a b/empty\nnew file mode 100644\nindex 0000000..e69de29\n', { path: 'a b/empty', change: 'ADDED' }],
    ['binary', 'diff --git a/x.png b/x.png\nindex 1111111..2222222 100644\nGIT binary patch\nliteral 3\nKcmZ\n\nliteral 2\nJcmZ\n\n', { path: 'x.png', binary: true, hunks: [] }],
    ['oddly named', 'diff --git "a/tab\\there" "b/tab\\there"\n--- "a/tab\\there"\n+++ "b/tab\\there"\n@@ -1 +1 @@\n-1\n+2\n', { path: 'tab\there' }],
    ['of Windows', 'diff --git a/w b/w\r\n--- a/w\r\n+++ b/w\r\n@@ -1 +1 @@\r\n-1\r\n+2\r\n', { path: 'w', broken: false, hunks: [expect.objectContaining({ lines: [{ sign: '-', text: '1' }, { sign: '+', text: '2' }] })] }],
  ])('knows a file that is %s', (_, text, file) => {
    expect(readPatch(text).files).toMatchObject([file]);
  });

  test.each([
    ['ends within a hunk', TRAIN.slice(0, TRAIN.indexOf('+more'))],
    ['has a line too many', TRAIN.replace('+more = 1', '+more = 1\n+and = 2')],
    ['has hunks that go up', `${TRAIN}@@ -1 +1 @@\n-1\n+2\n`],
    ['says it is longer than it is', TRAIN.replace('-10,4', '-10,400')],
  ])('says of one that %s that it is broken, and reads the file behind it', (_, text) => {
    const { files } = readPatch(`${text}\n${TRAIN.replaceAll('train.py', 'next.py')}`);
    expect(files.map(({ path, broken }) => [path, broken])).toEqual([['train.py', true], ['next.py', false]]);
  });

  test('takes nothing from what is no patch', () => {
    for (const text of ['', 'no patch', '@@ -1 +1 @@\n-1\n+2', 'diff --git \n--- \n+++ \n', 'diff --git a/x', '\0\u{10ffff}', `diff --git ${'a'.repeat(100_000)}`]) expect(readPatch(text).files).toEqual([]);
  });

  test('stops at so many lines and files', () => {
    const long = readPatch(`${TRAIN}${'+\n'.repeat(MOST_PATCH_LINES)}`);
    expect([long.cut, long.files.length]).toEqual([true, 1]);
    const many = readPatch(Array.from({ length: MOST_PATCH_FILES + 5 }, (_, at) => `diff --git a/${at} b/${at}\nold mode 100644\nnew mode 100755\n`).join(''));
    expect([many.cut, many.files.length]).toEqual([true, MOST_PATCH_FILES]);
  });
});
