import { describe, expect, test } from 'vitest';
import { nearKeys } from './near-keys.ts';
import { recipeDigests, recipeOf, saysNothing, type CodeSource, type RecipeSource } from './recipe.ts';

const digest = (text: string): string => text;
const unknown: CodeSource = { commit: null, repository: null, dirty: false, diff: null, script: null, files: null };
const recipe = (params: Readonly<Record<string, string>>, more: Partial<RecipeSource> = {}) => recipeOf({ code: unknown, data: [], environment: null, params: new Map(Object.entries(params)), defaults: new Map(), ...more }, ['seed']);

describe('a run of which neither params nor code nor data are known', () => {
  test.each([['nothing at all', recipe({})], ['a seed', recipe({ seed: '3' })], ['a script by name', recipe({}, { code: { ...unknown, script: 'train.py' } })], ['the code of its parent', recipe({}, { nested: true, code: { ...unknown, commit: 'c1' } })], ['a Python', recipe({}, { environment: { python: '3.12', packages: {} } })]])('has no digest by %s', (_, said) => {
    expect([saysNothing(said), recipeDigests(said, digest), nearKeys(said, digest)]).toEqual([true, [], []]);
  });
});

test.each([
  ['a param', recipe({ lr: '1' })],
  ['a commit', recipe({}, { code: { ...unknown, commit: 'c1' } })],
  ['a param, nested', recipe({ lr: '1' }, { nested: true })],
  ['its files', recipe({}, { code: { ...unknown, files: [{ path: 'train.py', meaning: 'm' }] } })],
  ['its data', recipe({}, { data: [{ name: 'digits', role: 'train', digest: 'd1', meaning: null, rows: null, columns: null, form: null }] })],
])('a run says what it did by %s', (_, said) => {
  expect(saysNothing(said)).toBe(false);
  expect(recipeDigests(said, digest)).not.toHaveLength(0);
});
