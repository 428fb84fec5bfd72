import type { Prisma } from '../../../generated/prisma/client.ts';
import { batched } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { builder, connectionCost } from '../builder.ts';
import { ageCursor, NEWEST_FIRST, olderThan } from '../children.ts';
import { connectionOf, pageFrom } from '../connection.ts';
import { approvalFor } from '../experiments/experiment-approval.ts';
import { pageSize } from '../page-size.ts';
import { HypothesisRef, ProjectRef } from '../types.ts';

const STAGES = ['STATED', 'TESTED', 'DECIDED', 'APPROVED'] as const;
type Stage = (typeof STAGES)[number];

const FunnelStageEnum = builder.enumType('FunnelStage', { values: STAGES, description: 'Stated; tested by a run; decided by a verdict other than inconclusive; with an approval that holds. Each includes those after it.' });

/** Of so many experiments, those approved last, it is looked up whether their approval holds. */
const MOST_APPROVALS = 500;

/** Hypotheses with an experiment whose approval holds, by project: decided as everywhere else. */
const approvedOf = batched<string, readonly string[]>(async (projectIds, context) => {
  const experiments = await context.reader.experiment.findMany({
    where: { projectId: { in: [...projectIds] }, hypothesisId: { not: null }, deletedAt: null, archivedAt: null, reviews: { some: { state: 'APPROVED' } } }, orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }], take: MOST_APPROVALS,
  });
  const states = await Promise.all(experiments.map((experiment) => approvalFor(context, experiment)));
  return new Map(projectIds.map((projectId) => [projectId, experiments.filter((experiment, index) => experiment.projectId === projectId && states[index]?.state === 'APPROVED').flatMap(({ hypothesisId }) => hypothesisId ?? [])]));
});

/** The one sentence of each stage, for its number and for the list behind it. */
async function atStage(context: Context, projectId: string, stage: Stage): Promise<Prisma.HypothesisWhereInput> {
  const stated = { projectId, archivedAt: null };
  const used = { deletedAt: null, archivedAt: null };
  switch (stage) {
    case 'STATED': return stated;
    case 'TESTED': return { ...stated, experiments: { some: { ...used, runs: { some: { deletedAt: null } } } } };
    case 'DECIDED': return { ...stated, experiments: { some: { ...used, verdict: { outcome: { not: 'INCONCLUSIVE' } } } } };
    case 'APPROVED': return { ...stated, id: { in: [...((await approvedOf(context, projectId)) ?? [])] } };
  }
}

const StepRef = builder.objectRef<{ readonly stage: Stage; readonly count: number }>('FunnelStep').implement({
  fields: (t) => ({ stage: t.field({ type: FunnelStageEnum, resolve: ({ stage }) => stage }), count: t.exposeInt('count', { description: 'Hypotheses that came so far.' }) }),
});

builder.objectFields(ProjectRef, (t) => ({
  funnel: t.field({
    type: [StepRef],
    description: 'How far the hypotheses came.',
    resolve: ({ id }, _, context) => Promise.all(STAGES.map(async (stage) => ({ stage, count: await context.reader.hypothesis.count({ where: await atStage(context, id, stage) }) }))),
  }),
  hypothesesAtStage: t.field({
    type: connectionOf('Hypothesis', HypothesisRef),
    description: 'The hypotheses behind a number of the funnel, newest first.',
    args: { stage: t.arg({ type: FunnelStageEnum, required: true }), first: t.arg.int(), after: t.arg.string() },
    complexity: connectionCost,
    resolve: async ({ id }, { stage, first, after }, context) => {
      const where = await atStage(context, id, stage);
      const rows = await context.reader.hypothesis.findMany({ where: { AND: [where, olderThan(after)] }, orderBy: [...NEWEST_FIRST], take: pageSize(first) + 1 });
      return pageFrom({ rows, first, after, cursor: ageCursor, totalCount: () => context.reader.hypothesis.count({ where }) });
    },
  }),
}));
