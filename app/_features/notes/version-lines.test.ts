import { expect, test } from 'vitest';
import { versionLines } from './version-lines.ts';

const said = (...changes: readonly (readonly ['ADDED' | 'REMOVED' | 'SAME', string])[]): readonly string[] =>
  versionLines(changes.map(([kind, text]) => ({ kind, text }))).map(({ kind, pieces }) => `${kind} ${pieces.map(({ text, changed }) => (changed ? `{${text}}` : text)).join('')}`);

test('of a line that was reworded only the words are marked', () => {
  expect(said(['SAME', '# Plan\n'], ['REMOVED', 'Train it three times.\n'], ['ADDED', 'Train it five times, and wait.\n'])).toEqual(['SAME # Plan', 'REMOVED Train it {three} times.', 'ADDED Train it {five} times{, and wait}.']);
});

test('another line is no reworded one, and a line alone is new', () => {
  expect(said(['REMOVED', 'Train it three times.'], ['ADDED', 'Zebras graze'])).toEqual(['REMOVED Train it three times.', 'ADDED Zebras graze']);
  expect(said(['ADDED', 'one'], ['SAME', 'two'], ['REMOVED', 'one more'])).toEqual(['ADDED one', 'SAME two', 'REMOVED one more']);
});

test('mentions, pictures and files are read by their names', () => {
  expect(said(['ADDED', '[DIG-1](lemma:experiment/exp_1), ![](/api/v1/notes/not_1/files/nof_1) ![a curve](/api/v1/notes/not_1/files/nof_2) [log.txt](/api/v1/notes/not_1/files/nof_3) [site](https://example.org)']))
    .toEqual(['ADDED DIG-1, picture picture: a curve log.txt [site](https://example.org)']);
  expect(said(['ADDED', '\n'])).toEqual(['ADDED \u00A0']);
});
