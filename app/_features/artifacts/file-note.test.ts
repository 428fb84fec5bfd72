import { expect, test } from 'vitest';
import { fileNote, otherRun } from './file-note.ts';

const file = (...digests: readonly (string | null)[]) => ({ values: digests.map((sha256) => (sha256 === null ? null : { sha256 })), differs: new Set(digests).size > 1 });

test.each([
  [['a', 'a'], 'the same'], [['a', 'b'], 'differs'], [['a', null], 'only in one'], [[null, 'b'], 'only in two'],
  [['a', 'b', 'c'], '3 versions'], [['a', 'a', 'b'], '2 versions'], [['a', 'b', null], '2 versions, not in 1 run'], [['a', 'a', null], 'the same, not in 1 run'], [[null, null, 'a'], 'only in three'],
])('files %j are said as "%s"', (digests, words) => expect(fileNote(file(...digests), ['one', 'two', 'three'].slice(0, digests.length))).toBe(words));

test('the first run is compared with one that has something else', () => {
  expect(otherRun(file('a', 'a', 'b'))).toBe(2);
  expect(otherRun(file('a', null, 'b'))).toBe(1);
  expect(otherRun(file('a', 'a'))).toBe(1);
});
