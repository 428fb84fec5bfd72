import { isStale } from '../../../domain/reviews/approval.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import { viewerOf } from '../../context.ts';
import { holdsFor } from './holds.ts';
import { builder } from '../builder.ts';
import { experimentInSight, experimentOf, personOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { ExperimentRef, NodeRef, PersonRef, ReviewRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';

export const ReviewStateEnum = builder.enumType('ReviewState', { values: ['REQUESTED', 'APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const });

const additionsOf = batchedRows<string, readonly string[]>(async (ids, { reader }) => {
  const rows = await reader.reviewAddition.findMany({ where: { reviewId: { in: [...ids] } }, orderBy: [{ addedAt: 'asc' }, { id: 'asc' }] });
  return new Map([...Map.groupBy(rows, ({ reviewId }) => reviewId)].map(([id, own]) => [id, own.map(({ body }) => body)]));
});

const dismissalOf = batchedRows<string, Prisma.ReviewDismissalModel>(async (ids, { reader }) => new Map((await reader.reviewDismissal.findMany({ where: { reviewId: { in: [...ids] } } })).map((row) => [row.reviewId, row])));

const DismissalRef = builder.objectRef<Prisma.ReviewDismissalModel>('ReviewDismissal').implement({
  fields: (t) => ({
    reason: t.exposeString('reason'),
    at: t.expose('dismissedAt', { type: 'DateTime' }),
    by: t.field({ type: PersonRef, nullable: true, resolve: async ({ dismissedById }, _, context) => (await personOf(context, dismissedById)) ?? null }),
  }),
});

ReviewRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    experiment: t.field({ type: ExperimentRef, resolve: async (review, _, context) => (await experimentOf(context, review.experimentId)) as Prisma.ExperimentModel }),
    reviewer: t.field({ type: PersonRef, resolve: async (review, _, context) => (await personOf(context, review.reviewerId)) as Prisma.PersonModel }),
    requestedBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ requestedById }, _, context) => (requestedById === null ? null : ((await personOf(context, requestedById)) ?? null)) }),
    state: t.field({ type: ReviewStateEnum, resolve: (review) => review.state }),
    body: t.string({ nullable: true, description: 'With what the reviewer added later.', resolve: async (review, _, context) => [review.body, ...((await additionsOf(context, review.id)) ?? [])].filter((part) => part !== null).join('\n\n') || null }),
    evidenceDigest: t.exposeString('evidenceDigest', { nullable: true }),
    stale: t.boolean({
      description: 'True when the evidence changed after this decision.',
      resolve: async (review, _, context) => {
        const experiment = await experimentOf(context, review.experimentId);
        return experiment !== undefined && isStale(review, experiment.evidenceDigest) && !(await holdsFor(context, experiment))(review.evidenceDigest ?? '');
      },
    }),
    ethics: t.exposeBoolean('ethics', { description: 'Decided by somebody who could speak for ethics then.' }),
    dismissal: t.field({ type: DismissalRef, nullable: true, description: 'Why it says nothing any more; null while it does.', resolve: async ({ id }, _, context) => (await dismissalOf(context, id)) ?? null }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    decidedAt: t.expose('decidedAt', { type: 'DateTime', nullable: true }),
  }),
});

builder.objectField(ViewerRef, 'reviewRequests', (t) =>
  t.field({
    type: [ReviewRef],
    description: 'Reviews asked of the viewer and not yet given, newest first.',
    args: { first: t.arg.int({ defaultValue: 50 }) },
    resolve: (_, { first }, context) => context.reader.review.findMany({
      where: { reviewerId: viewerOf(context).personId, state: 'REQUESTED', experiment: { ...experimentInSight(context), deletedAt: null } },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: pageSize(first),
    }),
  }),
);
