import { expect, it } from 'vitest';
import type { SharedVerdict } from '../../../contracts/share-page.ts';
import { leftOutSentence, oftenness, sharedMoment, surenessOf } from './share-words.ts';

const hoped = { direction: 'INCREASE', minEffect: 0.5 } as const;
const verdict: SharedVerdict = { outcome: 'SUPPORTED', metric: 'acc', effect: 0.8, ciLow: 0.5, ciHigh: 1.1, pValue: 0.001, correctedP: 0.002, baselineRuns: 10, treatmentRuns: 10, runsNeeded: null, method: 'paired', explanation: '', treatment: null, guardrails: [], computedAt: '2026-11-22T09:30:00.000Z' };

it('says how often luck alone would do this', () => {
  expect([0.00001, 0.0004, 0.00099, 0.001, 0.0018, 0.03].map(oftenness)).toEqual(['fewer than 1 in ten thousand', 'fewer than 1 in a thousand', 'fewer than 1 in a thousand', 'about 1 in a thousand', 'about 2 in a thousand', 'about 3 in a hundred']);
});

it('never speaks of chance as known when there was one training only', () => {
  const said = surenessOf({ ...verdict, outcome: 'INCONCLUSIVE', ciLow: null, ciHigh: null, correctedP: null, baselineRuns: 1, treatmentRuns: 1, runsNeeded: 4 }, hoped);
  expect(said).toContain('once');
  expect(said).toContain('says nothing about chance');
  expect(said).toContain('About 4 more trainings of each version would show how large chance is.');
});

it('speaks of luck by the figure that decides, and says why it is that one', () => {
  const said = surenessOf({ ...verdict, pValue: 0.296, correctedP: 0.736, treatmentsTried: 3 }, hoped);
  expect(said).toContain('If none of the 3 treatments tried did anything at all');
  expect(said).toContain('about 74 in a hundred tries; the figure is corrected for having tried several, and it is the one that decides.');
  expect(said).not.toContain('30 in a hundred');
  expect(surenessOf({ ...verdict, pValue: 0.02, correctedP: 0.02 }, hoped)).toContain('If the change did nothing at all, luck alone would show a difference at least this large in about 2 in a hundred tries.');
  expect(surenessOf({ ...verdict, pValue: 0.6, correctedP: 1 }, hoped)).toContain('in nearly all tries');
  expect(surenessOf({ ...verdict, pValue: null, correctedP: null }, hoped)).not.toContain('luck');
});

it('is sure that nothing worth having was found by the range, not by luck', () => {
  const none = { ...verdict, outcome: 'EQUIVALENT', effect: 0.0012, ciLow: -0.0015, ciHigh: 0.0039, pValue: 0.28, correctedP: 0.74, treatmentsTried: 3 } as const;
  expect(surenessOf(none, { direction: 'INCREASE', minEffect: 0.005 })).toBe('Each version was trained 10 times, from different random starts. With 95 in a hundred certainty the true difference lies between −0.0015 and +0.0039, all of it less than our bar of 0.005 either way: one that is worth having is ruled out.');
  expect(surenessOf(none, { direction: 'DECREASE', minEffect: 0.005 })).toContain('between −0.0039 and +0.0015');
  expect(surenessOf(none, { direction: 'INCREASE', minEffect: null })).toContain('too close to nothing to matter');
});

it('tells how many trainings stand behind the number', () => {
  expect(surenessOf(verdict, hoped)).toContain('trained 10 times, from different random starts');
  expect(surenessOf({ ...verdict, treatmentRuns: 8 }, hoped)).toContain('10 times without the change and 8 times with it');
});

it('names what was left out, and says moments in one time zone', () => {
  expect(leftOutSentence(['PEOPLE', 'CODE', 'COSTS'])).toBe('The sharer left out people, code and costs. Treatments and models have names made of those, and are lettered or numbered instead.');
  expect(leftOutSentence(['COSTS'])).toBe('The sharer left out costs.');
  expect(leftOutSentence([])).toBe('');
  expect(sharedMoment('2026-11-22T09:05:00.000Z')).toBe('22 November 2026, 09:05 UTC');
});
