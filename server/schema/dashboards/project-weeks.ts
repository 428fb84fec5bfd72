import { checkWeeks, lastWeeks } from '../../../domain/dashboards/weeks.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { ProjectRef } from '../types.ts';

const COUNTED = ['runs', 'failedRuns', 'runHours', 'comments', 'reviews', 'supported', 'refuted', 'equivalent', 'inconclusive'] as const;
type Counts = Readonly<Record<(typeof COUNTED)[number], number>>;
interface Week extends Counts { readonly from: Date }

const WeekRef = builder.objectRef<Week>('ProjectWeek').implement({
  description: 'What happened in a project in one week, Monday to Sunday, UTC.',
  fields: (t) => ({
    from: t.expose('from', { type: 'DateTime' }),
    runs: t.exposeInt('runs', { description: 'Begun in the week.' }),
    failedRuns: t.exposeInt('failedRuns', { description: 'Those of them that failed.' }),
    runHours: t.exposeFloat('runHours', { description: 'Hours that the runs begun in the week took, failed and excluded ones too; those that go on, up to now.' }),
    comments: t.exposeInt('comments'),
    reviews: t.exposeInt('reviews', { description: 'Decisions of reviewers.' }),
    supported: t.exposeInt('supported', { description: 'Experiments whose last verdict of the week was this.' }),
    refuted: t.exposeInt('refuted'),
    equivalent: t.exposeInt('equivalent'),
    inconclusive: t.exposeInt('inconclusive'),
  }),
});

const NOTHING: Counts = { runs: 0, failedRuns: 0, runHours: 0, comments: 0, reviews: 0, supported: 0, refuted: 0, equivalent: 0, inconclusive: 0 };

/** One statement for all that is counted by week. */
async function countedWeeks({ reader }: Context, projectId: string, { from, now }: { readonly from: Date; readonly now: Date }): Promise<ReadonlyMap<number, Counts>> {
  const rows = await reader.$queryRaw<{ week: Date; what: string; n: number }[]>`
    WITH own AS MATERIALIZED (SELECT id FROM experiments WHERE project_id = ${projectId} AND deleted_at IS NULL),
    counted AS (
      SELECT date_trunc('week', r.started_at, 'UTC') AS week, count(*)::float8 AS runs, (count(*) FILTER (WHERE r.status = 'FAILED'))::float8 AS failed,
        sum(greatest(0, extract(epoch FROM coalesce(r.ended_at, CASE WHEN r.status = 'RUNNING' THEN ${now}::timestamptz ELSE r.started_at END) - r.started_at)))::float8 / 3600 AS hours
      FROM own JOIN runs r ON r.experiment_id = own.id WHERE r.started_at >= ${from} AND r.started_at <= ${now} AND r.deleted_at IS NULL GROUP BY 1
    )
    SELECT week, 'runs' AS what, runs AS n FROM counted UNION ALL SELECT week, 'failedRuns', failed FROM counted UNION ALL SELECT week, 'runHours', hours FROM counted
    UNION ALL SELECT date_trunc('week', c.created_at, 'UTC'), 'comments', count(*)::float8 FROM threads t JOIN comments c ON c.thread_id = t.id WHERE t.project_id = ${projectId} AND c.created_at >= ${from} AND c.deleted_at IS NULL GROUP BY 1
    UNION ALL SELECT date_trunc('week', r.decided_at, 'UTC'), 'reviews', count(*)::float8 FROM own JOIN reviews r ON r.experiment_id = own.id WHERE r.decided_at >= ${from} GROUP BY 1
    UNION ALL SELECT week, lower(outcome::text), count(*)::float8 FROM (
      SELECT DISTINCT ON (v.experiment_id, date_trunc('week', v.computed_at, 'UTC')) date_trunc('week', v.computed_at, 'UTC') AS week, v.outcome
      FROM own JOIN verdicts v ON v.experiment_id = own.id WHERE v.computed_at >= ${from} ORDER BY v.experiment_id, date_trunc('week', v.computed_at, 'UTC'), v.computed_at DESC) AS last GROUP BY 1, 2`;
  const weeks = new Map<number, Counts>();
  for (const { week, what, n } of rows) weeks.set(week.getTime(), { ...(weeks.get(week.getTime()) ?? NOTHING), [what]: n });
  return weeks;
}

builder.objectField(ProjectRef, 'weeks', (t) => t.field({
  type: [WeekRef],
  description: 'The last weeks, oldest first, this one included; empty ones too.',
  args: { last: t.arg.int({ defaultValue: 12 }) },
  resolve: async ({ id }, { last }, context) => {
    const now = context.ports.clock.now();
    const mondays = lastWeeks(now.getTime(), checkWeeks(last ?? 12));
    const counted = await countedWeeks(context, id, { from: new Date(mondays[0] ?? 0), now });
    return mondays.map((monday) => ({ from: new Date(monday), ...(counted.get(monday) ?? NOTHING) }));
  },
}));
