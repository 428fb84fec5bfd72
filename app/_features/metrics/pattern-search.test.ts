import { expect, test } from 'vitest';
import { patternSearch } from './pattern-search.ts';

const KEYS = ['train/loss', 'val/loss', 'val/acc'];

test('a pattern matches anywhere in a name, whatever the case', () => {
  expect(KEYS.filter(patternSearch('^(TRAIN|val)/l').matches)).toEqual(['train/loss', 'val/loss']);
  expect(KEYS.filter(patternSearch(String.raw`\u0076al\/`).matches)).toEqual(['val/loss', 'val/acc']);
});

test.each([
  ['val/(', 'This is not a regular expression yet.'],
  ['[a', 'This is not a regular expression yet.'],
  ['(?=loss', 'This is not a regular expression yet.'],
  ['val(?=/loss)', 'Lookarounds and backreferences cannot be searched for.'],
  ['(?<!val)/loss', 'Lookarounds and backreferences cannot be searched for.'],
  [String.raw`(s)\1`, 'Lookarounds and backreferences cannot be searched for.'],
  ['s{1001}', 'This regular expression repeats or nests too much.'],
  ['((s{1,30}){1,30}){1,30}', 'This regular expression repeats or nests too much.'],
])('%s hides nothing and says why', (text, problem) => {
  const search = patternSearch(text);
  expect([KEYS.filter(search.matches), search.problem]).toEqual([KEYS, problem]);
});

// With an expression of the browser's own, each of these takes longer than anybody waits: the test would never end.
test.each(['(a+)+$', '^(a|a)*$', '(.*.*.*.*.*.*)+x$', String.raw`^(\w+\w+)+$`])('the hostile %s answers for long names', (text) => {
  expect([`${'a'.repeat(5_000)}!`, `${'a'.repeat(40)}!`].filter(patternSearch(text).matches)).toEqual([]);
});
