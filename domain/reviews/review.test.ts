import { expect, test } from 'vitest';
import { bodyTogether, requireReviewable, reviewersFrom, reviewRefusal, type Reviewable } from './review.ts';

const experiment: Reviewable = { ownerId: 'ada', hypothesisId: 'hyp_1', evidenceDigest: 'now', countedRuns: 4, loggedRuns: new Map([['alan', 3], ['robot', 1]]), pending: false };
const grace = { personId: 'grace', role: 'REVIEWER' } as const;
const code = (...args: Parameters<typeof reviewRefusal>) => reviewRefusal(...args)?.code ?? null;

test('a reviewer who did not create it may approve', () => expect(code(grace, 'APPROVE', experiment)).toBeNull());
test('[RV1] own work is refused first, whatever the role', () => {
  for (const role of ['MEMBER', 'OWNER'] as const) expect(code({ personId: 'ada', role }, 'APPROVE', { ...experiment, hypothesisId: null })).toBe('review/own-work');
  expect(code({ personId: 'ada', role: 'OWNER' }, 'REQUEST_CHANGES', experiment)).toBe('review/own-work');
  expect(reviewRefusal({ personId: 'ada', role: 'OWNER' }, 'APPROVE', experiment)?.family).toBe('forbidden');
});
test('[RV1] own work may be commented on, in any role that may comment', () => {
  for (const role of ['VIEWER', 'MEMBER', 'OWNER'] as const) expect(code({ personId: 'ada', role }, 'COMMENT', experiment), role).toBeNull();
  expect(code({ personId: 'ada', role: null }, 'COMMENT', experiment)).toBe('access/role-too-weak');
  expect(code({ personId: 'ada', role: 'MEMBER' }, 'COMMENT', { ...experiment, hypothesisId: null })).toBe('experiment/exploratory');
});
const STRICT = { role: 'REVIEWER', ownWork: false, ownRuns: false } as const;
test('[RV1] where the policy says so, whose runs count has made it too: role by decision', () => {
  const table = [
    ['VIEWER', 'review/own-work', 'review/own-work', null],
    ['MEMBER', 'review/own-work', 'review/own-work', null],
    ['REVIEWER', 'review/own-work', 'review/own-work', null],
    ['MAINTAINER', 'review/own-work', 'review/own-work', null],
    ['OWNER', 'review/own-work', 'review/own-work', null],
    [null, 'review/own-work', 'review/own-work', 'access/role-too-weak'],
  ] as const;
  for (const [role, ...expected] of table) expect((['APPROVE', 'REQUEST_CHANGES', 'COMMENT'] as const).map((decision) => code({ personId: 'alan', role, rule: STRICT }, decision, experiment)), String(role)).toEqual(expected);
});
test('[RV1] the refusal says what makes it own work', () => {
  const words = (personId: string) => reviewRefusal({ personId, role: 'REVIEWER', rule: STRICT }, 'APPROVE', experiment)?.message;
  expect(words('alan')).toBe('You logged 3 of its runs, so someone else must review it.');
  expect(words('robot')).toBe('You logged one of its runs, so someone else must review it.');
  expect(words('ada')).toBe('You created this experiment, so someone else must review it.');
});
test('[RV1] where the policy lets them, as at first, having logged runs changes nothing', () => {
  const alan = { personId: 'alan', role: 'REVIEWER', rule: { role: 'REVIEWER', ownWork: false, ownRuns: true } } as const;
  for (const decision of ['APPROVE', 'REQUEST_CHANGES', 'COMMENT'] as const) expect(code(alan, decision, experiment), decision).toBeNull();
  expect(code({ ...alan, role: 'MEMBER' }, 'APPROVE', experiment)).toBe('access/role-too-weak');
});
test('[RV2] a member is not a reviewer', () => expect(code({ personId: 'grace', role: 'MEMBER' }, 'APPROVE', experiment)).toBe('access/role-too-weak'));
test('[RV2] nor does a member comment in a review of somebody else’s experiment', () => expect(code({ personId: 'grace', role: 'MEMBER' }, 'COMMENT', experiment)).toBe('access/role-too-weak'));
test('[RV3] exploratory work waits for its hypothesis', () => expect(code(grace, 'COMMENT', { ...experiment, hypothesisId: null })).toBe('experiment/exploratory'));
test('[RV4] nothing counted, nothing to approve', () => expect(code(grace, 'APPROVE', { ...experiment, countedRuns: 0 })).toBe('review/no-evidence'));
test('[RV4] changes may be asked for before there is evidence', () => expect(code(grace, 'REQUEST_CHANGES', { ...experiment, countedRuns: 0, pending: true })).toBeNull());
test('[RV5] evidence in motion is not approved', () => {
  expect(code(grace, 'APPROVE', { ...experiment, pending: true })).toBe('review/analysis-pending');
  expect(code(grace, 'APPROVE', { ...experiment, evidenceDigest: '' })).toBe('review/analysis-pending');
});
test('[RV5] a decision is on the evidence that was looked at', () => {
  expect(code(grace, 'APPROVE', experiment, 'before')).toBe('review/evidence-changed');
  expect(code(grace, 'APPROVE', experiment, 'now')).toBeNull();
});

test('a decision that is said again keeps its words, and takes new ones below them once', () => {
  expect([bodyTogether(null, null), bodyTogether('a', null), bodyTogether(null, 'a'), bodyTogether('a', 'a')]).toEqual([null, 'a', 'a', 'a']);
  expect(bodyTogether('a', 'b')).toBe('a\n\nb');
  expect(bodyTogether('a\n\nb', 'b')).toBe('a\n\nb');
  expect(() => bodyTogether('a'.repeat(50_000), 'b')).toThrow('The review');
});

test('reviewers are named once, at least one, at most twenty', () => {
  expect(reviewersFrom([' Grace@Lab.org', 'grace@lab.org', ''])).toEqual(['grace@lab.org']);
  expect(() => reviewersFrom([' '])).toThrow(expect.objectContaining({ code: 'review/no-reviewers' }));
  expect(() => reviewersFrom(Array.from({ length: 21 }, (_, index) => `p${index}@lab.org`))).toThrow(expect.objectContaining({ code: 'review/reviewers-too-many' }));
});

test('exploratory work is not put up for review', () => expect(() => requireReviewable({ hypothesisId: null })).toThrow(expect.objectContaining({ code: 'experiment/exploratory' })));
