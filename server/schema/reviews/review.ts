import { isStale } from '../../../domain/reviews/approval.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { experimentInSight, experimentOf, personOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { ExperimentRef, NodeRef, PersonRef, ReviewRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';

export const ReviewStateEnum = builder.enumType('ReviewState', { values: ['REQUESTED', 'APPROVED', 'CHANGES_REQUESTED', 'COMMENTED'] as const });

ReviewRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    experiment: t.field({ type: ExperimentRef, resolve: async (review, _, context) => (await experimentOf(context, review.experimentId)) as Prisma.ExperimentModel }),
    reviewer: t.field({ type: PersonRef, resolve: async (review, _, context) => (await personOf(context, review.reviewerId)) as Prisma.PersonModel }),
    requestedBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ requestedById }, _, context) => (requestedById === null ? null : ((await personOf(context, requestedById)) ?? null)) }),
    state: t.field({ type: ReviewStateEnum, resolve: (review) => review.state }),
    body: t.exposeString('body', { nullable: true }),
    evidenceDigest: t.exposeString('evidenceDigest', { nullable: true }),
    stale: t.boolean({
      description: 'True when the evidence changed after this decision.',
      resolve: async (review, _, context) => isStale(review, (await experimentOf(context, review.experimentId))?.evidenceDigest ?? ''),
    }),
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
