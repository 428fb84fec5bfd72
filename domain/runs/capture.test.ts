import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { environmentFromCapture, factsFromCapture, keptTraceback, uncommittedDigest, uncommittedText, withoutSecrets, type CapturedCode, type RunCapture } from './capture.ts';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const HASH = 'a'.repeat(64);
const DIFF = { path: 'lemma/code/changes.diff', sha256: HASH, bytes: 1, masked: 0 };
const CODE: CapturedCode = { repository: null, commit: null, branch: null, dirty: false, onRemote: null, diff: null, untracked: [], leftOut: [], submodules: [], files: [], script: null };
const file = (path: string, sha256: string) => ({ path, bytes: 1, sha256 });

test('uncommitted changes are told apart by the diff and the untracked files, in whatever order they come', () => {
  expect(uncommittedDigest(CODE, digest)).toBeNull();
  expect(uncommittedDigest({ ...CODE, diff: DIFF }, digest)).toBe(HASH);
  const both = uncommittedDigest({ diff: DIFF, untracked: [file('a', '1'), file('b', '2')] }, digest);
  expect(uncommittedDigest({ diff: DIFF, untracked: [file('b', '2'), file('a', '1')] }, digest)).toBe(both);
  expect(uncommittedDigest({ diff: null, untracked: [file('a', '1'), file('b', '2')] }, digest)).not.toBe(both);
  expect(uncommittedDigest({ diff: DIFF, untracked: [file('a', '2'), file('b', '1')] }, digest)).not.toBe(both);
  expect([uncommittedText({ codeDirty: true, codeDiff: HASH }), uncommittedText({ codeDirty: true }), uncommittedText({ codeDirty: false, codeDiff: null })]).toEqual(['aaaaaaaaaaaa', 'yes', 'no']);
});

test('a capture says of a run only what it knows: outside of git the tags stand', () => {
  expect(factsFromCapture({ code: null }, digest)).toEqual({});
  expect(factsFromCapture({ code: { ...CODE, script: 'train.py' } }, digest)).toEqual({ sourceName: 'train.py', codeDiff: null });
  expect(factsFromCapture({ code: { ...CODE, commit: 'abc', dirty: true, diff: DIFF } }, digest)).toEqual({ codeRepository: null, codeCommit: 'abc', codeBranch: null, codeDirty: true, codeDiff: HASH });
});

test('of the software its versions are the environment', () => {
  expect(environmentFromCapture({ python: { version: '3.11', implementation: 'CPython' }, packages: [{ name: 'numpy', version: '2.1', hash: null }] })).toEqual({ python: '3.11', packages: { numpy: '2.1' } });
  expect(environmentFromCapture({ python: null, packages: [] })).toEqual({ packages: {} });
});

test('credentials in the address of the remote are not kept', () => {
  const capture = { code: { ...CODE, repository: 'https://me:secret@example.org/x.git' } } as RunCapture;
  expect(withoutSecrets(capture).code?.repository).toBe('https://example.org/x.git');
});

test('of a long traceback the end is kept, and no half of a character', () => {
  expect(keptTraceback('short')).toBe('short');
  const kept = keptTraceback(`${'😀'.repeat(10_000)}x`);
  expect(kept.endsWith('😀x')).toBe(true);
  expect(kept.isWellFormed()).toBe(true);
});
