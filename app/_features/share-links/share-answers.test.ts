import { describe, expect, it, test } from 'vitest';
import type { SharedApproval, SharedVerdict } from '../../../contracts/share-page.ts';
import { answerOfMany, approvedOfMany, decidedSentence, decisionSentence, differenceSentence, meansWords, nextStep, ofTreatments, plainAnswer, unapprovedWords, unharmedSentence, worseWords } from './share-answers.ts';

const verdict: SharedVerdict = { outcome: 'SUPPORTED', metric: 'acc', effect: 0.8, ciLow: 0.5, ciHigh: 1.1, pValue: 0.001, correctedP: 0.002, baselineRuns: 10, treatmentRuns: 10, runsNeeded: null, method: 'paired', explanation: '', treatment: 'aug=cutmix', treatmentsTried: 1, guardrails: [], computedAt: '2026-11-22T09:30:00.000Z' };
const hypothesis = { direction: 'INCREASE', minEffect: 0.5 } as const;
const answer = (more: Partial<SharedVerdict>, of: Parameters<typeof plainAnswer>[1] = hypothesis) => plainAnswer({ verdict: { ...verdict, ...more } }, of);

describe('the plain answer', () => {
  test.each([
    ['SUPPORTED', 'Yes: acc rose by more than chance explains.', 'Yes: of 3 treatments tried, aug=cutmix did it best.'],
    ['REFUTED', 'No: acc did not rise by as much as was asked for.', 'No: of 3 treatments tried, aug=cutmix came closest to our bar, and did not do it.'],
    ['EQUIVALENT', 'No: the difference is too small to matter.', 'No: of 3 treatments tried, aug=cutmix came closest to our bar, and the difference it makes is too small to matter.'],
    ['INCONCLUSIVE', 'Not yet known: the trainings so far do not decide it.', 'Not yet known: of 3 treatments tried, aug=cutmix is the most promising that is still open.'],
  ] as const)('%s, of one treatment and of several', (outcome, one, several) => {
    expect([answer({ outcome }), answer({ outcome, treatmentsTried: 3 })]).toEqual([one, several]);
  });

  it('speaks of a fall where a fall is hoped for', () => {
    expect(answer({}, { direction: 'DECREASE', minEffect: null })).toBe('Yes: acc fell by more than chance explains.');
    expect(answer({ outcome: 'REFUTED' }, { direction: 'DECREASE', minEffect: null })).toBe('No: acc did not fall.');
  });

  it('says so where it went the other way', () => {
    expect(answer({ outcome: 'REFUTED', effect: -0.8, ciLow: -1.1, ciHigh: -0.5 })).toBe('No: acc fell instead of rising.');
    expect(answer({ outcome: 'REFUTED', effect: -0.8, ciLow: -1.1, ciHigh: -0.5 }, { direction: 'DECREASE', minEffect: null })).toBe('No: acc rose instead of falling.');
  });

  it('never says yes without what it cost', () => {
    const guardrail = { metric: 'latency_ms', status: 'broken', effect: -3, ciLow: -4, ciHigh: -2 };
    expect(answer({ guardrails: [guardrail, { ...guardrail, metric: 'memory', status: 'held' }] })).toBe('Yes: acc rose by more than chance explains. But latency_ms got worse, which must not happen.');
    expect(answer({ outcome: 'EQUIVALENT', guardrails: [guardrail] })).toBe('No: the difference is too small to matter. And latency_ms got worse, which must not happen.');
  });

  it('is not yet known where there is no verdict, nor on an old frozen page that says nothing of how many were tried', () => {
    expect(plainAnswer({ verdict: null }, hypothesis)).toBe('Not yet known: nothing has been measured that decides it.');
    const { treatmentsTried: _, ...old } = verdict;
    expect(plainAnswer({ verdict: old }, hypothesis)).toBe('Yes: acc rose by more than chance explains.');
  });

  it('of several experiments counts what they say', () => {
    const saying = (...outcomes: readonly (SharedVerdict['outcome'] | null)[]) => answerOfMany(outcomes.map((outcome) => ({ verdict: outcome && { ...verdict, outcome } })));
    expect(saying('SUPPORTED', 'INCONCLUSIVE')).toBe('Yes, as far as it was tested: of 2 experiments, 1 says yes, 1 leaves it open.');
    expect(saying('REFUTED', 'EQUIVALENT', null)).toBe('No, as far as it was tested: of 3 experiments, 2 say no, 1 leaves it open.');
    expect(saying('SUPPORTED', 'SUPPORTED', 'REFUTED')).toBe('The experiments disagree: of 3 experiments, 2 say yes, 1 says no.');
    expect(saying(null, 'INCONCLUSIVE')).toBe('Not yet known: of 2 experiments, 2 leave it open.');
  });
});

describe('the decision', () => {
  const at = '2026-11-22T09:05:00.000Z';

  it('names who approved it and when', () => {
    expect(decisionSentence({ state: 'APPROVED', by: 'Grace', at, staleReason: null })).toBe('Approved by Grace on 22 November 2026.');
    expect(decisionSentence({ state: 'APPROVED', by: null, at, staleReason: null })).toBe('Approved on 22 November 2026.');
  });

  it('says not to act on what nobody approved, or approved when it was something else', () => {
    for (const state of ['NONE', 'REQUESTED', 'CHANGES_REQUESTED', 'STALE'] as const) expect(decisionSentence({ state, by: null, at: null, staleReason: null })).toMatch(/finding.*do not act on it\.$|do not act on this finding\.$/i);
    const stale = decisionSentence({ state: 'STALE', by: 'Grace', at, staleReason: 'The evidence changed after Grace approved it on 2026-11-22.' });
    expect(stale).toBe('Grace approved this finding on 22 November 2026; the evidence has changed since, so that approval no longer holds: do not act on it.');
    expect(stale.match(/changed/g)).toHaveLength(1);
  });
});

describe('what now', () => {
  const step = (more: Partial<SharedVerdict>, state: SharedApproval['state'] = 'NONE') => nextStep({ verdict: { ...verdict, ...more }, approval: { state, by: null, at: null, staleReason: null } });

  test.each([
    ['REFUTED', 'APPROVED', 'Leave the change out.'],
    ['EQUIVALENT', 'NONE', 'Nothing yet: the finding is not approved. If it is approved, leave the change out.'],
    ['SUPPORTED', 'APPROVED', 'The change may be adopted.'],
    ['SUPPORTED', 'NONE', 'Nothing yet: the finding is not approved. If it is approved, the change may be adopted.'],
    ['SUPPORTED', 'STALE', 'Nothing yet: the finding is no longer approved. If it is approved again, the change may be adopted.'],
    ['INCONCLUSIVE', 'APPROVED', 'Do not decide yet: more repeats on each side would show it.'],
  ] as const)('%s and %s', (outcome, state, advice) => { expect(step({ outcome }, state)).toBe(advice); });

  it('says how many repeats are missing, and that nothing is known where nothing is', () => {
    expect(step({ outcome: 'INCONCLUSIVE', runsNeeded: 4 })).toBe('Do not decide yet: 4 more repeats on each side would show it.');
    expect(step({ outcome: 'INCONCLUSIVE', runsNeeded: 1 })).toBe('Do not decide yet: 1 more repeat on each side would show it.');
    expect(nextStep({ verdict: null, approval: { state: 'NONE', by: null, at: null, staleReason: null } })).toBe('Do not decide yet: nothing has been measured that decides it.');
  });

  it('never advises what does harm, approved or not', () => {
    const guardrails = [{ metric: 'latency_ms', status: 'broken', effect: -3, ciLow: -4, ciHigh: -2, baselineMean: 20 }];
    expect(step({ guardrails }, 'APPROVED')).toBe('Do not adopt the change as it is: latency_ms got worse, which must not happen.');
    expect(step({ guardrails })).toBe('Nothing yet: the finding is not approved. If it is approved, do not adopt the change as it is: latency_ms got worse, which must not happen.');
  });

  it('names who recorded a decision, where people are shown', () => {
    const at = '2026-11-22T09:05:00.000Z';
    expect([decidedSentence({ by: 'Ada', at }), decidedSentence({ by: null, at })]).toEqual(['A meeting decided on 22 November 2026, as recorded by Ada:', 'A meeting decided on 22 November 2026:']);
  });
});

describe('beside a finding, where there is little room', () => {
  const approval = (state: SharedApproval['state']) => ({ state, by: null, at: null, staleReason: null });

  it('stands whether it is approved, and of how many treatments it speaks', () => {
    expect((['APPROVED', 'NONE', 'REQUESTED', 'CHANGES_REQUESTED', 'STALE'] as const).map((state) => unapprovedWords({ state }))).toEqual([null, 'not approved yet', 'not approved yet', 'not approved', 'no longer approved']);
    expect(ofTreatments(verdict)).toBeNull();
    expect((['SUPPORTED', 'REFUTED', 'EQUIVALENT', 'INCONCLUSIVE'] as const).map((outcome) => ofTreatments({ ...verdict, outcome, treatmentsTried: 3 }))).toEqual(['the best of 3 treatments', 'the closest of 3 treatments', 'the closest of 3 treatments', 'the most promising of 3 treatments']);
  });

  it('of several stands how many are approved', () => {
    const of = (...states: readonly SharedApproval['state'][]) => approvedOfMany(states.map((state) => ({ approval: approval(state) })));
    expect([of('NONE', 'STALE'), of('APPROVED', 'NONE'), of('APPROVED', 'APPROVED')]).toEqual(['None of them is approved yet.', '1 of 2 is approved.', 'All of them are approved.']);
  });
});

describe('what it harmed', () => {
  const held = { metric: 'test_acc', status: 'held', effect: -0.002, ciLow: -0.012, ciHigh: 0.008 };

  it('is said also where it is nothing, with the numbers there are, in the metric’s own direction', () => {
    expect(unharmedSentence({ ...verdict, guardrails: [held] }, ['test_acc'])).toBe('Nothing that was watched: test_acc held (it changed by −0.002; up to 5 % of the baseline counts as no harm).');
    expect(unharmedSentence({ ...verdict, guardrails: [{ ...held, metric: 'latency_ms', effect: -3, ciLow: -9, ciHigh: 3 }] }, [])).toContain('latency_ms held (it changed by +3.0; ');
  });

  it('is not called nothing where what was hoped for went the other way', () => {
    expect(unharmedSentence({ ...verdict, ciHigh: -0.1, guardrails: [{ ...held, baselineMean: 0.951 }] }, [])).toBe('Beside acc itself, nothing that was watched: test_acc held (it went from 0.951 to 0.949; up to 5 % of the baseline counts as no harm).');
  });

  it('is said with before and after where both are known', () => {
    const worse = { metric: 'test_nll', status: 'broken', effect: -0.025, ciLow: -0.036, ciHigh: -0.013, baselineMean: 0.187 };
    expect(worseWords(worse)).toBe('got worse from 0.187 to 0.212, very likely by 0.013 to 0.036');
    expect(worseWords({ ...worse, metric: 'test_acc', baselineMean: 0.9 })).toBe('got worse from 0.900 to 0.875, very likely by 0.013 to 0.036');
    expect(worseWords({ ...worse, baselineMean: null, ciLow: null, ciHigh: null })).toBe('got worse by 0.025');
    expect(worseWords({ ...worse, effect: null })).toBe('got worse');
  });

  it('is not called nothing where something broke or is open, and not known where nothing was watched', () => {
    const [broken, open] = [{ ...held, status: 'broken' }, { ...held, metric: 'memory', status: 'unknown', effect: null, ciLow: null, ciHigh: null }];
    expect(unharmedSentence({ ...verdict, guardrails: [broken] }, [])).toBeNull();
    expect(unharmedSentence({ ...verdict, guardrails: [held, broken] }, [])).toMatch(/^test_acc held/);
    expect(unharmedSentence({ ...verdict, guardrails: [held, open] }, [])).toMatch(/^test_acc held .*\. Not known yet for memory: more repeats on each side would tell\.$/);
    expect(unharmedSentence({ ...verdict, guardrails: [] }, [])).toBe('Not known: no metric was named that must not get worse, so none was watched.');
    expect(unharmedSentence({ ...verdict, guardrails: [] }, ['memory'])).toBe('Not known: memory must not get worse, and was not measured.');
  });
});

test('the means that were compared are told where they add up', () => {
  const variant = (role: 'BASELINE' | 'TREATMENT', label: string, mean: number) => ({ role, label, runs: 5, changed: [], estimate: { metric: 'acc', n: 5, mean, sd: 0.1, ciLow: null, ciHigh: null, values: [] } });
  const variants = [variant('BASELINE', 'none', 0.9574), variant('TREATMENT', 'other', 0.5), variant('TREATMENT', 'aug=cutmix', 0.9082)];
  expect(meansWords({ verdict, variants }, -0.0492, 3)).toBe(', from 0.957 to 0.908');
  expect(meansWords({ verdict, variants }, -0.06, 3), 'not every run has its pair').toBe('');
  expect(meansWords({ verdict: { ...verdict, metric: 'f1' }, variants }, -0.0492, 3)).toBe('');
});

test('a comparison answers what its title asks', () => {
  const rows = (differing: number, same = 0) => ({ rows: [...Array.from({ length: differing }, (_, n) => ({ name: `p${n}`, differs: true })), ...Array.from({ length: same }, () => ({ name: 'same', differs: false }))] });
  expect([rows(0, 2), rows(1, 2), rows(2), rows(6)].map(differenceSentence)).toEqual(['No setting that is shown here differs.', '1 of 3 settings differs: p0.', '2 of 2 settings differ: p0 and p1.', '6 of 6 settings differ: p0, p1, p2, p3 and 2 more.']);
});
