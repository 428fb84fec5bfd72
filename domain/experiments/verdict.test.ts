import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import reference from '../statistics/reference/values.json' with { type: 'json' };
import type { Claim, CountedVariant } from './against-baseline.ts';
import { judge, type Judgement } from './verdict.ts';

const claim: Claim = { metric: 'test_acc', direction: 'INCREASE', minEffect: 0.005, guardrails: [] };

/** A variant whose repeats have seeds 0, 1, 2, … unless told otherwise. */
const variant = (label: string, values: readonly number[], seeds: readonly (string | null)[] = values.map((_, index) => String(index))): CountedVariant => ({
  id: `var_${label}`, label, runs: values.map((value, index) => ({ id: `${label}${index}`, seed: seeds[index] ?? null, values: new Map([['test_acc', value]]) })),
});
const unseeded = (label: string, values: readonly number[]): CountedVariant => variant(label, values, values.map(() => null));

function verdictOn(of: Claim, baseline: CountedVariant, ...treatments: CountedVariant[]): Judgement {
  const verdict = judge(of, baseline, treatments);
  if (!verdict) throw new Error('expected a verdict');
  return verdict;
}

const BASE = [0.9533, 0.9544, 0.9511, 0.9572, 0.9528];
const BETTER = [0.9617, 0.9633, 0.9589, 0.965, 0.9622];

describe('the rule', () => {
  test('supported: significant, as hypothesised, at least the bar; the figures are SciPy\'s', () => {
    const verdict = verdictOn(claim, variant('plain', BASE), variant('mixup', BETTER));
    const expected = reference.comparisons.find((each) => each.paired && each.treatment[0] === BETTER[0]);
    expect(verdict).toMatchObject({ outcome: 'SUPPORTED', metric: 'test_acc', baselineRuns: 5, treatmentRuns: 5, runsNeeded: null, method: 'Paired t test by seed', treatmentId: 'var_mixup' });
    expect(verdict.effect).toBeCloseTo(expected?.difference ?? 0, 12);
    expect(verdict.pValue).toBeCloseTo(expected?.p ?? 0, 12);
    expect(verdict.correctedP).toBe(verdict.pValue);
    expect([verdict.ciLow, verdict.ciHigh]).toEqual([expect.closeTo(expected?.ci95[0] ?? 0, 10), expect.closeTo(expected?.ci95[1] ?? 0, 10)]);
    expect(verdict.explanation).toBe('mixup raised test_acc by 0.00846, very likely between 0.00759 and 0.00933; the bar was 0.005.');
  });

  test.each([
    ['no seeds', unseeded('b', BASE), unseeded('t', BETTER)],
    ['other seeds', variant('b', BASE), variant('t', BETTER, ['7', '8', '9', '10', '11'])],
    ['a seed twice on both sides', variant('b', BASE, ['0', '0', '1', '2', '3']), variant('t', BETTER, ['0', '0', '1', '2', '3'])],
    ['one seed more', variant('b', BASE), variant('t', [...BETTER, 0.962])],
  ])('Welch when the seeds are not the same set, each once: %s', (_why, baseline, treatment) => {
    expect(verdictOn(claim, baseline, treatment).method).toBe("Welch's t test");
  });

  test('the order in which paired runs came does not matter', () => {
    const shuffled = variant('mixup', BETTER.toReversed(), ['4', '3', '2', '1', '0']);
    expect(verdictOn(claim, variant('plain', BASE), shuffled).pValue).toBe(verdictOn(claim, variant('plain', BASE), variant('mixup', BETTER)).pValue);
  });

  test('equivalent comes before refuted: significant, but all of it within the bar', () => {
    const verdict = verdictOn({ ...claim, minEffect: 0.02 }, variant('plain', BASE), variant('mixup', BETTER));
    expect(verdict.outcome).toBe('EQUIVALENT');
    expect(verdict.explanation).toBe('mixup makes no difference worth having (within ± 0.02): it raised test_acc by 0.00846, very likely between 0.00759 and 0.00933.');
  });

  test('refuted: the upper end is below the bar, here because the metric fell', () => {
    const verdict = verdictOn(claim, variant('plain', BETTER), variant('noise', BASE));
    expect(verdict.outcome).toBe('REFUTED');
    expect(verdict.effect).toBeCloseTo(-0.00846, 10);
    expect(verdict.explanation).toBe('noise lowered test_acc by 0.00846, very likely between 0.00759 and 0.00933: a rise of 0.005 or more is ruled out.');
  });

  test('without a bar, better than nothing is supported and worse is refuted', () => {
    const open = { ...claim, minEffect: null };
    expect(verdictOn(open, variant('plain', BASE), variant('mixup', BETTER)).outcome).toBe('SUPPORTED');
    expect(verdictOn(open, variant('plain', BETTER), variant('mixup', BASE)).outcome).toBe('REFUTED');
  });

  test('where less is better, the effect is turned: a fall is positive', () => {
    const verdict = verdictOn({ ...claim, direction: 'DECREASE' }, variant('plain', BETTER), variant('mixup', BASE));
    expect(verdict.outcome).toBe('SUPPORTED');
    expect(verdict.effect).toBeCloseTo(0.00846, 10);
    expect(verdict.ciLow).toBeGreaterThan(0);
    expect(verdict.explanation).toMatch(/^mixup lowered test_acc by 0\.00846, very likely between 0\.00759 and 0\.00933; the bar was 0\.005\.$/);
  });

  test('inconclusive: the noise leaves it open, and the repeats that would decide are said', () => {
    const verdict = verdictOn(claim, unseeded('plain', [0.95, 0.96, 0.94]), unseeded('mixup', [0.957, 0.968, 0.95]));
    expect(verdict.outcome).toBe('INCONCLUSIVE');
    // statsmodels: solve_power(0.005 / 0.00954, power=0.8) = 58.1; 3 a side are there.
    expect(verdict.runsNeeded).toBeGreaterThan(50);
    expect(verdict.runsNeeded).toBeLessThan(65);
    expect(verdict.explanation).toBe(`Inconclusive: mixup raised test_acc by 0.008, very likely between \u22120.013 and 0.030, which leaves open whether it reaches the bar of 0.005. ${verdict.runsNeeded} more repeats a side would very likely decide.`);
  });

  test('a difference that is the bar but for rounding reaches it', () => {
    const values = [0.9, 0.901, 0.899, 0.9005, 0.8995];
    const verdict = verdictOn({ ...claim, minEffect: 0.01 }, unseeded('plain', values), unseeded('mixup', values.map((value) => value + 0.05)));
    expect(verdict.outcome).toBe('SUPPORTED');
  });

  test('no treatment, no verdict', () => {
    expect(judge(claim, variant('plain', BASE), [])).toBeNull();
  });
});

describe('several treatments', () => {
  const treatments = [variant('a', BETTER), variant('b', [0.954, 0.9549, 0.9516, 0.9575, 0.9535]), variant('c', BASE.map((value) => value - 0.004 + 0.001 * Math.sin(value * 1e4)))];

  test("Holm's correction over those that can be tested, the interval left alone", () => {
    const alone = verdictOn(claim, variant('plain', BASE), variant('a', BETTER));
    const verdict = verdictOn(claim, variant('plain', BASE), ...treatments, variant('one', [0.99]));
    expect(verdict.treatmentId).toBe('var_a');
    expect(verdict.pValue).toBe(alone.pValue);
    expect(verdict.correctedP).toBeCloseTo(3 * (alone.pValue ?? 0), 15);
    expect([verdict.ciLow, verdict.ciHigh]).toEqual([alone.ciLow, alone.ciHigh]);
    expect(verdict.method).toBe("Paired t test by seed, Holm's correction over 3 treatments (of p alone)");
    expect(verdict.comparisons.map(({ variantId, correctedP }) => [variantId, correctedP === null])).toEqual([['var_a', false], ['var_b', false], ['var_c', false], ['var_one', true]]);
  });

  test('the headline is the largest supported effect, whatever lies beyond it unproven', () => {
    const verdict = verdictOn(claim, variant('plain', BASE), variant('a', BETTER), variant('wild', [0.99, 1.2, 0.8, 1.4, 0.7]), variant('best', BETTER.map((value) => value + 0.001)));
    expect(verdict.treatmentId).toBe('var_best');
  });

  test('with none supported, what is still open speaks before what is decided against', () => {
    const verdict = verdictOn(claim, variant('plain', BETTER), variant('worse', BASE), variant('open', [0.96, 0.98, 0.95, 0.97, 0.955]));
    expect([verdict.treatmentId, verdict.outcome]).toEqual(['var_open', 'INCONCLUSIVE']);
  });
});

test('a treatment that cannot be compared yet speaks only when there is no other', () => {
  expect(verdictOn(claim, variant('plain', BETTER), variant('worse', BASE), variant('stray', [0.99])).treatmentId).toBe('var_worse');
  expect(verdictOn(claim, variant('plain', BETTER), variant('stray', [0.99]), variant('failed', [])).treatmentId).toBe('var_stray');
  expect(verdictOn(claim, variant('plain', BETTER), variant('worse', BASE), variant('failed', [])).treatmentId).toBe('var_worse');
  expect(verdictOn(claim, variant('plain', BETTER), variant('failed', [])).treatmentId).toBe('var_failed');
});

describe('what cannot be concluded is said plainly', () => {
  test('one run against one run', () => {
    const verdict = verdictOn(claim, variant('plain', [0.95]), variant('mixup', [0.99]));
    expect(verdict).toMatchObject({ outcome: 'INCONCLUSIVE', pValue: null, ciLow: null, ciHigh: null, correctedP: null, runsNeeded: 2, baselineRuns: 1, treatmentRuns: 1 });
    expect(verdict.explanation).toBe('One run against one run says nothing about the change. 2 more repeats a side, with other seeds, would show how large chance is.');
  });

  test('one run against many borrows the noise of the many to say how many more', () => {
    const verdict = verdictOn({ ...claim, minEffect: 0.01 }, variant('plain', BASE), variant('mixup', [0.99]));
    expect(verdict).toMatchObject({ outcome: 'INCONCLUSIVE', pValue: null, treatmentRuns: 1 });
    expect(verdict.runsNeeded).toBeGreaterThanOrEqual(1);
    expect(verdict.explanation).toMatch(/^mixup has one run only, so its part of chance is unknown\. This proves nothing yet\. \d+ more repeats? a side/);
  });

  test('a baseline without values', () => {
    const verdict = verdictOn(claim, variant('plain', []), variant('mixup', BETTER));
    expect(verdict).toMatchObject({ outcome: 'INCONCLUSIVE', effect: null, baselineRuns: 0 });
    expect(verdict.explanation).toContain('The baseline (plain) has no finished run with a value of test_acc');
  });

  test('repeats that do not vary on either side', () => {
    const verdict = verdictOn(claim, variant('plain', [0.9, 0.9, 0.9]), variant('mixup', [0.95, 0.95, 0.95]));
    expect(verdict).toMatchObject({ outcome: 'INCONCLUSIVE', pValue: null, ciLow: null, runsNeeded: null });
    expect(verdict.effect).toBeCloseTo(0.05, 12);
    expect(verdict.explanation).toContain('Check that the seed takes effect.');
  });

  test('pairs that all differ by the same amount are left to Welch, which asks for more', () => {
    const verdict = verdictOn(claim, variant('plain', [0.9, 0.91, 0.92]), variant('mixup', [0.95, 0.96, 0.97]));
    expect(verdict).toMatchObject({ outcome: 'SUPPORTED', method: expect.stringMatching(/^Welch's t test \(not paired by seed: every pair differs by the same amount/) });
  });

  test('a fall whose interval reaches above zero is told with one sign from beginning to end', () => {
    const verdict = verdictOn({ ...claim, minEffect: 0.01 }, variant('plain', [0.9, 0.92, 0.94]), variant('mixup', [0.89, 0.93, 0.91]));
    expect(verdict.outcome).toBe('INCONCLUSIVE');
    expect(verdict.explanation).toMatch(/mixup changed test_acc by \u22120\.010, very likely between \u2212[\d.]+ and \+[\d.]+/);
  });

  test('NaN, infinite and missing values are named and not counted', () => {
    const mixup = variant('mixup', [...BETTER, Number.NaN, Number.POSITIVE_INFINITY]);
    const silent = { ...mixup, runs: [...mixup.runs, { id: 'x', seed: '9', values: new Map<string, number>() }] };
    const verdict = verdictOn(claim, variant('plain', BASE), silent);
    expect(verdict.treatmentRuns).toBe(5);
    expect(verdict.explanation).toMatch(/Not counted: 1 run logged no test_acc, 2 runs logged a last value that is not a usable number\.$/);
  });

  test('no metric', () => {
    const verdict = verdictOn({ ...claim, metric: null }, variant('plain', BASE), variant('mixup', BETTER));
    expect(verdict).toMatchObject({ outcome: 'INCONCLUSIVE', metric: '', runsNeeded: null });
    expect(verdict.explanation).toBe('The hypothesis names no metric, so there is nothing to compare. Name the metric it should move.');
  });

  test('no direction: only equivalence can be told', () => {
    const undirected = { ...claim, direction: null };
    expect(verdictOn(undirected, variant('plain', BASE), variant('mixup', BETTER))).toMatchObject({ outcome: 'INCONCLUSIVE', runsNeeded: null });
    expect(verdictOn(undirected, variant('plain', BASE), variant('mixup', BETTER)).explanation).toContain('Choose a direction.');
    expect(verdictOn({ ...undirected, minEffect: 0.05 }, variant('plain', BASE), variant('mixup', BETTER)).outcome).toBe('EQUIVALENT');
  });
});

describe('whatever is logged', () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(0, 1, 0.5, -0, 1e308, -1e308, 5e-324));
  const runs = fc.array(fc.tuple(fc.option(fc.constantFrom('0', '1', '2', '3')), value), { maxLength: 6 });
  const made = (label: string, list: readonly (readonly [string | null, number])[]): CountedVariant => variant(label, list.map(([, each]) => each), list.map(([seed]) => seed));
  const claims = fc.record({ metric: fc.constant('test_acc'), direction: fc.constantFrom('INCREASE' as const, 'DECREASE' as const, null), minEffect: fc.option(fc.double({ min: 0, max: 10, noNaN: true })), guardrails: fc.constant(['test_acc']) });

  test('every figure is a number or absent, and fewer than two runs a side never improve anything', () => {
    fc.assert(fc.property(claims, runs, fc.array(runs, { minLength: 1, maxLength: 3 }), (of, baseline, treatments) => {
      const verdict = verdictOn(of, made('b', baseline), ...treatments.map((list, index) => made(`t${index}`, list)));
      for (const each of [verdict, ...verdict.comparisons]) {
        for (const figure of [each.effect, each.ciLow, each.ciHigh, each.pValue, each.correctedP, ...each.guardrails.flatMap((rail) => [rail.effect, rail.ciLow, rail.ciHigh])]) expect(figure ?? 0).toSatisfy(Number.isFinite);
        expect(each.pValue ?? 0.5).toBeGreaterThanOrEqual(0);
        expect(each.correctedP ?? 1).toBeGreaterThanOrEqual(each.pValue ?? 0);
        expect(each.outcome === 'INCONCLUSIVE' || Math.min(each.baselineRuns, each.treatmentRuns) >= 2).toBe(true);
        expect(each.explanation).not.toMatch(/NaN|Infinity|undefined|null/);
      }
    }), { numRuns: 500, seed: 20261122 });
  });
});
