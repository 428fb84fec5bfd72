/** A reviewer's stand, oldest first in every list. */
export interface ReviewStand {
  readonly reviewerId: string;
  /** Of one that somebody dismissed; it says nothing any more. */
  readonly dismissed?: boolean;
  readonly state: 'REQUESTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED';
  /** What was decided on; null while only requested. */
  readonly evidenceDigest: string | null;
  readonly createdAt: Date;
  readonly decidedAt: Date | null;
}

export type ApprovalState = 'NONE' | 'REQUESTED' | 'CHANGES_REQUESTED' | 'APPROVED' | 'STALE';

export interface Approval<Stand extends ReviewStand = ReviewStand> {
  readonly state: ApprovalState;
  /** The stand that makes it so: the approval that holds, the one that went stale, the objection or the open request. */
  readonly by: Stand | null;
}

const happenedAt = (stand: ReviewStand): number => (stand.decidedAt ?? stand.createdAt).getTime();

/** What each reviewer says now: their newest request or decision. Comments take no stand. */
function standing<Stand extends ReviewStand>(reviews: readonly Stand[]): readonly Stand[] {
  const newest = new Map<string, Stand>();
  for (const review of reviews) {
    if (review.state === 'COMMENTED') continue;
    const before = newest.get(review.reviewerId);
    if (!before || happenedAt(review) >= happenedAt(before)) newest.set(review.reviewerId, review);
  }
  return [...newest.values()].sort((a, b) => happenedAt(b) - happenedAt(a));
}

/** What an approval needs beside the reviews. */
export interface ApprovalRule {
  /** Approvals by as many people; one when absent. */
  readonly approvals?: number;
  /** Whether who created the experiment counts; not when absent. */
  readonly ownWork?: boolean;
  /** Whether a decision on other evidence still speaks of this one, because nothing that the policy calls material changed; never when absent. */
  readonly holds?: (evidenceDigest: string) => boolean;
}

/**
 * Whether an experiment is approved, from what its reviewers said and the digest of its evidence now. The default policy: one approval by a reviewer who did
 * not create the experiment. Dismissed reviews say nothing. First match:
 * AP1 the newest word of somebody who may still review asks for changes: CHANGES_REQUESTED; an objection of who has left binds nobody. AP2 as many as the policy asks for approved this evidence: APPROVED.
 * AP3 a review was asked for after the newest approval went stale: REQUESTED. AP4 someone approved other evidence: STALE. AP5 a review was asked for, or more approvals are needed: REQUESTED. Else NONE.
 */
export function approvalOf<Stand extends ReviewStand>(experiment: { readonly ownerId: string | null; readonly evidenceDigest: string }, reviews: readonly Stand[], mayReview: (personId: string) => boolean, rule: ApprovalRule = {}): Approval<Stand> {
  const { approvals, ownWork, holds } = { ...DEFAULT_RULE, ...rule };
  const heard = reviews.filter((review) => review.dismissed !== true && (ownWork || review.reviewerId !== experiment.ownerId));
  const speaks = ({ evidenceDigest }: Stand): boolean => evidenceDigest === experiment.evidenceDigest || (evidenceDigest !== null && holds(evidenceDigest));
  const stands = standing(heard);
  const objection = stands.find((stand) => stand.state === 'CHANGES_REQUESTED' && mayReview(stand.reviewerId));
  if (objection) return { state: 'CHANGES_REQUESTED', by: objection };
  const valid = stands.filter((stand) => stand.state === 'APPROVED' && speaks(stand));
  const [newest = null] = valid;
  if (newest !== null && valid.length >= approvals) return { state: 'APPROVED', by: newest };
  // Who approved again, be it dismissed since, does not stand by the first any more.
  const repeated = ({ reviewerId, decidedAt }: Stand): boolean => reviews.some((later) => later.reviewerId === reviewerId && later.state === 'APPROVED' && Number(later.decidedAt) > Number(decidedAt));
  const stale = heard.filter((review) => review.state === 'APPROVED' && !speaks(review) && !repeated(review)).sort((a, b) => happenedAt(b) - happenedAt(a))[0] ?? null;
  return waiting(stands.find((stand) => stand.state === 'REQUESTED') ?? newest, stale);
}

const DEFAULT_RULE: Required<ApprovalRule> = { approvals: 1, ownWork: false, holds: () => false };

/** AP3 to AP5: what is asked for, unless an approval went stale after that. */
function waiting<Stand extends ReviewStand>(request: Stand | null, stale: Stand | null): Approval<Stand> {
  if (request && (!stale || happenedAt(request) >= happenedAt(stale))) return { state: 'REQUESTED', by: request };
  if (stale) return { state: 'STALE', by: stale };
  return request ? { state: 'REQUESTED', by: request } : { state: 'NONE', by: null };
}

/** What somebody said last, where they say just that again: the same of the same evidence. A comment may be made as often as one likes. */
export function saidAlready<Stand extends ReviewStand>(reviews: readonly Stand[], said: Pick<ReviewStand, 'reviewerId' | 'state' | 'evidenceDigest'>): Stand | null {
  return standing(reviews).find(({ reviewerId, state, evidenceDigest }) => reviewerId === said.reviewerId && state === said.state && evidenceDigest === said.evidenceDigest) ?? null;
}

/** A decision on evidence that is not the current one any more. */
export const isStale = (review: Pick<ReviewStand, 'evidenceDigest'>, evidenceDigest: string): boolean => review.evidenceDigest !== null && review.evidenceDigest !== evidenceDigest;

/** Why an approval no longer holds, in one sentence. */
export function staleSentence(approval: { readonly reviewer: string; readonly decidedAt: Date; readonly approvedDigest: string; readonly currentDigest: string; /** What happened since, where it is known. */ readonly reason?: string | null }): string {
  const day = approval.decidedAt.toISOString().slice(0, 10);
  if (approval.reason) return `The evidence changed after ${approval.reviewer} approved it on ${day}: ${approval.reason}.`;
  return `The evidence changed after ${approval.reviewer} approved it on ${day} (evidence ${approval.approvedDigest.slice(0, 8)} then, ${approval.currentDigest.slice(0, 8)} now).`;
}
