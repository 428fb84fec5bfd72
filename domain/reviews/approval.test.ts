import { expect, test } from 'vitest';
import { approvalOf, isStale, saidAlready, staleSentence, type ReviewStand } from './approval.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const experiment = { ownerId: 'ada', evidenceDigest: 'now' };
const requested = (reviewerId: string, minute: number): ReviewStand => ({ reviewerId, state: 'REQUESTED', evidenceDigest: null, createdAt: at(minute), decidedAt: null });
const decided = (reviewerId: string, state: ReviewStand['state'], evidenceDigest: string, minute: number): ReviewStand => ({ reviewerId, state, evidenceDigest, createdAt: at(0), decidedAt: at(minute) });
const anyone = () => true;
const stateOf = (...reviews: ReviewStand[]) => approvalOf(experiment, reviews, anyone).state;

test('nothing asked, nothing said: none', () => expect(stateOf()).toBe('NONE'));
test('a comment takes no stand', () => expect(stateOf(decided('grace', 'COMMENTED', 'now', 1))).toBe('NONE'));
test('a request waits', () => expect(stateOf(requested('grace', 1))).toBe('REQUESTED'));
test('a comment leaves the request open', () => expect(stateOf(requested('grace', 1), decided('grace', 'COMMENTED', 'now', 2))).toBe('REQUESTED'));
test('[AP2] an approval of the current evidence holds, whoever else was asked', () => expect(stateOf(decided('grace', 'APPROVED', 'now', 1), requested('alan', 2))).toBe('APPROVED'));
test('[AP4] an approval of other evidence is stale', () => expect(stateOf(decided('grace', 'APPROVED', 'before', 1))).toBe('STALE'));
test('[AP4] a request from before the approval does not hide that it is stale', () => expect(stateOf(requested('alan', 1), decided('grace', 'APPROVED', 'before', 2))).toBe('STALE'));
test('[AP3] asking again after it went stale is a request', () => {
  expect(stateOf(decided('grace', 'APPROVED', 'before', 1), requested('grace', 2))).toBe('REQUESTED');
  expect(stateOf(decided('grace', 'APPROVED', 'before', 1), requested('alan', 2))).toBe('REQUESTED');
});
test('[AP4] who approved again does not stand by the first, though the second was dismissed', () => {
  expect(stateOf(decided('grace', 'APPROVED', 'before', 1), { ...decided('grace', 'APPROVED', 'now', 2), dismissed: true })).toBe('NONE');
  expect(stateOf(decided('alan', 'APPROVED', 'before', 1), { ...decided('grace', 'APPROVED', 'now', 2), dismissed: true })).toBe('STALE');
});
test('[AP2] approving the new evidence ends stale', () => expect(stateOf(decided('grace', 'APPROVED', 'before', 1), decided('grace', 'APPROVED', 'now', 2))).toBe('APPROVED'));
test('evidence that comes back to what was approved is approved', () => expect(stateOf(decided('grace', 'APPROVED', 'now', 1), decided('alan', 'APPROVED', 'before', 2))).toBe('APPROVED'));
test('[AP1] an objection outweighs another reviewer’s approval', () => expect(stateOf(decided('grace', 'APPROVED', 'now', 1), decided('alan', 'CHANGES_REQUESTED', 'before', 2))).toBe('CHANGES_REQUESTED'));
test('[AP1] the same reviewer may come round', () => expect(stateOf(decided('alan', 'CHANGES_REQUESTED', 'before', 1), decided('alan', 'APPROVED', 'now', 2))).toBe('APPROVED'));
test('[AP1] an objection ends with the right to review; an approval stays what it was', () => {
  const withoutAlan = (personId: string) => personId !== 'alan';
  const objection = decided('alan', 'CHANGES_REQUESTED', 'now', 2);
  expect(approvalOf(experiment, [objection], withoutAlan).state).toBe('NONE');
  expect(approvalOf(experiment, [decided('grace', 'APPROVED', 'now', 1), objection], withoutAlan).state).toBe('APPROVED');
  expect(approvalOf(experiment, [decided('alan', 'APPROVED', 'now', 1)], withoutAlan).state).toBe('APPROVED');
});
test('asking an objecting reviewer again waits for their new word', () => expect(stateOf(decided('alan', 'CHANGES_REQUESTED', 'now', 1), requested('alan', 2))).toBe('REQUESTED'));
test('the creator’s own approval never counts', () => expect(stateOf(decided('ada', 'APPROVED', 'now', 1))).toBe('NONE'));

test('the approval that holds is named', () => {
  const approval = decided('grace', 'APPROVED', 'now', 1);
  expect(approvalOf(experiment, [requested('alan', 0), approval], anyone).by).toBe(approval);
});

test('the same word of the same evidence is said once, until another came between', () => {
  const approval = decided('grace', 'APPROVED', 'now', 1);
  const again = { reviewerId: 'grace', state: 'APPROVED', evidenceDigest: 'now' } as const;
  expect(saidAlready([approval, decided('grace', 'COMMENTED', 'now', 2)], again)).toBe(approval);
  expect(saidAlready([decided('alan', 'APPROVED', 'now', 1)], again)).toBeNull();
  expect(saidAlready([decided('grace', 'APPROVED', 'before', 1)], again)).toBeNull();
  expect(saidAlready([approval, decided('grace', 'CHANGES_REQUESTED', 'now', 2)], again)).toBeNull();
  expect(saidAlready([approval, requested('grace', 2)], again)).toBeNull();
  expect(saidAlready([decided('grace', 'COMMENTED', 'now', 1)], { ...again, state: 'COMMENTED' })).toBeNull();
});

test('a decision knows when its evidence is gone', () => {
  expect(isStale(decided('grace', 'APPROVED', 'before', 1), 'now')).toBe(true);
  expect(isStale(decided('grace', 'APPROVED', 'now', 1), 'now')).toBe(false);
  expect(isStale(requested('grace', 1), 'now')).toBe(false);
});

test('the reason names who, when and which evidence', () => {
  expect(staleSentence({ reviewer: 'Grace', decidedAt: at(3), approvedDigest: 'aaaaaaaaaaaa', currentDigest: 'bbbbbbbbbbbb' }))
    .toBe('The evidence changed after Grace approved it on 2026-11-22 (evidence aaaaaaaa then, bbbbbbbb now).');
});
