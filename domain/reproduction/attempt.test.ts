import { describe, expect, test } from 'vitest';
import { causeSentence, outcomeOf, type Attempt, type Made } from './attempt.ts';
import { toleranceOf } from './tolerance.ts';

const MADE: Made = { commit: 'c0ffee0', diff: null, submodules: { 'vendor/x': 'abcdef1' }, python: '3.11.2', packages: { numpy: '2.1.0' }, datasets: { digits: 'd1' }, seed: '1', machine: 'node-1' };
const values = (acc: number) => new Map([['acc', acc]]);
const attempt = (again: Partial<Made>, more: Partial<Attempt> = {}): Attempt => ({
  original: MADE, again: { ...MADE, ...again }, finished: true, values: { original: values(0.9), again: values(0.9) }, variant: () => ({ sameSeed: [0.9], allSeeds: [0.9, 0.91, 0.92] }), told: [], ...more,
});

describe('the tolerance of a metric', () => {
  test('is rounding alone for the same seed on the same machine', () => {
    expect(toleranceOf(0.9, { sameSeed: [0.9], allSeeds: [0.9, 0.8] }, true)).toEqual({ amount: 0.9 * 1e-9, from: 'EXACT', runs: 1 });
    expect(toleranceOf(0.9, { sameSeed: [0.9, 0.9], allSeeds: [] }, true)).toMatchObject({ from: 'EXACT', runs: 2 });
  });
  test('is learned from runs with that seed where those differ', () => {
    const { amount, from, runs } = toleranceOf(0.9, { sameSeed: [0.9, 0.902, 0.898], allSeeds: [] }, true);
    expect({ from, runs }).toEqual({ from: 'SAME_SEED', runs: 3 });
    // s = 0.002, t(2) = 4.3027 at 95 %.
    expect(amount).toBeCloseTo(4.3027 * 0.002 * Math.SQRT2, 6);
  });
  test('is learned from all seeds on another machine, and is rounding where there is but one run', () => {
    expect(toleranceOf(0.9, { sameSeed: [0.9], allSeeds: [0.9, 0.91, 0.92] }, false)).toMatchObject({ from: 'ALL_SEEDS', runs: 3 });
    expect(toleranceOf(0.9, { sameSeed: [0.9], allSeeds: [0.9] }, false)).toMatchObject({ from: 'EXACT' });
  });
});

describe('an attempt', () => {
  test('that is made of the same and gives the same reproduces', () => {
    expect(outcomeOf(attempt({}))).toMatchObject({ reproduced: true, causes: [], metrics: [{ key: 'acc', within: true }] });
  });
  test.each<readonly [string, Partial<Made>, string]>([
    ['a commit', { commit: 'badcafe' }, 'The commit: c0ffee0 was recorded, badcafe was found.'],
    ['changes', { diff: 'f00' }, 'The uncommitted changes: nothing was recorded, f00 was found.'],
    ['a submodule', { submodules: { 'vendor/x': '1234567' } }, 'The submodule vendor/x: abcdef1 was recorded, 1234567 was found.'],
    ['an interpreter', { python: '3.12.1' }, 'The interpreter: 3.11.2 was recorded, 3.12.1 was found.'],
    ['a package', { packages: { scipy: '1.0' } }, 'The package numpy: 2.1.0 was recorded, nothing was found.'],
    ['data', { datasets: { digits: 'd2' } }, 'The dataset digits: d1 was recorded, d2 was found.'],
    ['a seed', { seed: '2' }, 'The seed: 1 was recorded, 2 was found.'],
  ])('with another of %s names it, even if the numbers are the same', (_, again, sentence) => {
    const outcome = outcomeOf(attempt(again));
    expect(outcome.reproduced).toBe(false);
    expect(outcome.causes.map(causeSentence)).toEqual([sentence]);
  });
  test('with another result of the same is not explained', () => {
    const { reproduced, causes } = outcomeOf(attempt({}, { values: { original: values(0.9), again: values(0.91) } }));
    expect(reproduced).toBe(false);
    expect(causes.map(causeSentence)).toEqual(['Nothing that was recorded differs, but acc: 0.9 was recorded, 0.91 was found.']);
  });
  test('on another machine reproduces within the spread', () => {
    expect(outcomeOf(attempt({ machine: 'node-2' }, { values: { original: values(0.9), again: values(0.91) } }))).toMatchObject({ reproduced: true });
  });
  test('without a metric, or that failed, is none', () => {
    expect(outcomeOf(attempt({}, { values: { original: new Map(), again: new Map() } })).reproduced).toBe(false);
    expect(outcomeOf(attempt({}, { finished: false })).causes).toMatchObject([{ kind: 'COMMAND', found: 'failed' }]);
    expect(outcomeOf(attempt({}, { values: { original: values(Number.NaN), again: values(Number.NaN) } })).reproduced).toBe(true);
  });
});
