import { expect, test } from 'vitest';
import { approvalOf, type ReviewStand } from './approval.ts';
import { changedPolicy, policyFrom, PRESETS } from './review-policy.ts';
import { reviewRefusal } from './review.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 22, 10, minute));
const approved = (reviewerId: string, minute: number, more: Partial<ReviewStand> = {}): ReviewStand => ({ reviewerId, state: 'APPROVED', evidenceDigest: 'now', createdAt: at(0), decidedAt: at(minute), ...more });
const stateOf = (rule: Parameters<typeof approvalOf>[3], ...reviews: ReviewStand[]) => approvalOf({ ownerId: 'ada', evidenceDigest: 'now' }, reviews, () => true, rule).state;

test('growing, the default, is one approval by a reviewer who did not create it, of exactly this evidence', () => {
  expect(PRESETS.GROWING).toMatchObject({ approvals: 1, role: 'REVIEWER', ownWork: false, ownRuns: true, requiredChecks: [] });
  expect(policyFrom(null, 'GROWING')).toBe(PRESETS.GROWING);
});

test('as many people as the policy asks for, each once', () => {
  expect(stateOf({ approvals: 2 }, approved('grace', 1))).toBe('REQUESTED');
  expect(stateOf({ approvals: 2 }, approved('grace', 1), approved('grace', 2))).toBe('REQUESTED');
  expect(stateOf({ approvals: 2 }, approved('grace', 1), approved('alan', 2))).toBe('APPROVED');
  expect(stateOf({ approvals: 2 }, approved('grace', 1, { evidenceDigest: 'before' }), approved('alan', 2))).toBe('REQUESTED');
});

test('own work counts where the policy says so', () => {
  expect(stateOf({ ownWork: false }, approved('ada', 1))).toBe('NONE');
  expect(stateOf({ ownWork: true }, approved('ada', 1))).toBe('APPROVED');
  const own = { ownerId: 'ada', hypothesisId: 'h', evidenceDigest: 'now', countedRuns: 2, loggedRuns: new Map(), pending: false };
  expect(reviewRefusal({ personId: 'ada', role: 'MEMBER', rule: PRESETS.SOLO }, 'APPROVE', own)).toBeNull();
  expect(reviewRefusal({ personId: 'ada', role: 'OWNER', rule: PRESETS.SOLO }, 'REQUEST_CHANGES', own)?.code).toBe('review/own-work');
  expect(reviewRefusal({ personId: 'grace', role: 'REVIEWER', rule: { role: 'MAINTAINER', ownWork: false, ownRuns: true } }, 'APPROVE', own)?.code).toBe('access/role-too-weak');
});

test('a dismissed decision says nothing; one on evidence that differs in nothing that matters still does', () => {
  expect(stateOf({}, approved('grace', 1, { dismissed: true }))).toBe('NONE');
  expect(stateOf({ holds: () => true }, approved('grace', 1, { evidenceDigest: 'before' }))).toBe('APPROVED');
  expect(stateOf({ holds: () => false }, approved('grace', 1, { evidenceDigest: 'before' }))).toBe('STALE');
});

test('what was kept is read over its preset, and odd parts are the preset’s', () => {
  expect(policyFrom({ approvals: 3, role: 'OWNER', requiredChecks: ['repeats', 'weather'], material: ['RUNS'], ethicsFrom: null }, 'GROWING')).toMatchObject({ approvals: 3, role: 'OWNER', requiredChecks: ['repeats'], material: ['RUNS'], ethicsFrom: null, ownWork: false });
  expect(policyFrom({ approvals: -1, role: 'KING', ownWork: 'yes', material: 'all', ethicsFrom: 'AWFUL' }, 'MATURE')).toEqual(PRESETS.MATURE);
});

test('what could never be met is refused', () => {
  for (const [changes, code] of [[{ approvals: 0 }, 'review-policy/approvals'], [{ approvals: 1.5 }, 'review-policy/approvals'], [{ role: 'VIEWER' }, 'review-policy/role'], [{ ethicsReviewers: Array.from({ length: 51 }, String) }, 'review-policy/ethics-reviewers']] as const) {
    expect(() => changedPolicy(PRESETS.GROWING, changes)).toThrow(expect.objectContaining({ code }));
  }
  expect(changedPolicy(PRESETS.GROWING, { approvals: 2, role: undefined })).toEqual({ ...PRESETS.GROWING, approvals: 2 });
});
