import { expect, test } from 'vitest';
import { distanceBetween, NEAR } from './distance.ts';
import { recipeOf, type CodeSource, type RecipeSource } from './recipe.ts';

const digest = (text: string): string => text;
const code: CodeSource = { commit: 'c1', repository: 'r', dirty: false, diff: null, script: 'train.py', files: null };
const recipe = (params: Readonly<Record<string, string>>, more: Partial<RecipeSource> = {}) => recipeOf({ code, data: [], environment: null, params: new Map(Object.entries(params)), defaults: new Map(), ...more }, ['seed']);

const options = Object.fromEntries(Array.from({ length: 14 }, (_, at) => [`option_${at}`, String(at + 1)]));
const recorded = recipe({ ...options, lr: '0.5' }, { defaults: new Map(Object.entries({ ...options, lr: '0.1' })) });

test('a command that says fewer options than its script recorded is the same: the same code has the same defaults', () => {
  expect(distanceBetween(recorded, recipe({ lr: '0.5' }), digest)).toEqual({ distance: 0, differences: [] });
  expect(distanceBetween(recipe({ lr: '0.5' }), recorded, digest).differences).toEqual([]);
});

test('an option that is left out has its default, whatever the earlier run was given', () => {
  const { distance, differences } = distanceBetween(recorded, recipe({}), digest);
  expect(differences).toMatchObject([{ kind: 'CONFIG', name: 'lr', from: '0.5', to: '0.1' }]);
  expect(distance).toBeGreaterThan(NEAR);
});

test('of other code, or of code nobody knows, defaults are not guessed', () => {
  for (const other of [{ ...code, commit: 'c2' }, { ...code, commit: null, repository: null }]) expect(distanceBetween(recorded, recipe({ lr: '0.5' }, { code: other }), digest).differences.filter(({ kind }) => kind === 'CONFIG')).toHaveLength(14);
});
