import { newSince } from '../../../domain/home/look.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { experimentOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { ExperimentRef } from '../types.ts';
import { VerdictOutcomeEnum } from '../verdicts/comparison.ts';
import { ViewerRef } from '../viewer/viewer.ts';
import { visibleProjectIds } from './visible-ids.ts';

type Outcome = 'SUPPORTED' | 'REFUTED' | 'EQUIVALENT' | 'INCONCLUSIVE';

/** All that is new about one experiment: a sweep of 500 runs is one of these. */
interface News {
  readonly experimentId: string; readonly at: Date; readonly judged: boolean; readonly before: Outcome | null;
  readonly newRuns: number; readonly failedRuns: number; readonly approvals: number; readonly objections: number; readonly comments: number;
}

const NewsRef = builder.objectRef<News>('ExperimentNews').implement({
  description: 'What is new about one experiment since the viewer last looked, however much it is.',
  fields: (t) => ({
    experiment: t.field({ type: ExperimentRef, nullable: true, resolve: async ({ experimentId }, _, context) => (await experimentOf(context, experimentId)) ?? null }),
    at: t.expose('at', { type: 'DateTime', description: 'When the newest of it happened.' }),
    judged: t.exposeBoolean('judged', { description: 'There is a new verdict: the one it has now.' }),
    outcomeBefore: t.field({ type: VerdictOutcomeEnum, nullable: true, description: 'What the verdict was at the last look; null when there was none.', resolve: ({ before }) => before }),
    newRuns: t.exposeInt('newRuns', { description: 'Runs begun since.' }),
    failedRuns: t.exposeInt('failedRuns', { description: 'Those of them that failed.' }),
    approvals: t.exposeInt('approvals', { description: 'Given by others since.' }),
    objections: t.exposeInt('objections', { description: 'Changes that others asked for since.' }),
    comments: t.exposeInt('comments', { description: 'By others, on it and on its runs, since.' }),
  }),
});

const HomeNewsRef = builder.objectRef<{ readonly since: Date; readonly items: readonly News[]; readonly more: boolean }>('HomeNews').implement({
  description: 'What changed since the viewer last looked at home, one line an experiment, the newest first.',
  fields: (t) => ({
    since: t.expose('since', { type: 'DateTime', description: 'When this visit began to count: the end of the visit before; a week ago for who never looked.' }),
    items: t.field({ type: [NewsRef], resolve: ({ items }) => [...items] }),
    more: t.exposeBoolean('more', { description: 'There is news of more experiments than these.' }),
  }),
});

/** One statement over four tables by the time of what is new; the outcome before is looked up for the experiments shown. */
async function newsSince(context: Context, since: Date, take: number): Promise<News[]> {
  const { personId } = viewerOf(context);
  const projects = await visibleProjectIds(context);
  return context.reader.$queryRaw<News[]>`
    WITH fresh AS (
      SELECT experiment_id, max(created_at) AS at, count(*) AS runs, count(*) FILTER (WHERE status = 'FAILED') AS failed, 0::bigint AS judged, 0::bigint AS approvals, 0::bigint AS objections, 0::bigint AS comments
        FROM runs WHERE created_at > ${since} AND deleted_at IS NULL GROUP BY 1
      UNION ALL SELECT experiment_id, max(computed_at), 0, 0, count(*), 0, 0, 0 FROM verdicts WHERE computed_at > ${since} GROUP BY 1
      UNION ALL SELECT experiment_id, max(decided_at), 0, 0, 0, count(*) FILTER (WHERE state = 'APPROVED'), count(*) FILTER (WHERE state = 'CHANGES_REQUESTED'), 0
        FROM reviews WHERE decided_at > ${since} AND reviewer_id <> ${personId} AND state IN ('APPROVED', 'CHANGES_REQUESTED') GROUP BY 1
      UNION ALL SELECT coalesce(r.experiment_id, t.subject_id), max(c.created_at), 0, 0, 0, 0, 0, count(*)
        FROM comments c JOIN threads t ON t.id = c.thread_id LEFT JOIN runs r ON r.id = t.subject_id
        WHERE c.created_at > ${since} AND c.deleted_at IS NULL AND c.author_id <> ${personId} GROUP BY 1
    )
    SELECT shown.*, (SELECT v.outcome FROM verdicts v WHERE v.experiment_id = shown."experimentId" AND v.computed_at <= ${since} ORDER BY v.computed_at DESC LIMIT 1) AS before
    FROM (
      SELECT f.experiment_id AS "experimentId", max(f.at) AS at, sum(f.judged) > 0 AS judged, sum(f.runs)::int AS "newRuns", sum(f.failed)::int AS "failedRuns",
        sum(f.approvals)::int AS approvals, sum(f.objections)::int AS objections, sum(f.comments)::int AS comments
      FROM fresh f JOIN experiments e ON e.id = f.experiment_id WHERE e.project_id = ANY(${[...projects]}) AND e.deleted_at IS NULL AND e.archived_at IS NULL
      GROUP BY 1 ORDER BY (sum(f.judged) + sum(f.approvals) + sum(f.objections) > 0) DESC, at DESC, 1 LIMIT ${take}
    ) AS shown`;
}

builder.objectField(ViewerRef, 'news', (t) => t.field({
  type: HomeNewsRef,
  description: 'What changed since the viewer last looked at home: verdicts and decisions before runs and comments. Reading it is not looking: lookAtHome is.',
  args: { first: t.arg.int({ defaultValue: 20 }) },
  resolve: async ({ personId }, { first }, context) => {
    const size = pageSize(first, 20);
    const look = await context.reader.homeLook.findUnique({ where: { personId }, select: { since: true, lookedAt: true } });
    const since = new Date(newSince(look && { sinceMs: look.since.getTime(), lookedAtMs: look.lookedAt.getTime() }, context.ports.clock.now().getTime()));
    const items = await newsSince(context, since, size + 1);
    return { since, items: items.slice(0, size), more: items.length > size };
  },
}));
