import { may } from '../../../domain/access/policy.ts';
import { failureWords, MOST_NEEDS, type Need, type NeedKind } from '../../../domain/home/need.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { approvalFor, staleReasonFor } from '../experiments/experiment-approval.ts';
import { experimentKey } from '../experiments/experiment.ts';
import { experimentOf, projectOf } from '../loaders.ts';
import { visibleProjectIds } from './visible-ids.ts';

// What Lemma found that the viewer answers for. Each kind is one bounded statement, and its words come through loaders.

/** A failure that nobody took up in so many days is not urgent any more. */
const FAILURE_DAYS = 14;

/** What was found about an experiment has no record of its own: several may be found about one, so its kind is part of its name. */
const foundId = (kind: NeedKind, experimentId: string): string => `${kind.toLowerCase()}:${experimentId}`;

/** Approvals that the viewer gave, or that an experiment of theirs had: candidates by digest, then decided as everywhere else. */
export async function staleNeeds(context: Context): Promise<Need[]> {
  const { personId } = viewerOf(context);
  const projects = await visibleProjectIds(context);
  const rows = await context.reader.$queryRaw<{ id: string; given: boolean; decidedAt: Date }[]>`
    SELECT e.id, bool_or(r.reviewer_id = ${personId}) AS given, max(r.decided_at) AS "decidedAt" FROM reviews r JOIN experiments e ON e.id = r.experiment_id
    WHERE r.state = 'APPROVED' AND r.evidence_digest <> e.evidence_digest AND (r.reviewer_id = ${personId} OR e.owner_id = ${personId})
      AND e.project_id = ANY(${[...projects]}) AND e.deleted_at IS NULL AND e.archived_at IS NULL
    GROUP BY e.id ORDER BY "decidedAt" DESC LIMIT ${MOST_NEEDS}`;
  const needs = await Promise.all(rows.map(async ({ id, given }): Promise<Need | null> => {
    const experiment = await experimentOf(context, id);
    if (!experiment || (await approvalFor(context, experiment)).state !== 'STALE') return null;
    const reason = (await staleReasonFor(context, experiment)) ?? 'The evidence changed after it was approved.';
    return { id: foundId('STALE_APPROVAL', id), kind: 'STALE_APPROVAL', title: `${given ? 'Your approval' : 'The approval'} of “${experiment.name}” went stale`, reason, path: `/e/${await experimentKey(context, experiment)}`, experimentId: id, at: experiment.analysedAt ?? experiment.updatedAt, dueOn: null };
  }));
  return needs.filter((need) => need !== null);
}

interface Failures { readonly id: string; readonly failed: number; readonly unwell: number; readonly runs: number; readonly latest: string; readonly at: Date }

/** A run that makes an earlier failure of its like settled. */
const SETTLES = Prisma.sql`again.status = 'FINISHED' AND again.deleted_at IS NULL AND again.created_at > hurt.at`;

/** Runs of theirs, or of their experiments, that failed or are unwell while they run. A failure is settled when the run is excluded or deleted, or when the same variant and seed, or a run of the same name, was started again and finished. */
export async function failureNeeds(context: Context): Promise<Need[]> {
  const { personId } = viewerOf(context);
  const projects = await visibleProjectIds(context);
  const since = new Date(context.ports.clock.now().getTime() - FAILURE_DAYS * 86_400_000);
  const rows = await context.reader.$queryRaw<Failures[]>`
    WITH hurt AS (
      SELECT r.id, r.experiment_id, r.variant_id, r.seed, r.name, r.status, coalesce(h.since, r.ended_at, r.updated_at) AS at
      FROM runs r JOIN experiments e ON e.id = r.experiment_id LEFT JOIN run_health h ON h.run_id = r.id
      WHERE ((r.status = 'FAILED' AND r.updated_at > ${since}) OR (r.status = 'RUNNING' AND h.state <> 'HEALTHY')) AND r.deleted_at IS NULL AND r.excluded_at IS NULL AND r.archived_at IS NULL
        AND (r.created_by_id = ${personId} OR e.owner_id = ${personId}) AND e.project_id = ANY(${[...projects]}) AND e.deleted_at IS NULL AND e.archived_at IS NULL
    ), standing AS (
      -- Two questions with equal keys each, which are looked up: one with "or" compares each failure with every run of its experiment.
      SELECT * FROM hurt
      WHERE NOT EXISTS (SELECT 1 FROM runs again WHERE again.experiment_id = hurt.experiment_id AND again.name = hurt.name AND ${SETTLES})
        AND NOT EXISTS (SELECT 1 FROM runs again WHERE again.experiment_id = hurt.experiment_id AND again.variant_id = hurt.variant_id AND coalesce(again.seed, '') = coalesce(hurt.seed, '') AND ${SETTLES})
    )
    SELECT experiment_id AS id, (count(*) FILTER (WHERE status = 'FAILED'))::int AS failed, (count(*) FILTER (WHERE status <> 'FAILED'))::int AS unwell, (array_agg(name ORDER BY at DESC, id))[1] AS latest, max(at) AS at,
      (SELECT count(*)::int FROM runs r WHERE r.experiment_id = standing.experiment_id AND r.deleted_at IS NULL) AS runs
    FROM standing GROUP BY experiment_id ORDER BY at DESC LIMIT ${MOST_NEEDS}`;
  const needs = await Promise.all(rows.map(async ({ id, at, ...figures }): Promise<Need | null> => {
    const experiment = await experimentOf(context, id);
    return experiment ? { id: foundId('FAILURE', id), kind: 'FAILURE', title: `Runs of “${experiment.name}” need a look`, reason: failureWords(figures), path: `/e/${await experimentKey(context, experiment)}`, experimentId: id, at, dueOn: null } : null;
  }));
  return needs.filter((need) => need !== null);
}

/** At most so many: who has more of them knows. */
const MOST_EXPLORATORY = 5;

/** Experiments that run without a hypothesis, of the viewer's own or of nobody's: the next thing to write. */
export async function exploratoryNeeds(context: Context): Promise<Need[]> {
  const viewer = viewerOf(context);
  const rows = await context.reader.experiment.findMany({
    where: { hypothesisId: null, deletedAt: null, archivedAt: null, projectId: { in: [...(await visibleProjectIds(context))] }, OR: [{ ownerId: viewer.personId }, { ownerId: null }], runs: { some: { deletedAt: null } } },
    orderBy: [{ updatedAt: 'desc' }, { id: 'desc' }], take: MOST_EXPLORATORY,
  });
  const needs = await Promise.all(rows.map(async (experiment): Promise<Need | null> => {
    const project = await projectOf(context, experiment.projectId);
    if (!project || !may(viewer, 'experiment.edit', project)) return null;
    return { id: foundId('EXPLORATORY', experiment.id), kind: 'EXPLORATORY', title: `“${experiment.name}” has no hypothesis yet`, reason: 'it cannot be reviewed or shared before someone says what it tests', path: `/e/${await experimentKey(context, experiment)}`, experimentId: experiment.id, at: experiment.updatedAt, dueOn: null };
  }));
  return needs.filter((need) => need !== null);
}
