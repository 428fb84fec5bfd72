import { expect, test } from 'vitest';
import { readPatch } from '../../../domain/code/patch.ts';
import { touchedFiles } from '../../../domain/code/touched.ts';
import { hasText, openAtFirst } from './opened-files.ts';

const patchOf = (path: string, lines: number): string => `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1,${lines} @@\n${'+x\n'.repeat(lines)}`;

test('files are open until there is too much to draw, and those without a text are told apart', () => {
  const beside = [{ path: 'd.py', sha256: '1', bytes: 60_000, url: null }];
  const files = touchedFiles({ from: { commit: 'c', patch: [], untracked: [] }, to: { commit: 'c', patch: readPatch(patchOf('a', 1_000) + patchOf('b', 400) + patchOf('c', 200)).files, untracked: beside }, changed: [{ path: 'e', change: 'CHANGED', formOnly: false, functions: [] }], same: new Set() });
  expect(files.map((file) => [file.path, hasText(file)])).toEqual([['a', true], ['b', true], ['c', true], ['d.py', true], ['e', false]]);
  expect([...openAtFirst(files)]).toEqual(['a', 'b']);
  expect([...openAtFirst(files.slice(3))]).toEqual([]);
});
