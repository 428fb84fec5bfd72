import { expect, it } from 'vitest';
import { activityWords } from './activity-sentence.ts';

it('says what a verdict or a status came to', () => {
  expect(activityWords('verdict.changed', { before: null, outcome: 'REFUTED' })).toEqual({ verb: 'finds', tail: '', word: 'refuted' });
  expect(activityWords('hypothesis.status-changed', { before: 'PROPOSED', status: 'TESTING' })).toEqual({ verb: 'calls', tail: '', word: 'testing' });
});

it('says how a review was decided, and why a run was left out', () => {
  expect(activityWords('review.decided', { decision: 'APPROVE' }).verb).toBe('approved');
  expect(activityWords('run.excluded', { reason: 'the disk was full' }).tail).toBe(': the disk was full');
});

it('spells out what nobody wrote words for', () => {
  expect(activityWords('share-link.opened-often', null)).toEqual({ verb: 'share link opened often', tail: '', word: null });
});
