import { approvalOf, staleSentence, type Approval } from '../../../domain/reviews/approval.ts';
import { evidenceDelta, reasonWords } from '../../../domain/reviews/evidence-delta.ts';
import { reviewRefusal, type ReviewDecision } from '../../../domain/reviews/review.ts';
import { may, mayIn } from '../../../domain/access/policy.ts';
import { roleIn, rolesFrom } from '../../../domain/access/viewer.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { personOf, projectOf } from '../loaders.ts';
import { evidenceAt } from '../reviews/evidence-delta.ts';
import { holdsFor } from '../reviews/holds.ts';
import { policyOf } from '../reviews/review-rules.ts';
import { NO_RUNS, reviewsOf, runCountsOf } from './experiment-lists.ts';

type Row = Prisma.ExperimentModel;

type Stand = Prisma.ReviewModel & { readonly dismissed: boolean };

export async function approvalFor(context: Context, experiment: Row): Promise<Approval<Stand>> {
  const dismissed = (await dismissedOf(context, experiment.id)) ?? new Set();
  const reviews = ((await reviewsOf(context, experiment.id)) ?? []).map((review) => ({ ...review, dismissed: dismissed.has(review.id) }));
  const policy = await policyOf(context, experiment.projectId);
  const objectors = reviews.some(({ state }) => state === 'CHANGES_REQUESTED') ? await objectorsOf(context, experiment.id) : undefined;
  return approvalOf(experiment, reviews, (personId) => objectors?.has(personId) ?? false, { ...policy, holds: await holdsFor(context, experiment) });
}

const dismissedOf = batchedRows<string, ReadonlySet<string>>(async (experimentIds, { reader }) => {
  const rows = await reader.reviewDismissal.findMany({ where: { review: { experimentId: { in: [...experimentIds] } } }, select: { reviewId: true, review: { select: { experimentId: true } } } });
  return new Map([...Map.groupBy(rows, ({ review }) => review.experimentId)].map(([id, own]) => [id, new Set(own.map(({ reviewId }) => reviewId))]));
});

/** Those who once asked for changes and may still review. */
const objectorsOf = batchedRows<string, ReadonlySet<string>>(async (experimentIds, { reader }) => {
  const objections = await reader.review.findMany({
    where: { experimentId: { in: [...experimentIds] }, state: 'CHANGES_REQUESTED' },
    select: { reviewerId: true, experiment: { select: { id: true, project: true } } },
    distinct: ['experimentId', 'reviewerId'],
  });
  const people = await reader.person.findMany({ where: { id: { in: objections.map(({ reviewerId }) => reviewerId) }, disabledAt: null }, include: { memberships: true } });
  const still = objections.filter(({ reviewerId, experiment: { project } }) => {
    const person = people.find(({ id }) => id === reviewerId);
    return person !== undefined && mayIn(roleIn({ ...person, roles: rolesFrom(person.memberships) }, project), 'review.decide');
  });
  return new Map(experimentIds.map((id) => [id, new Set(still.filter(({ experiment }) => experiment.id === id).map(({ reviewerId }) => reviewerId))]));
});

/** Why the approval no longer holds; null unless it is stale. */
export async function staleReasonFor(context: Context, experiment: Row): Promise<string | null> {
  const { state, by } = await approvalFor(context, experiment);
  if (state !== 'STALE' || !by?.decidedAt) return null;
  const reviewer = await personOf(context, by.reviewerId);
  const [before, now] = [await evidenceAt(context, experiment.id, by.evidenceDigest ?? ''), await evidenceAt(context, experiment.id, experiment.evidenceDigest)];
  const reason = before && now ? reasonWords(evidenceDelta(before, now)) : null;
  return staleSentence({ reviewer: reviewer?.name ?? 'its reviewer', decidedAt: by.decidedAt, approvedDigest: by.evidenceDigest ?? '', currentDigest: experiment.evidenceDigest, reason });
}

export interface ExperimentAbilities { readonly edit: boolean; readonly comment: boolean; readonly requestReview: boolean; readonly approve: boolean; readonly requestChanges: boolean; readonly commentInReview: boolean; readonly share: boolean; readonly approveRefusal: string | null }

/** What this viewer may do with it now, decided by the same sentences as when they try. */
export async function abilitiesFor(context: Context, experiment: Row): Promise<ExperimentAbilities> {
  const viewer = viewerOf(context);
  const project = await projectOf(context, experiment.projectId);
  if (!project) return { edit: false, comment: false, requestReview: false, approve: false, requestChanges: false, commentInReview: false, share: false, approveRefusal: 'You may not see this experiment.' };
  const policy = await policyOf(context, project.id);
  const counts = (await runCountsOf(context, experiment.id)) ?? NO_RUNS;
  const by = { personId: viewer.personId, role: roleIn(viewer, project), ...(policy && { rule: policy }) };
  const reviewable = { ...experiment, countedRuns: counts.counted, loggedRuns: counts.logged, pending: experiment.analysedVersion < experiment.inputsVersion };
  const refused = (decision: ReviewDecision) => reviewRefusal(by, decision, reviewable);
  const refusal = refused('APPROVE');
  const planned = experiment.hypothesisId !== null;
  return {
    edit: may(viewer, 'experiment.edit', project),
    comment: may(viewer, 'thread.comment', project),
    requestReview: planned && may(viewer, 'review.request', project),
    approve: refusal === null,
    requestChanges: refused('REQUEST_CHANGES') === null,
    commentInReview: refused('COMMENT') === null,
    share: planned && may(viewer, 'share.create', project),
    approveRefusal: refusal?.message ?? null,
  };
}
