import { bestOverTime, type Milestone, type Result, type Standing } from '../../../domain/dashboards/best-over-time.ts';
import type { Reader } from '../../../adapters/postgres/reader.ts';
import { builder } from '../builder.ts';
import { DirectionEnum } from '../hypotheses/hypothesis.ts';
import { experimentOf } from '../loaders.ts';
import { approvalFor } from '../experiments/experiment-approval.ts';
import { ExperimentRef, ProjectRef } from '../types.ts';

type Direction = 'INCREASE' | 'DECREASE';
interface Claim { readonly metric: string; readonly direction: Direction; readonly count: number }
/** More supported verdicts than this on one metric are told from the newest on. */
const MOST_SUPPORTED = 200;
const MOST_CLAIMS = 50;

const MilestoneStandingEnum = builder.enumType('MilestoneStanding', { values: ['BASELINE', 'NEW_BEST', 'WITHIN_NOISE'] as const satisfies readonly Standing[], description: 'What the first verdict on the metric compared with; better than the best before beyond the noise; or supported, but within the noise of the best.' });

const MilestoneRef = builder.objectRef<Milestone>('Milestone').implement({
  description: "A supported verdict's treatment, or the baseline it all began with: the mean of its repeats with its 95 % interval.",
  fields: (t) => ({
    experiment: t.field({ type: ExperimentRef, nullable: true, resolve: async ({ experimentId }, _, context) => (await experimentOf(context, experimentId)) ?? null }),
    at: t.expose('at', { type: 'DateTime', description: 'When its verdict first was: supported. Of the baseline: when its last repeat ended.' }),
    standing: t.field({ type: MilestoneStandingEnum, resolve: ({ standing }) => standing }),
    approved: t.boolean({ description: 'It has an approval that holds.', resolve: async ({ experimentId }, _, context) => { const experiment = await experimentOf(context, experimentId); return experiment !== undefined && (await approvalFor(context, experiment)).state === 'APPROVED'; } }),
    n: t.exposeInt('n', { description: 'Repeats, at least two: one run is no result.' }),
    mean: t.exposeFloat('mean'),
    low: t.float({ nullable: true, description: 'Null when all repeats say the same.', resolve: ({ interval }) => interval?.low ?? null }),
    high: t.float({ nullable: true, resolve: ({ interval }) => interval?.high ?? null }),
    words: t.exposeString('words', { nullable: true, description: 'Of a new best: by how much it is better, with the interval.' }),
  }),
});

const BestResultRef = builder.objectRef<{ readonly metric: string; readonly direction: Direction; readonly milestones: readonly Milestone[] }>('BestResult').implement({
  description: 'How the best result of a metric moved, by verdicts alone: one run against one run is never an improvement.',
  fields: (t) => ({
    metric: t.exposeString('metric'),
    direction: t.field({ type: DirectionEnum, resolve: ({ direction }) => direction }),
    milestones: t.field({ type: [MilestoneRef], description: `The baseline, then what was supported, oldest first, at most the newest ${MOST_SUPPORTED}.`, resolve: ({ milestones }) => [...milestones] }),
  }),
});

const ClaimRef = builder.objectRef<Claim>('MetricClaim').implement({
  description: 'A metric that hypotheses of the project speak of.',
  fields: (t) => ({ metric: t.exposeString('metric'), direction: t.field({ type: DirectionEnum, resolve: ({ direction }) => direction }), count: t.exposeInt('count', { description: 'How many do.' }) }),
});

/** The baseline of the first verdict on the metric, as its runs stand now. */
async function baselineOf(reader: Reader, projectId: string, { metric, direction }: Pick<Claim, 'metric' | 'direction'>): Promise<Result | null> {
  const [baseline] = await reader.$queryRaw<Result[]>`
    SELECT e.id AS "experimentId", least(max(r.ended_at), e.at) AS at, array_agg(s.last_value ORDER BY r.id) AS values
    FROM (SELECT e.id, min(v.computed_at) AS at
      FROM experiments e JOIN hypotheses h ON h.id = e.hypothesis_id JOIN verdicts v ON v.experiment_id = e.id AND v.metric = ${metric}
      WHERE e.project_id = ${projectId} AND e.deleted_at IS NULL AND e.archived_at IS NULL AND h.direction = ${direction}::direction
      GROUP BY e.id ORDER BY at, e.id LIMIT 1) AS e
    JOIN variants b ON b.experiment_id = e.id AND b.role = 'BASELINE'
    JOIN runs r ON r.variant_id = b.id AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL
    JOIN metric_series s ON s.run_id = r.id AND s.key = ${metric} AND abs(s.last_value) <= 1e150
    GROUP BY e.id, e.at`;
  return baseline ?? null;
}

builder.objectFields(ProjectRef, (t) => ({
  claims: t.field({
    type: [ClaimRef],
    description: 'What its hypotheses want to move, most of them first.',
    resolve: ({ id }, _, { reader }) => reader.$queryRaw<Claim[]>`
      SELECT metric, direction, count(*)::int AS count FROM hypotheses WHERE project_id = ${id} AND archived_at IS NULL AND metric IS NOT NULL AND direction IS NOT NULL
      GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT ${MOST_CLAIMS}`,
  }),
  bestResult: t.field({
    type: BestResultRef,
    args: { metric: t.arg.string({ required: true }), direction: t.arg({ type: DirectionEnum, required: true }) },
    resolve: async ({ id }, { metric, direction }, { reader }) => {
      const [baseline, supported] = await Promise.all([baselineOf(reader, id, { metric, direction }), reader.$queryRaw<Result[]>`
        SELECT e.id AS "experimentId", e.at, array_agg(s.last_value ORDER BY r.id) AS values
        FROM (SELECT e.id, v.treatment_id, (SELECT min(first.computed_at) FROM verdicts first WHERE first.experiment_id = e.id AND first.outcome = 'SUPPORTED' AND first.metric = ${metric}) AS at
          FROM experiments e JOIN verdicts v ON v.id = e.verdict_id JOIN hypotheses h ON h.id = e.hypothesis_id
          WHERE e.project_id = ${id} AND e.deleted_at IS NULL AND e.archived_at IS NULL AND v.outcome = 'SUPPORTED' AND v.metric = ${metric} AND h.direction = ${direction}::direction
          ORDER BY v.computed_at DESC LIMIT ${MOST_SUPPORTED}) AS e
        JOIN runs r ON r.variant_id = e.treatment_id AND r.status = 'FINISHED' AND r.deleted_at IS NULL AND r.excluded_at IS NULL
        JOIN metric_series s ON s.run_id = r.id AND s.key = ${metric} AND abs(s.last_value) <= 1e150
        GROUP BY e.id, e.at`]);
      return { metric, direction, milestones: bestOverTime(direction, baseline, supported) };
    },
  }),
}));
