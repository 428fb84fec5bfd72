import { expect, test } from 'vitest';
import type { CodeCapture } from './code-documents.ts';
import { lacksOf } from './code-lacks.ts';

const FILE = { path: 'lemma/code/changes.diff', sha256: '1', url: '/changes.diff' };
const DIFF = { sha256: '1', bytes: 9, masked: 0, file: FILE };
const CODE: CodeCapture = { onRemote: true, script: null, sourceFiles: 1, diff: null, untracked: [], leftOut: [], submodules: [] };
const told = (dirty: boolean, code: Partial<CodeCapture> | null): readonly string[] => lacksOf({
  codeVersion: { repository: null, commit: 'c', commitUrl: null, branch: null, dirty, source: null, changes: null, runCount: 1, firstUsedAt: null, lastUsedAt: null },
  capture: code === null ? null : { code: { ...CODE, ...code } },
});

test.each<[string, boolean, Partial<CodeCapture> | null, readonly string[]]>([
  ['all is known', false, {}, []],
  ['the changes are kept', true, { diff: DIFF }, []],
  ['nobody captured it', false, null, ['Nobody captured it: only what its client said of git is known.']],
  ['nobody captured its changes', true, null, ['Nobody captured it: it had uncommitted changes, and what they were is not known.']],
  ['its changes were not kept', true, {}, ['It had uncommitted changes that were not kept.']],
  ['its changes are on their way, masked', true, { diff: { ...DIFF, masked: 2, file: null } }, ['Its uncommitted changes have not arrived yet.', '2 secrets in its changes are masked, so those lines are not what ran.']],
  ['its changes were written over', true, { diff: { ...DIFF, sha256: '2' } }, ['The file of its changes was written over since: it is not the one that was captured.']],
  ['files and a submodule are elsewhere', true, { leftOut: [{ path: 'a', bytes: 1, why: 'large' }], submodules: [{ path: 'parts', commit: 'd', dirty: true }] }, ['1 file beside it was seen and not kept.', 'The submodule parts had changes of its own, which are not kept.']],
])('where %s', (_, dirty, code, lacks) => {
  expect(told(dirty, code)).toEqual(lacks);
});
