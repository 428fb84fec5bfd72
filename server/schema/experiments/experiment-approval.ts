import { approvalOf, staleSentence, type Approval } from '../../../domain/reviews/approval.ts';
import { reviewRefusal } from '../../../domain/reviews/review.ts';
import { may, mayIn } from '../../../domain/access/policy.ts';
import { roleIn, rolesFrom } from '../../../domain/access/viewer.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batched } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { personOf, projectOf } from '../loaders.ts';
import { NO_RUNS, reviewsOf, runCountsOf } from './experiment-lists.ts';

type Row = Prisma.ExperimentModel;

export async function approvalFor(context: Context, experiment: Row): Promise<Approval<Prisma.ReviewModel>> {
  const reviews = (await reviewsOf(context, experiment.id)) ?? [];
  const objectors = reviews.some(({ state }) => state === 'CHANGES_REQUESTED') ? await objectorsOf(context, experiment.id) : undefined;
  return approvalOf(experiment, reviews, (personId) => objectors?.has(personId) ?? false);
}

/** Those who once asked for changes and may still review. */
const objectorsOf = batched<string, ReadonlySet<string>>(async (experimentIds, { reader }) => {
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
  return staleSentence({ reviewer: reviewer?.name ?? 'its reviewer', decidedAt: by.decidedAt, approvedDigest: by.evidenceDigest ?? '', currentDigest: experiment.evidenceDigest });
}

export interface ExperimentAbilities { readonly edit: boolean; readonly comment: boolean; readonly requestReview: boolean; readonly approve: boolean; readonly share: boolean; readonly approveRefusal: string | null }

/** What this viewer may do with it now, decided by the same sentences as when they try. */
export async function abilitiesFor(context: Context, experiment: Row): Promise<ExperimentAbilities> {
  const viewer = viewerOf(context);
  const project = await projectOf(context, experiment.projectId);
  if (!project) return { edit: false, comment: false, requestReview: false, approve: false, share: false, approveRefusal: 'You may not see this experiment.' };
  const counts = (await runCountsOf(context, experiment.id)) ?? NO_RUNS;
  const refusal = reviewRefusal({ personId: viewer.personId, role: roleIn(viewer, project) }, 'APPROVE', { ...experiment, countedRuns: counts.counted, pending: experiment.analysedVersion < experiment.inputsVersion });
  const planned = experiment.hypothesisId !== null;
  return {
    edit: may(viewer, 'experiment.edit', project),
    comment: may(viewer, 'thread.comment', project),
    requestReview: planned && may(viewer, 'review.request', project),
    approve: refusal === null,
    share: planned && may(viewer, 'share.create', project),
    approveRefusal: refusal?.message ?? null,
  };
}
