import { describe, expect, it } from 'vitest';
import { judge } from '../experiments/verdict.ts';
import { draftAgenda } from './draft-agenda.ts';
import type { Due, QuietHypothesis, Result, Spend, Week, WeekResult } from './week.ts';

const EMPTY: Week = { results: [], earlier: [], quiet: [], spends: [], due: [], openActions: [] };

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

const BAR = 0.005;
interface Truth { readonly effect: number; readonly noise: number; readonly repeats: number }

/** A made-up laboratory: effects in bars, noise in bars a run, judged by the same rule as real ones. */
function laboratory(seed: number) {
  const draw = uniform(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - draw())) * Math.cos(2 * Math.PI * draw());
  const between = (low: number, high: number): number => low + Math.floor(draw() * (high - low + 1));
  const few = (rate: number): number => { let n = 0; for (let p = draw(); p > Math.exp(-rate); p *= draw()) n += 1; return n; };
  const variant = (id: string, shift: number, { noise, repeats }: Truth) => ({
    id, label: id, runs: Array.from({ length: repeats }, (_, at) => ({ id: `${id}${at}`, seed: null, values: new Map([['acc', 0.9 + (shift + noise * normal()) * BAR]]) })),
  });
  const result = (name: string, truth: Truth, more: Partial<Result> = {}): Result => {
    const found = judge({ metric: 'acc', direction: 'INCREASE', minEffect: BAR, guardrails: [] }, variant('b', 0, truth), [variant('t', truth.effect, truth)]);
    if (!found) throw new Error('nothing was judged');
    return {
      experimentId: name, key: name, name, hypothesisId: `h-${name}`, change: `change of ${name}`, metric: 'acc', direction: 'INCREASE', minEffect: BAR, outcome: found.outcome,
      effect: found.effect, ciLow: found.ciLow, ciHigh: found.ciHigh, pValue: found.pValue, baselineRuns: found.baselineRuns, treatmentRuns: found.treatmentRuns, ...more,
    };
  };
  /** Most changes do nothing, some a little, one in ten something. */
  const ordinary = (): Truth => {
    const kind = draw();
    return { effect: kind < 0.7 ? 0 : kind < 0.9 ? 0.3 * normal() : 0.7 + 0.4 * normal(), noise: 0.8 * Math.exp(0.3 * normal()), repeats: between(3, 8) };
  };
  return { draw, normal, between, few, result, ordinary };
}

/** 200 experiments of a week as chance makes them, with what else goes on in a laboratory. */
function quietWeek(seed: number) {
  const lab = laboratory(seed);
  const earlier = Array.from({ length: 150 }, (_, at) => lab.result(`old-${at}`, lab.ordinary()));
  const results = Array.from({ length: 195 }, (_, at): WeekResult => {
    const again = lab.draw() < 0.1 ? earlier[lab.between(0, earlier.length - 1)] : undefined;
    return { ...lab.result(`exp-${at}`, lab.ordinary(), again ? { hypothesisId: again.hypothesisId } : {}), followers: lab.few(0.4), children: 0, people: lab.few(0.25) };
  });
  const quiet = Array.from({ length: 12 }, (_, at): QuietHypothesis => ({ hypothesisId: `quiet-${at}`, statement: `Hypothesis ${at}`, runs: lab.between(1, 9), hours: 5 * lab.draw(), quietDays: lab.between(2, 60) }));
  const spends = results.map(({ experimentId, key, name, outcome }): Spend => ({ experimentId, key, name, hours: Math.exp(1 + 0.8 * lab.normal()), runs: lab.between(6, 16), decided: outcome !== 'INCONCLUSIVE', exploratory: false }));
  const due = Array.from({ length: 4 }, (_, at): Due => ({ kind: 'review', experimentId: `exp-${lab.between(0, 194)}`, key: `exp-${at}`, name: `exp-${at}`, waitingDays: lab.between(0, 4), waitsFor: ['Grace'] }));
  return { lab, week: { ...EMPTY, earlier, results, quiet, spends, due } satisfies Week };
}

/** Five stories a good chair would open with. */
function plantedWeek(seed: number): { readonly week: Week; readonly planted: ReadonlySet<string> } {
  const { lab, week } = quietWeek(seed);
  const before = lab.result('said-yes', { effect: 1.8, noise: 0.6, repeats: 8 }, { hypothesisId: 'h-disputed' });
  const gain: WeekResult = { ...lab.result('gain', { effect: 2.6, noise: 0.7, repeats: 8 }), followers: 0, children: 0, people: 1 };
  const shock: WeekResult = { ...lab.result('shock', { effect: -3.2, noise: 0.7, repeats: 7 }), followers: 0, children: 0, people: 0 };
  const dispute: WeekResult = { ...lab.result('dispute', { effect: -0.4, noise: 0.6, repeats: 8 }, { hypothesisId: 'h-disputed' }), followers: 0, children: 0, people: 0 };
  const dead: WeekResult = { ...lab.result('dead-end', { effect: -0.1, noise: 0.5, repeats: 10 }), followers: 5, children: 2, people: 3 };
  const results = [...week.results, gain, shock, dispute, dead];
  const spends: Spend[] = [...week.spends, { experimentId: 'burner', key: 'burner', name: 'burner', hours: 260, runs: 64, decided: false, exploratory: false }];
  return { week: { ...week, results, spends, earlier: [...week.earlier, before] }, planted: new Set(['gain', 'shock', 'dispute', 'dead-end', 'burner']) };
}

const SEEDS = Array.from({ length: 40 }, (_, at) => at + 1);
const NULL_WEEKS = 80;

describe('a week of 200 experiments', () => {
  it('opens with at least four of five planted stories, in 95 of 100 weeks and more (seen: 198 of 200 weeks, all five in 156)', () => {
    const found = SEEDS.map((seed) => {
      const { week, planted } = plantedWeek(seed);
      return draftAgenda(week, 60).slice(0, 5).filter(({ subjectId }) => planted.has(subjectId ?? '')).length;
    });
    const share = (least: number): number => found.filter((count) => count >= least).length / found.length;
    expect(share(4), `found of five, week by week: ${found.join(' ')}`).toBeGreaterThanOrEqual(0.95);
    expect(share(5)).toBeGreaterThan(0.75);
  }, 60_000);

  it('claims no gain where nothing was gained, in 95 of 100 such weeks', () => {
    const claimed = Array.from({ length: NULL_WEEKS }, (_, at) => at).filter((seed) => {
      const lab = laboratory(seed + 1000);
      const results = Array.from({ length: 200 }, (_, at): WeekResult => ({ ...lab.result(`null-${at}`, { effect: 0, noise: 0.8, repeats: lab.between(3, 8) }), followers: 0, children: 0, people: 0 }));
      return draftAgenda({ ...EMPTY, results }, 60).some(({ kind }) => kind === 'IMPROVEMENT');
    });
    expect(claimed.length / NULL_WEEKS).toBeLessThanOrEqual(0.05);
  }, 60_000);

  it('opens with a change that did great harm, in a first week too, which has no record', () => {
    const found = SEEDS.map((seed) => {
      const { week } = plantedWeek(seed);
      return draftAgenda({ ...week, earlier: [] }, 60).slice(0, 5).some(({ subjectId }) => subjectId === 'shock');
    });
    expect(found.filter(Boolean).length / found.length).toBeGreaterThanOrEqual(0.95);
  }, 60_000);
});

describe('an agenda', () => {
  const { week } = plantedWeek(1);

  it('is the same whenever it is drafted from the same week', () => {
    expect(draftAgenda(week, 60)).toEqual(draftAgenda(week, 60));
  });

  it('says why each thing is on it', () => {
    const reasons = Object.fromEntries(draftAgenda(week, 60).map(({ subjectId, reason }) => [subjectId, reason]));
    expect(reasons['gain']).toMatch(/^Supported: acc rose by 0\.01\d*, 95 % \[0\.0\d+, 0\.0\d+\]; [\d.]+ times the bar after taking off luck among 199 results of the week\./);
    expect(reasons['shock']).toMatch(/^From its claim and \d+ other results on acc one would expect \u22120\.0\d+ to \+0\.0\d+; it got \u22120\.01\d* acc, 95 % \[/);
    expect(reasons['dispute']).toMatch(/now \(.*\), while said-yes said supported \(\+0\.0/);
    expect(reasons['dead-end']).toMatch(/^Negative: it .*, and 2 experiments build on it, 3 experiments and threads are about the same and 3 other people take part\./);
    expect(reasons['burner']).toMatch(/^It took 260 hours of compute in 64 runs, \d+ % of the week's compute, and nothing is decided\./);
  });

  it('names a thing once, for its strongest reason', () => {
    const subjects = draftAgenda(week, 200).map(({ subjectId }) => subjectId);
    expect(new Set(subjects).size).toBe(subjects.length);
  });

  it('is as long as the meeting, and has three items in the shortest one', () => {
    const minutes = (planned: number): number => draftAgenda(week, planned).reduce((sum, { plannedSeconds }) => sum + plannedSeconds / 60, 0);
    expect(minutes(60)).toBeLessThanOrEqual(60);
    expect(minutes(30)).toBeLessThanOrEqual(30);
    expect(draftAgenda(week, 5)).toHaveLength(3);
  });

  it('opens with what earlier meetings left to do', () => {
    const openActions = [{ id: 'a', body: 'Finish the pair', ownerName: 'Ada', overdueDays: 2 }, { id: 'b', body: 'Tick the check', ownerName: 'Grace', overdueDays: null }];
    expect(draftAgenda({ ...week, openActions }, 60)[0]).toMatchObject({ kind: 'OPEN_ACTIONS', reason: '2 action items are open, 1 of them late: Ada, Grace.' });
  });

  it('says of nothing small that it took much of the compute', () => {
    const spend = (name: string, hours: number): Spend => ({ experimentId: name, key: name, name, hours, runs: 3, decided: true, exploratory: false });
    const burning = (hours: number) => draftAgenda({ ...EMPTY, spends: [spend('large', hours), ...Array.from({ length: 60 }, (_, at) => spend(`small-${at}`, 1))] }, 60).map(({ kind, subjectId }) => [kind, subjectId]);
    expect(burning(200)).toEqual([['BURN', 'large']]);
    expect(burning(3)).toEqual([]);
    // Two large ones: what is far from the small ones need not be much of all.
    expect(draftAgenda({ ...EMPTY, spends: [spend('giant', 9_000), spend('medium', 60), ...Array.from({ length: 60 }, (_, at) => spend(`small-${at}`, 1))] }, 60).map(({ subjectId }) => subjectId)).toEqual(['giant']);
  });

  it('says that others build on a negative result only where they do', () => {
    const dead = week.results.find(({ experimentId }) => experimentId === 'dead-end') as WeekResult;
    const reasonOf = (more: Partial<WeekResult>): string => draftAgenda({ ...EMPTY, results: [{ ...dead, ...more }], due: [{ kind: 'review', experimentId: 'dead-end', key: 'd', name: 'd', waitingDays: 90, waitsFor: [] }] }, 60)[0]?.reason ?? '';
    expect(reasonOf({ followers: 1, children: 1, people: 0 })).toContain('a negative result that others build on');
    expect(reasonOf({ followers: 1, children: 0, people: 0 })).toMatch(/Also: a negative result[,.]/);
  });

  it('of nothing is empty', () => {
    expect(draftAgenda(EMPTY, 60)).toEqual([]);
  });

  it('takes what cannot be measured for what it is: no story, no failure', () => {
    const odd = { ...(week.results[0] as WeekResult), effect: null, ciLow: null, ciHigh: null, pValue: null };
    expect(draftAgenda({ ...EMPTY, results: [odd, { ...odd, experimentId: 'x', effect: 0.1, ciLow: 0.1, ciHigh: 0.1, pValue: 0 }] }, 60)).toEqual([]);
  });
});
