import { describe, expect, test } from 'vitest';
import { equivalenceP, intervalOf, liesWithin, paired, pValueOf, welch, type Comparison, type MeasuredDifference } from './comparison.ts';
import { estimateMean } from './estimate.ts';
import { benjaminiHochberg, holm } from './many-tests.ts';
import { noncentralTCdf } from './noncentral-t.ts';
import { furtherRepeats, MOST_REPEATS, pairedPower, twoSidedPower, welchPower } from './power.ts';
import { COHEN_REPEATS, SLEEP, THROMBOLYSIS } from './reference/published.ts';
import reference from './reference/values.json' with { type: 'json' };
import { summarise } from './sample.ts';

function measured(comparison: Comparison): MeasuredDifference {
  if (comparison.kind !== 'measured') throw new Error(`expected a measured difference, not ${comparison.kind}`);
  return comparison;
}
const statistic = (each: MeasuredDifference): number => each.difference / each.standardError;

/** Equal to `digits` significant digits. */
const isNear = (actual: number, expected: number, digits = 9): boolean => Math.abs(actual - expected) <= Math.max(Math.abs(expected) * 10 ** -digits, 1e-14);
const near = (expected: number | undefined, digits = 9) => (actual: number): boolean => isNear(actual, expected ?? Number.NaN, digits);

describe('against published values', () => {
  test('Welch on the sleep data', () => {
    const result = measured(welch(SLEEP.first, SLEEP.second));
    expect(statistic(result)).toSatisfy(near(SLEEP.welch.t));
    expect(result.degreesOfFreedom).toSatisfy(near(SLEEP.welch.df, 8));
    expect(pValueOf(result)).toSatisfy(near(SLEEP.welch.p, 8));
    const { low, high } = intervalOf(result, 0.95);
    expect(low).toSatisfy(near(SLEEP.welch.ci95[0], 7));
    expect(high).toSatisfy(near(SLEEP.welch.ci95[1], 6));
  });

  test('paired t on the sleep data', () => {
    const result = measured(paired(SLEEP.first, SLEEP.second));
    expect(statistic(result)).toSatisfy(near(SLEEP.paired.t));
    expect(result.degreesOfFreedom).toBe(SLEEP.paired.df);
    expect(pValueOf(result)).toSatisfy(near(SLEEP.paired.p, 8));
    const { low, high } = intervalOf(result, 0.95);
    expect(low).toSatisfy(near(SLEEP.paired.ci95[0], 7));
    expect(high).toSatisfy(near(SLEEP.paired.ci95[1], 6));
  });

  test('Holm and Benjamini–Hochberg on the thrombolysis trial', () => {
    const { p } = THROMBOLYSIS;
    for (const [index, corrected] of benjaminiHochberg(p).entries()) expect(corrected).toBeCloseTo(THROMBOLYSIS.benjaminiHochberg[index] ?? Number.NaN, 6);
    for (const [index, corrected] of holm(p).entries()) expect(corrected).toBeCloseTo(THROMBOLYSIS.holm[index] ?? Number.NaN, 6);
    expect(benjaminiHochberg(p).filter((each) => each <= 0.05)).toHaveLength(4);
    expect(holm(p).filter((each) => each <= 0.05)).toHaveLength(3);
  });

  test.each(COHEN_REPEATS)("Cohen's table: $n repeats a side for d = $d", ({ d, n }) => {
    const side = (further: number) => ({ n: 1 + further, sd: 1 });
    // Cohen's table was computed by hand approximation; exact arithmetic is at most one off.
    const further = furtherRepeats((more) => welchPower(d, { baseline: side(more), treatment: side(more) }));
    expect(Math.abs((further ?? 0) + 1 - n)).toBeLessThanOrEqual(1);
  });
});

describe(`against ${reference.source}`, () => {
  test.each(reference.comparisons.map((each, index) => ({ ...each, index })))('comparison $index (paired: $paired)', (each) => {
    const result = measured((each.paired ? paired : welch)(each.treatment, each.baseline));
    expect(result.difference).toSatisfy(near(each.difference, 8));
    expect(statistic(result)).toSatisfy(near(each.t, 8));
    expect(result.degreesOfFreedom).toSatisfy(near(each.df, 8));
    expect(pValueOf(result)).toSatisfy(near(each.p, 8));
    for (const [level, bounds] of [[0.95, each.ci95], [0.9, each.ci90]] as const) {
      const { low, high } = intervalOf(result, level);
      expect(low).toSatisfy(near(bounds[0], 7));
      expect(high).toSatisfy(near(bounds[1], 7));
    }
    expect(equivalenceP(result, each.margin)).toSatisfy(near(each.tostP, 7));
    expect(equivalenceP(result, each.margin) < 0.05).toBe(liesWithin(intervalOf(result, 0.9), each.margin));
  });

  test.each(reference.means)('mean and interval of $values', ({ values, mean, sd, ci95 }) => {
    const estimate = estimateMean(values);
    expect(estimate?.mean).toSatisfy(near(mean));
    expect(estimate?.sd).toSatisfy(near(sd));
    expect(estimate?.interval?.low).toSatisfy(near(ci95[0]));
    expect(estimate?.interval?.high).toSatisfy(near(ci95[1]));
  });

  test.each(reference.noncentralT)('noncentral t at $t, $df degrees, noncentrality $nc', ({ t, df, nc, cdf }) => {
    expect(noncentralTCdf(t, df, nc)).toBeCloseTo(cdf, 9);
  });

  test.each(reference.power)('power of effect $effect with $n a side at $alpha', ({ effect, n, alpha, ind, one }) => {
    expect(welchPower(effect, { baseline: { n, sd: 1 }, treatment: { n, sd: 1 } }, alpha)).toBeCloseTo(ind, 8);
    expect(pairedPower(effect, 1, n, alpha)).toBeCloseTo(one, 8);
  });

  test.each(reference.repeats)('repeats for effect $effect at $alpha', ({ effect, alpha, ind, one }) => {
    const sides = (n: number) => ({ baseline: { n, sd: 1 }, treatment: { n, sd: 1 } });
    expect(furtherRepeats((more) => welchPower(effect, sides(2 + more), alpha))).toBe(Math.ceil(ind) - 2);
    expect(furtherRepeats((more) => pairedPower(effect, 1, 2 + more, alpha))).toBe(Math.ceil(one) - 2);
  });

  test.each(reference.corrections)('corrections of $p', ({ p, holm: byHolm, bh }) => {
    for (const [index, corrected] of holm(p).entries()) expect(corrected).toSatisfy(near(byHolm[index]));
    for (const [index, corrected] of benjaminiHochberg(p).entries()) expect(corrected).toSatisfy(near(bh[index]));
  });
});

describe('where there is nothing to compute from', () => {
  test('one value has a mean and no spread, none has neither', () => {
    expect(summarise([])).toBeNull();
    expect(estimateMean([])).toBeNull();
    expect(estimateMean([0.5])).toEqual({ n: 1, mean: 0.5, sd: null, interval: null });
  });

  test('equal values have no interval: they do not show how large chance is', () => {
    expect(estimateMean([0.1, 0.1, 0.1])).toMatchObject({ n: 3, sd: 0, interval: null });
  });

  test('one against one, and one against many, is too few', () => {
    expect(welch([1], [2])).toEqual({ kind: 'too-few' });
    expect(welch([1, 2, 3], [2])).toEqual({ kind: 'too-few' });
    expect(welch([], [])).toEqual({ kind: 'too-few' });
    expect(paired([1], [2])).toEqual({ kind: 'too-few' });
  });

  test('no spread on either side is said, with the difference', () => {
    expect(welch([2, 2], [1, 1, 1])).toEqual({ kind: 'no-spread', difference: 1 });
  });

  test('spread on one side only is enough for Welch', () => {
    expect(measured(welch([1, 1, 1], [0.8, 0.9, 1])).degreesOfFreedom).toBe(2);
  });

  test('differences that are equal but for rounding have no spread', () => {
    expect(paired([0.95, 0.96, 0.97], [0.9, 0.91, 0.92])).toMatchObject({ kind: 'no-spread' });
  });

  test('pairs that are not pairs are a mistake of ours', () => {
    expect(() => paired([1, 2], [1])).toThrow(RangeError);
  });

  test.each([[1e300, 1.1e300, 0.9e300], [1e-300, 2e-300, 3e-300], [1e15 + 1, 1e15 + 2, 1e15 + 3]])('values of the size of %d give finite figures', (a, b, c) => {
    const result = measured(welch([a, b, c], [b, c, a * 1.5]));
    for (const figure of [statistic(result), result.degreesOfFreedom, pValueOf(result), intervalOf(result, 0.95).low]) expect(figure).toSatisfy(Number.isFinite);
  });

  test('a difference too large for a number is not computed with', () => {
    expect(welch([1.7e308, 1.6e308], [-1.7e308, -1.6e308])).toEqual({ kind: 'no-spread', difference: 0 });
  });

  test('an empty family has no corrections', () => {
    expect(holm([])).toEqual([]);
    expect(benjaminiHochberg([])).toEqual([]);
  });
});

describe('power and repeats', () => {
  test('without an effect the test rejects as often as its level says', () => {
    expect(twoSidedPower(0, 8)).toBeCloseTo(0.05, 12);
  });

  test('far beyond the noise, power is one and not more', () => {
    expect(twoSidedPower(500, 8)).toBe(1);
  });

  test('an effect out of reach has no number of repeats', () => {
    expect(furtherRepeats((more) => pairedPower(1e-6, 1, 2 + more))).toBeNull();
    expect(furtherRepeats(() => Number.NaN)).toBeNull();
  });

  test('the answer is the smallest that suffices, up to the last', () => {
    for (const enough of [1, 2, 3, 7, 64, 999, MOST_REPEATS]) expect(furtherRepeats((more) => (more >= enough ? 0.8 : 0.79))).toBe(enough);
  });
});
