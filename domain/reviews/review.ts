import { mayIn } from '../access/policy.ts';
import { PROJECT_ROLES, type ProjectRole } from '../access/viewer.ts';
import { badInput, conflict, forbidden, type Refusal } from '../refusal.ts';
import { optionalText } from '../richtext/plain-text.ts';
import { ownWorkRefusal, type Work } from './own-work.ts';

export const REVIEW_DECISIONS = ['APPROVE', 'REQUEST_CHANGES', 'COMMENT'] as const;
export type ReviewDecision = (typeof REVIEW_DECISIONS)[number];

/** What a decision about a review must know of the experiment. */
export interface Reviewable extends Work {
  /** Null while exploratory. */
  readonly hypothesisId: string | null;
  readonly evidenceDigest: string;
  /** Finished runs, neither deleted nor excluded. */
  readonly countedRuns: number;
  /** True while inputs changed that the evidence has not yet seen. */
  readonly pending: boolean;
}

export const STATE_AFTER = { APPROVE: 'APPROVED', REQUEST_CHANGES: 'CHANGES_REQUESTED', COMMENT: 'COMMENTED' } as const satisfies Record<ReviewDecision, string>;

export const reviewBody = (given: string | null | undefined): string | null => optionalText(given, { code: 'review/body', name: 'The review', maxLength: 50_000 });

/** The words of a decision that is said again: what was said stays, what is new comes below it. */
export function bodyTogether(before: string | null, now: string | null): string | null {
  if (before === null || now === null || before === now || before.endsWith(`\n\n${now}`)) return before ?? now;
  return reviewBody(`${before}\n\n${now}`);
}

/** What a project's policy says of who may approve; as the default policy when absent. */
export interface DecisionRule {
  readonly role: ProjectRole;
  readonly ownWork: boolean;
  readonly ownRuns: boolean;
}
const DEFAULT_RULE: DecisionRule = { role: 'REVIEWER', ownWork: false, ownRuns: true };
const atLeast = (role: ProjectRole | null, weakest: ProjectRole): boolean => role !== null && PROJECT_ROLES.indexOf(role) >= PROJECT_ROLES.indexOf(weakest);

/**
 * Why this person may not decide so now; null when they may. A policy may allow own work, ask for a stronger role to approve, or be content with a weaker one. First match:
 * RV1 nobody approves, or asks for changes of, their own work (see own-work.ts); they may comment. RV2 reviewing others' needs the role reviewer or higher. RV3 an exploratory experiment has nothing to review yet.
 * RV4 there must be evidence: an analysed experiment with at least one counted run. RV5 an approval is of evidence at rest and of the evidence that was looked at.
 */
export function reviewRefusal(by: { readonly personId: string; readonly role: ProjectRole | null; readonly rule?: DecisionRule }, decision: ReviewDecision, experiment: Reviewable, looked?: string | null): Refusal | null {
  const rule = by.rule ?? DEFAULT_RULE;
  const whose = whoseRefusal({ ...by, rule }, decision, ownWorkRefusal(experiment, { id: by.personId, name: 'You' }, rule));
  if (whose) return whose;
  if (experiment.hypothesisId === null) return conflict('experiment/exploratory', 'This experiment is exploratory: write its hypothesis first, then it can be reviewed.');
  if (looked && looked !== experiment.evidenceDigest) return conflict('review/evidence-changed', 'The evidence changed while you were looking at it. Look at it again, then decide.');
  return decision === 'APPROVE' ? approvalRefusal(experiment) : null;
}

function whoseRefusal({ role, rule }: { readonly role: ProjectRole | null; readonly rule: DecisionRule }, decision: ReviewDecision, own: Refusal | null): Refusal | null {
  if (own && decision === 'COMMENT' && mayIn(role, 'thread.comment')) return null;
  if (own && !(rule.ownWork && decision === 'APPROVE')) return decision === 'COMMENT' ? weak() : own;
  if (decision === 'APPROVE') return atLeast(role, rule.role) ? null : weak(rule.role);
  return mayIn(role, 'review.decide') || atLeast(role, rule.role) ? null : weak();
}

const weak = (role: ProjectRole = 'REVIEWER'): Refusal => forbidden('access/role-too-weak', `Reviewing needs the role ${role.toLowerCase()} or higher in the project.`);

function approvalRefusal({ countedRuns, pending, evidenceDigest }: Reviewable): Refusal | null {
  if (countedRuns === 0) return conflict('review/no-evidence', 'There is nothing to approve yet: no finished run counts in this experiment.');
  if (pending || evidenceDigest === '') return conflict('review/analysis-pending', 'The evidence is being worked out again because runs just changed. Try again in a moment.');
  return null;
}

const MOST_REVIEWERS = 20;

/** Rules RQ1–RQ3: an experiment with a hypothesis, at least one reviewer, at most twenty. Emails are compared without their case. */
export function reviewersFrom(emails: readonly string[]): readonly string[] {
  const distinct = [...new Set(emails.map((email) => email.trim().toLowerCase()).filter((email) => email !== ''))];
  if (distinct.length === 0) throw badInput('review/no-reviewers', 'Name at least one reviewer by email.');
  if (distinct.length > MOST_REVIEWERS) throw badInput('review/reviewers-too-many', `At most ${MOST_REVIEWERS} reviewers can be asked at once.`);
  return distinct;
}

export function requireReviewable(experiment: { readonly hypothesisId: string | null }): void {
  if (experiment.hypothesisId === null) throw conflict('experiment/exploratory', 'This experiment is exploratory: write its hypothesis first, then ask for a review.');
}
