/** A reviewer's stand, oldest first in every list. */
export interface ReviewStand {
  readonly reviewerId: string;
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

/**
 * Whether an experiment is approved, from what its reviewers said and the digest of its evidence now. The default policy: one approval by a reviewer who did
 * not create the experiment. First match:
 * AP1 the newest word of somebody who may still review asks for changes: CHANGES_REQUESTED; an objection of who has left binds nobody. AP2 someone approved this very evidence: APPROVED.
 * AP3 a review was asked for after the newest approval went stale: REQUESTED. AP4 someone approved other evidence: STALE. AP5 a review was asked for: REQUESTED. Else NONE.
 */
export function approvalOf<Stand extends ReviewStand>(experiment: { readonly ownerId: string | null; readonly evidenceDigest: string }, reviews: readonly Stand[], mayReview: (personId: string) => boolean): Approval<Stand> {
  const stands = standing(reviews.filter((review) => review.reviewerId !== experiment.ownerId));
  const objection = stands.find((stand) => stand.state === 'CHANGES_REQUESTED' && mayReview(stand.reviewerId));
  if (objection) return { state: 'CHANGES_REQUESTED', by: objection };
  const valid = stands.find((stand) => stand.state === 'APPROVED' && stand.evidenceDigest === experiment.evidenceDigest);
  if (valid) return { state: 'APPROVED', by: valid };
  const stale = reviews.filter((review) => review.reviewerId !== experiment.ownerId && review.state === 'APPROVED').sort((a, b) => happenedAt(b) - happenedAt(a))[0] ?? null;
  const request = stands.find((stand) => stand.state === 'REQUESTED') ?? null;
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
export function staleSentence(approval: { readonly reviewer: string; readonly decidedAt: Date; readonly approvedDigest: string; readonly currentDigest: string }): string {
  const day = approval.decidedAt.toISOString().slice(0, 10);
  return `The evidence changed after ${approval.reviewer} approved it on ${day} (evidence ${approval.approvedDigest.slice(0, 8)} then, ${approval.currentDigest.slice(0, 8)} now).`;
}
