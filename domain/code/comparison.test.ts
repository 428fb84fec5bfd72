import { describe, expect, test } from 'vitest';
import { codeRelation, compareFiles } from './comparison.ts';
import { readPatch } from './patch.ts';
import { touchedFiles, type CodeSide } from './touched.ts';

const file = (path: string, sha256: string | null, functions: Readonly<Record<string, string>> = {}, meaning: string | null = sha256) => ({ path, sha256, meaning, functions });

describe('the files of two captures', () => {
  test('came, went and changed, with the functions that did and those of which only the form is another', () => {
    expect(compareFiles(
      { files: [file('a.py', '1', { fit: 'x', 'T.go': 'y', gone: 'z' }), file('form.py', '1', {}, 'm'), file('old.py', '1'), file('same.py', '1')] },
      { files: [file('a.py', '2', { fit: 'X', 'T.go': 'y', come: 'z' }), file('form.py', '2', {}, 'm'), file('new.py', '1'), file('same.py', '1')] },
    )).toEqual({
      complete: true, same: ['same.py'],
      changed: [
        { path: 'a.py', change: 'CHANGED', formOnly: false, functions: [{ name: 'come', change: 'ADDED' }, { name: 'fit', change: 'CHANGED' }, { name: 'gone', change: 'REMOVED' }] },
        { path: 'form.py', change: 'CHANGED', formOnly: true, functions: [] },
        { path: 'new.py', change: 'ADDED', formOnly: false, functions: [] }, { path: 'old.py', change: 'REMOVED', formOnly: false, functions: [] },
      ],
    });
  });

  test('are not said to have come or gone where a capture does not name all of them, nor to be the same where neither tells its content', () => {
    const many = Array.from({ length: 2_000 }, (_, at) => file(`${at}.py`, '1'));
    expect(compareFiles({ files: many }, { files: [file('0.py', '2'), file('new.py', '1')] })).toMatchObject({ complete: false, changed: [{ path: '0.py', change: 'CHANGED' }] });
    expect(compareFiles({ files: [] }, { files: [file('new.py', '1')] })).toEqual({ complete: false, changed: [], same: [] });
    expect(compareFiles({ files: [file('a', null)] }, { files: [file('a', null)] })).toEqual({ complete: true, changed: [], same: [] });
  });

  test('named like what an object inherits are files and functions as others', () => {
    const named = (sha: string) => file('__proto__', sha, JSON.parse(`{"__proto__": "${sha}"}`) as Record<string, string>);
    expect(compareFiles({ files: [named('1')] }, { files: [named('2')] }).changed).toMatchObject([{ path: '__proto__', functions: [{ name: '__proto__', change: 'CHANGED' }] }]);
  });
});

test.each([
  ['c1', 'd1', 'c1', 'd1', 'SAME'], ['c1', null, 'c1', null, 'SAME'], ['c1', null, 'c1', 'd1', 'SAME_COMMIT'], ['c1', 'lost', 'c1', 'lost', 'SAME_COMMIT'],
  ['c1', null, 'c2', null, 'OTHER_COMMIT'], [null, null, 'c2', null, 'UNKNOWN'], [null, 'd1', null, 'd1', 'SAME'], [null, 'd1', null, 'd2', 'UNKNOWN'], [null, null, null, null, 'UNKNOWN'],
] as const)('code at %s with %s and code at %s with %s: %s', (...given) => {
  const [commit, diff, other, otherDiff, relation] = given;
  const version = (codeCommit: string | null, changes: string | null) => ({ codeCommit, codeDirty: changes !== null, codeDiff: changes === 'lost' ? null : changes });
  expect(codeRelation(version(commit, diff), version(other, otherDiff))).toBe(relation);
});

const side = (commit: string | null, patch = '', untracked: Readonly<Record<string, string>> = {}): CodeSide<{ path: string; sha256: string }> =>
  ({ commit, patch: readPatch(patch).files, untracked: Object.entries(untracked).map(([path, sha256]) => ({ path, sha256 })) });
const change = (path: string, to: string, base = '1111111', after = sha(to)): string => `diff --git a/${path} b/${path}\nindex ${base}..${after}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-x\n+${to}\n`;
/** A name for a content. */
const sha = (text: string): string => Array.from(text.padEnd(7, '0'), (letter) => (letter.codePointAt(0) ?? 0).toString(16)).join('').slice(0, 9);
const NOTHING = { changed: [], same: new Set<string>() };
const told = (from: CodeSide<{ path: string; sha256: string }>, to: typeof from, hashes: Partial<Parameters<typeof touchedFiles>[0]> = {}) =>
  touchedFiles({ ...NOTHING, ...hashes, from, to }).map(({ path, renamedFrom, change: how, before, after, sameBase }) => [renamedFrom === null ? path : `${renamedFrom} → ${path}`, how, before.kind, after.kind, sameBase]);

describe('the files in which two sides differ', () => {
  test('on one commit are those that one patch changes otherwise than the other', () => {
    expect(told(side('c', change('a', 'y') + change('b', 'y') + change('both', 'y')), side('c', change('a', 'y') + change('both', 'z') + change('later', 'y')))).toEqual([
      ['b', 'CHANGED', 'patched', 'commit', true], ['both', 'CHANGED', 'patched', 'patched', true], ['later', 'CHANGED', 'commit', 'patched', true],
    ]);
  });

  test('that lay beside the commit came, went or changed by their hash', () => {
    expect(told(side('c', '', { same: '1', other: '1', gone: '1' }), side('c', '', { same: '1', other: '2', come: '1' }))).toEqual([
      ['come', 'ADDED', 'absent', 'untracked', true], ['gone', 'REMOVED', 'untracked', 'absent', true], ['other', 'CHANGED', 'untracked', 'untracked', true],
    ]);
    expect(touchedFiles({ ...NOTHING, from: side('c', '', { one: '1' }), to: side('d') })).toMatchObject([{ path: 'one', certain: false }]);
    expect(touchedFiles({ ...NOTHING, from: side('c', '', { one: '1' }), to: side('d', '', { one: '2' }) })).toMatchObject([{ path: 'one', certain: true }]);
    expect(told(side(null, '', { a: '1' }), side(null, '', { b: '1' })).map(([path, how]) => [path, how])).toEqual([['a', 'REMOVED'], ['b', 'ADDED']]);
  });

  test('on two commits are on one text where git names the same content before, and only known by their hash where nothing is kept', () => {
    const changed = [{ path: 'hashed', change: 'CHANGED', formOnly: false, functions: [] }, { path: 'come', change: 'ADDED', formOnly: false, functions: [] }] as const;
    expect(told(side('c', change('one', 'y') + change('two', 'y')), side('d', change('one', 'z', '11111112') + change('two', 'z', '3333333')), { changed })).toEqual([
      ['come', 'ADDED', 'absent', 'commit', false], ['hashed', 'CHANGED', 'commit', 'commit', false], ['one', 'CHANGED', 'patched', 'patched', true], ['two', 'CHANGED', 'patched', 'patched', false],
    ]);
  });

  test('are not those whose hashes say that they are the same: changes that were committed later', () => {
    expect(told(side('c', change('a', 'y')), side('d'), { same: new Set(['a']) })).toEqual([]);
  });

  test('are what one patch does where what the other left was committed since, or was what it began with', () => {
    const [one, two] = [change('a', 'y'), change('a', 'z', sha('y'))];
    expect(told(side('c', one), side('d', two))).toEqual([['a', 'CHANGED', 'commit', 'patched', true]]);
    expect(told(side('d', two), side('c', one))).toEqual([['a', 'CHANGED', 'patched', 'commit', true]]);
    expect(told(side('c', one), side('d', change('a', 'y', '3333333')))).toEqual([]);
  });

  test('are one for a file that was renamed, whatever hashes say of its two names', () => {
    const renamed = 'diff --git a/old b/new\nsimilarity index 90%\nrename from old\nrename to new\nindex 1111111..2222222\n--- a/old\n+++ b/new\n@@ -1 +1 @@\n-x\n+y\n';
    const changed = [{ path: 'new', change: 'ADDED', formOnly: false, functions: [] }, { path: 'old', change: 'REMOVED', formOnly: false, functions: [] }] as const;
    expect(told(side('c'), side('c', renamed), { changed })).toEqual([['old → new', 'CHANGED', 'commit', 'patched', true]]);
    expect(told(side('c', renamed), side('c', renamed))).toEqual([]);
  });
});
