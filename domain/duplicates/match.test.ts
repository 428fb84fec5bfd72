import { expect, test } from 'vitest';
import { byTelling, nearRecipe, sameRecipe, type EarlierRun } from './match.ts';

const run: EarlierRun = { id: 'r1', name: 'calm-fox', seed: '1', experimentId: 'exp_12', experiment: 'VIS-12', experimentName: 'cutmix', verdict: 'REFUTED' };

test('the same recipe and seed is exact, and says the verdict', () => {
  expect(sameRecipe(run, { seed: '1', experiment: 'VIS-30' })).toMatchObject({ kind: 'EXACT', distance: 0, sentence: "The same as VIS-12's run calm-fox, seed and all; VIS-12 was refuted." });
  expect(sameRecipe({ ...run, seed: null, verdict: null }, { seed: null, experiment: null })).toMatchObject({ kind: 'EXACT', sentence: "The same as VIS-12's run calm-fox; VIS-12 has no verdict yet." });
});

test('with another seed it is a repeat: wanted in its experiment, worth saying in another', () => {
  expect(sameRecipe(run, { seed: '2', experiment: 'VIS-12' })).toMatchObject({ kind: 'REPEAT', sentence: "The same as VIS-12's run calm-fox but for the seed (1 there, 2 here); a repeat, as statistics need them." });
  expect(sameRecipe(run, { seed: '2', experiment: 'VIS-30' }).sentence).toContain('VIS-12 was refuted');
});

const lr = { kind: 'CONFIG', name: 'lr', from: '0.1', to: '0.1001', weight: 0.0045 } as const;

test('near says what differs and why that is near', () => {
  expect(nearRecipe(run, { distance: 0.005, differences: [lr] })?.sentence).toBe("The same as VIS-12's run calm-fox but for lr 0.1 → 0.1001 (near: a distance of 0.005, and from 0.1 on runs are different); VIS-12 was refuted.");
  expect(nearRecipe(run, { distance: 0, differences: [] })?.sentence).toBe("The same as VIS-12's run calm-fox in all that tells runs apart; VIS-12 was refuted.");
  expect(nearRecipe(run, { distance: 0.1, differences: [{ ...lr, weight: 0.1 }] })).toBeNull();
});

test('a key that one side does not have is said as such, and of many the first three', () => {
  const many = ['a', 'b', 'c', 'd'].map((name, index) => ({ kind: 'CONFIG', name, from: null, to: '0', weight: 0.01 - index / 1000 }) as const);
  expect(nearRecipe(run, { distance: 0.04, differences: many })?.sentence).toContain('but for a (only here), b (only here), c (only here) and 1 more (near: ');
});

test('the same come before the near, and what has a verdict before what has none', () => {
  const [exact, undecided, near] = [sameRecipe(run, { seed: '1', experiment: null }), sameRecipe({ ...run, verdict: null }, { seed: '1', experiment: null }), nearRecipe(run, { distance: 0.01, differences: [lr] })];
  if (!near) throw new Error('it is near');
  expect([near, undecided, exact].toSorted(byTelling)).toEqual([exact, undecided, near]);
});
