import { describe, expect, test } from 'vitest';
import { readPatch, type PatchFile } from './patch.ts';
import { addedLines, regionsBetween, regionsOfPatch, type Kept } from './regions.ts';

const fileOf = (hunks: string, head = 'index 1111111..2222222 100644\n--- a/t.py\n+++ b/t.py\n'): PatchFile => {
  const [file] = readPatch(`diff --git a/t.py b/t.py\n${head}${hunks}`).files;
  if (file === undefined) throw new Error('no file');
  return file;
};
const patched = (hunks: string, head?: string): Kept => ({ kind: 'patched', file: fileOf(hunks, head) });
const COMMIT: Kept = { kind: 'commit' };
/** Of a file of the lines l1, l2, …: l3 replaced by two, and l20 gone. */
const FIRST = '@@ -2,3 +2,4 @@ def fit():\n l2\n-l3\n+x3\n+y3\n l4\n@@ -19,3 +20,2 @@ def test():\n l19\n-l20\n l21\n';

describe('where a file differs between two patches on one commit', () => {
  test('is what one of them does, turned around where only the first has it', () => {
    expect(regionsBetween(COMMIT, patched(FIRST), true)).toEqual(regionsOfPatch(fileOf(FIRST)));
    expect(regionsBetween(patched(FIRST), COMMIT, true)).toEqual(regionsOfPatch(fileOf(FIRST)).map(({ before, after, heading }) => ({ before: after, after: before, heading })));
  });

  test('is nothing where both do the same', () => {
    expect(regionsBetween(patched(FIRST), patched(FIRST), true)).toEqual([]);
  });

  test('is told with the lines of each where their hunks overlap, and numbered as each counts them', () => {
    const second = '@@ -1,4 +1,4 @@\n l1\n-l2\n+z2\n l3\n l4\n@@ -30,2 +30,3 @@ def more():\n l30\n+new\n l31\n';
    expect(regionsBetween(patched(FIRST), patched(second), true)).toEqual([
      { heading: '', before: { start: 1, lines: ['l1', 'l2', 'x3', 'y3', 'l4'] }, after: { start: 1, lines: ['l1', 'z2', 'l3', 'l4'] } },
      { heading: 'def test():', before: { start: 20, lines: ['l19', 'l21'] }, after: { start: 19, lines: ['l19', 'l20', 'l21'] } },
      { heading: 'def more():', before: { start: 30, lines: ['l30', 'l31'] }, after: { start: 30, lines: ['l30', 'new', 'l31'] } },
    ]);
  });

  test('is told where hunks touch without a line in common, and where one only adds', () => {
    expect(regionsBetween(patched('@@ -1,2 +1 @@\n l1\n-l2\n'), patched('@@ -3,1 +3,2 @@\n l3\n+n\n'), true)).toEqual([{ heading: '', before: { start: 1, lines: ['l1', 'l3'] }, after: { start: 1, lines: ['l1', 'l2', 'l3', 'n'] } }]);
    expect(regionsBetween(COMMIT, patched('@@ -5,0 +6,1 @@\n+n\n'), true)).toEqual([{ heading: '', before: { start: 6, lines: [] }, after: { start: 6, lines: ['n'] } }]);
  });

  test('is not told where they are not on one commit, contradict each other or are damaged', () => {
    expect(regionsBetween(patched(FIRST), patched('@@ -2,1 +2,1 @@\n-other\n+x\n'), true)).toBeNull();
    expect(regionsBetween(COMMIT, patched(FIRST), false)).toBeNull();
    expect(regionsBetween(COMMIT, patched('@@ -1,5 +1,5 @@\n l1\n'), true)).toBeNull();
    expect(regionsBetween(COMMIT, { kind: 'whole', lines: ['x'] }, true)).toBeNull();
  });
});

describe('where a file is whole on both sides', () => {
  const added = patched('@@ -0,0 +1,2 @@\n+a\n+b\n', 'new file mode 100644\n--- /dev/null\n+++ b/t.py\n');
  const removed = patched('@@ -1 +0,0 @@\n-a\n', 'deleted file mode 100644\nindex 1111111..0000000\n--- a/t.py\n+++ /dev/null\n');

  test('both texts are told, whatever the commits', () => {
    expect(regionsBetween({ kind: 'whole', lines: ['a'] }, added, false)).toEqual([{ heading: '', before: { start: 1, lines: ['a'] }, after: { start: 1, lines: ['a', 'b'] } }]);
    expect(regionsBetween(added, { kind: 'absent' }, false)?.[0]?.after.lines).toEqual([]);
    expect(regionsBetween(removed, added, false)).toEqual([{ heading: '', before: { start: 1, lines: [] }, after: { start: 1, lines: ['a', 'b'] } }]);
  });

  test('one that a patch removed is whole in the commit', () => {
    expect(regionsBetween(COMMIT, removed, true)).toEqual([{ heading: '', before: { start: 1, lines: ['a'] }, after: { start: 1, lines: [] } }]);
  });

  test('a damaged patch adds no whole file', () => {
    expect(addedLines(fileOf('@@ -0,0 +1,9 @@\n+a\n', 'new file mode 100644\n--- /dev/null\n+++ b/t.py\n'))).toBeNull();
  });
});
