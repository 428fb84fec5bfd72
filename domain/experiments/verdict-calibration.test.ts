import { expect, test } from 'vitest';
import type { Claim, CountedVariant } from './against-baseline.ts';
import { judge } from './verdict.ts';

/** mulberry32: small, seeded, good enough for a few thousand draws. */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const normal = (draw: () => number) => (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());

const claim: Claim = { metric: 'm', direction: 'INCREASE', minEffect: null, guardrails: [] };
const EXPERIMENTS = 600;
const TIME_ON_A_BUSY_MACHINE_MS = 60_000;

interface World { readonly repeats: number; readonly treatments: number; readonly effect: number; readonly seeded: boolean }

/** Share of simulated experiments that end "supported"; repeats of one seed share half of their variance. */
function supportedShare({ repeats, treatments, effect, seeded }: World): number {
  const noise = normal(uniform(repeats * 1000 + treatments));
  let supported = 0;
  for (let experiment = 0; experiment < EXPERIMENTS; experiment += 1) {
    const shared = Array.from({ length: repeats }, noise);
    const variant = (id: string, shift: number): CountedVariant => ({
      id, label: id, runs: shared.map((common, seed) => ({ id: `${id}${seed}`, seed: seeded ? String(seed) : null, values: new Map([['m', shift + (common + noise()) / Math.SQRT2]]) })),
    });
    const verdict = judge(claim, variant('baseline', 0), Array.from({ length: treatments }, (_, index) => variant(`t${index}`, effect)));
    if (verdict?.outcome === 'SUPPORTED') supported += 1;
  }
  return supported / EXPERIMENTS;
}

/** Half of the 5 % of a two-sided test is on the hypothesised side; three standard errors of the simulation on top. */
const MOST_FALSE_ALARMS = 0.025 + 3 * Math.sqrt((0.025 * 0.975) / EXPERIMENTS);

test.each([
  { repeats: 2, treatments: 1, seeded: true }, { repeats: 5, treatments: 1, seeded: true }, { repeats: 3, treatments: 1, seeded: false },
  { repeats: 5, treatments: 4, seeded: true }, { repeats: 4, treatments: 4, seeded: false },
])('without an effect, at most 2.5 % are called supported: $repeats repeats, $treatments treatments, paired: $seeded', (world) => {
  expect(supportedShare({ ...world, effect: 0 })).toBeLessThanOrEqual(MOST_FALSE_ALARMS);
}, TIME_ON_A_BUSY_MACHINE_MS);

test('an effect of the size that 5 pairs can find with power 0.8 is found about that often', () => {
  // statsmodels: TTestPower().solve_power(nobs=5, alpha=0.05, power=0.8) = 1.682 standard deviations of the differences, which is 1 here.
  const share = supportedShare({ repeats: 5, treatments: 1, effect: 1.682, seeded: true });
  // 0.8, give or take three standard errors of the simulation.
  expect(Math.abs(share - 0.8)).toBeLessThan(3 * Math.sqrt(0.16 / EXPERIMENTS));
}, TIME_ON_A_BUSY_MACHINE_MS);
