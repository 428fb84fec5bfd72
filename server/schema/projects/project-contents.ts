import type { Prisma } from '../../../generated/prisma/client.ts';
import { batchedRows } from '../../batched.ts';
import type { Context } from '../../context.ts';
import { builder, connectionCost } from '../builder.ts';
import { ageCursor, NEWEST_FIRST, olderThan, type PageArgs } from '../children.ts';
import { connectionOf, pageFrom } from '../connection.ts';
import { projectMetricKeys } from '../experiments/metric-keys.ts';
import { HypothesisStatusEnum } from '../hypotheses/hypothesis.ts';
import { pageSize } from '../page-size.ts';
import { ExperimentRef, HypothesisRef, ProjectRef } from '../types.ts';

// What a project holds. Its own facts are in project.ts.

interface Counts { readonly experiments: number; readonly hypotheses: number; readonly runs: number; readonly active: number }

/** Archived and deleted things are not counted. */
const countsOf = batchedRows<string, Counts>(async (projectIds, { reader }) => {
  const rows = await reader.$queryRaw<{ id: string; experiments: bigint; hypotheses: bigint; runs: bigint; active: bigint }[]>`
    SELECT p.id, (SELECT count(*) FROM experiments e WHERE e.project_id = p.id AND e.deleted_at IS NULL AND e.archived_at IS NULL) AS experiments,
      (SELECT count(*) FROM hypotheses h WHERE h.project_id = p.id AND h.archived_at IS NULL) AS hypotheses, r.runs, r.active
    FROM projects p LEFT JOIN LATERAL (
      SELECT count(*) AS runs, count(*) FILTER (WHERE r.status IN ('RUNNING', 'SCHEDULED')) AS active
      FROM experiments e JOIN runs r ON r.experiment_id = e.id WHERE e.project_id = p.id AND e.deleted_at IS NULL AND r.deleted_at IS NULL
    ) r ON true WHERE p.id = ANY(${[...projectIds]})`;
  return new Map(rows.map((row) => [row.id, { experiments: Number(row.experiments), hypotheses: Number(row.hypotheses), runs: Number(row.runs), active: Number(row.active) }]));
});

const countOf = async (context: Context, id: string, what: keyof Counts): Promise<number> => (await countsOf(context, id))?.[what] ?? 0;

async function hypothesesPage(context: Context, where: Prisma.HypothesisWhereInput, { first, after }: PageArgs) {
  const rows = await context.reader.hypothesis.findMany({ where: { AND: [where, olderThan(after)] }, orderBy: [...NEWEST_FIRST], take: pageSize(first) + 1 });
  return pageFrom({ rows, first, after, cursor: ageCursor, totalCount: () => context.reader.hypothesis.count({ where }) });
}

async function experimentsPage(context: Context, where: Prisma.ExperimentWhereInput, { first, after }: PageArgs) {
  const rows = await context.reader.experiment.findMany({ where: { AND: [where, olderThan(after)] }, orderBy: [...NEWEST_FIRST], take: pageSize(first) + 1 });
  return pageFrom({ rows, first, after, cursor: ageCursor, totalCount: () => context.reader.experiment.count({ where }) });
}

/** Archived ones only, or those in use only; null for both. */
const archivedIs = (archived: boolean | null | undefined) => (archived === null || archived === undefined ? {} : { archivedAt: archived ? { not: null } : null });

builder.objectFields(ProjectRef, (t) => ({
  hypotheses: t.field({
    type: connectionOf('Hypothesis', HypothesisRef),
    description: 'Newest first; archived ones instead with archived: true.',
    args: { first: t.arg.int(), after: t.arg.string(), status: t.arg({ type: [HypothesisStatusEnum] }), archived: t.arg.boolean({ defaultValue: false }) },
    complexity: connectionCost,
    resolve: (project, { status, archived, ...page }, context) => hypothesesPage(context, { projectId: project.id, ...archivedIs(archived), ...(status ? { status: { in: status } } : {}) }, page),
  }),
  experiments: t.field({
    type: connectionOf('Experiment', ExperimentRef),
    description: 'Newest first; archived and deleted ones instead with archived: true.',
    args: { first: t.arg.int(), after: t.arg.string(), exploratory: t.arg.boolean(), archived: t.arg.boolean({ defaultValue: false }) },
    complexity: connectionCost,
    resolve: (project, { exploratory, archived, ...page }, context) => {
      const planned = exploratory === null || exploratory === undefined ? {} : { hypothesisId: exploratory ? null : { not: null } };
      const shown = archived === true ? { OR: [{ archivedAt: { not: null } }, { deletedAt: { not: null } }] } : { deletedAt: null, ...archivedIs(archived) };
      return experimentsPage(context, { projectId: project.id, ...shown, ...planned }, page);
    },
  }),
  experimentCount: t.int({ resolve: ({ id }, _, context) => countOf(context, id, 'experiments') }),
  hypothesisCount: t.int({ resolve: ({ id }, _, context) => countOf(context, id, 'hypotheses') }),
  runCount: t.int({ resolve: ({ id }, _, context) => countOf(context, id, 'runs') }),
  activeRunCount: t.int({ resolve: ({ id }, _, context) => countOf(context, id, 'active') }),
  metricKeys: t.stringList({ description: 'Names of metrics logged in this project, most used first.', args: { first: t.arg.int({ defaultValue: 200 }) }, resolve: ({ id }, { first }, context) => projectMetricKeys(context, id, first ?? 200) }),
}));
