import { may } from '../../../domain/access/policy.ts';
import { gradeHypothesis, type GradeReason } from '../../../domain/hypotheses/grade.ts';
import { HYPOTHESIS_STATUSES } from '../../../domain/hypotheses/hypothesis.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf } from '../../context.ts';
import { builder, connectionCost } from '../builder.ts';
import { childConnection } from '../children.ts';
import { connectionOf } from '../connection.ts';
import { experimentInSight, hypothesisOf, personOf, projectOf } from '../loaders.ts';
import { DiscussedRef, ExperimentRef, HypothesisRef, NodeRef, PersonRef, ProjectRef } from '../types.ts';

export const DirectionEnum = builder.enumType('Direction', { values: ['INCREASE', 'DECREASE'] as const });
export const HypothesisStatusEnum = builder.enumType('HypothesisStatus', { values: HYPOTHESIS_STATUSES });
export const HypothesisGradeEnum = builder.enumType('HypothesisGrade', { values: ['STRONG', 'FAIR', 'WEAK', 'UNFALSIFIABLE'] as const });

export const GradeReasonRef = builder.objectRef<GradeReason>('GradeReason').implement({
  description: 'part: change, metric, direction, minEffect, because or guardrails',
  fields: (t) => ({ part: t.string({ resolve: (reason) => reason.part }), message: t.exposeString('message') }),
});

const HypothesisAbilities = builder.objectRef<{ readonly edit: boolean; readonly comment: boolean; readonly share: boolean }>('HypothesisAbilities').implement({
  fields: (t) => ({ edit: t.exposeBoolean('edit'), comment: t.exposeBoolean('comment'), share: t.exposeBoolean('share') }),
});

/** The evidence ledger: what tested it, newest first. Tests that moved to projects out of sight are left out. */
const experimentsOf = childConnection<Prisma.ExperimentModel>({
  table: Prisma.sql`experiments`,
  parent: Prisma.sql`hypothesis_id`,
  condition: Prisma.sql`deleted_at IS NULL`,
  load: (ids, context) => context.reader.experiment.findMany({ where: { id: { in: [...ids] }, ...experimentInSight(context) } }),
});

HypothesisRef.implement({
  interfaces: [NodeRef, DiscussedRef],
  fields: (t) => ({
    version: t.exposeInt('version', { description: 'Counts its changes; see updateHypothesis.' }),
    statement: t.exposeString('statement'),
    change: t.exposeString('change', { nullable: true }),
    because: t.exposeString('because', { nullable: true }),
    metric: t.exposeString('metric', { nullable: true }),
    direction: t.field({ type: DirectionEnum, nullable: true, resolve: (hypothesis) => hypothesis.direction }),
    minEffect: t.exposeFloat('minEffect', { nullable: true }),
    guardrails: t.exposeStringList('guardrails'),
    status: t.field({ type: HypothesisStatusEnum, resolve: (hypothesis) => hypothesis.status }),
    grade: t.field({ type: HypothesisGradeEnum, resolve: (hypothesis) => gradeHypothesis(hypothesis).grade }),
    gradeReasons: t.field({ type: [GradeReasonRef], description: 'What is missing or weak, and why it matters; empty for a strong hypothesis.', resolve: (hypothesis) => [...gradeHypothesis(hypothesis).reasons] }),
    project: t.field({ type: ProjectRef, resolve: async (hypothesis, _, context) => (await projectOf(context, hypothesis.projectId)) as Prisma.ProjectModel }),
    author: t.field({ type: PersonRef, nullable: true, resolve: ({ authorId }, _, context) => (authorId === null ? null : personOf(context, authorId)) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    archivedAt: t.expose('archivedAt', { type: 'DateTime', nullable: true }),
    experiments: t.field({ type: connectionOf('Experiment', ExperimentRef), args: { first: t.arg.int() }, complexity: connectionCost, resolve: (hypothesis, args, context) => experimentsOf(context, hypothesis.id, args) }),
    viewerCan: t.field({
      type: HypothesisAbilities,
      resolve: async (hypothesis, _, context) => {
        const project = await projectOf(context, hypothesis.projectId);
        const viewer = viewerOf(context);
        return { edit: project !== undefined && may(viewer, 'hypothesis.edit', project), comment: project !== undefined && may(viewer, 'thread.comment', project), share: project !== undefined && may(viewer, 'share.create', project) };
      },
    }),
  }),
});

builder.queryField('hypothesis', (t) =>
  t.field({ type: HypothesisRef, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: async (_, { id }, context) => (await hypothesisOf(context, id)) ?? null }),
);
