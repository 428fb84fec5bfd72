import { Prisma } from '../../../generated/prisma/client.ts';
import type { Due, OpenAction, QuietHypothesis, Result, Spend, Week, WeekResult } from '../../../domain/meetings/week.ts';
import type { Tx } from '../tx.ts';

interface Stretch { readonly projectId: string; readonly from: Date; readonly to: Date }

/** More than a week of a large team holds; what is beyond is older or smaller. */
const MOST_RESULTS = 2_000;
const MOST_OTHERS = 500;

/** What happened in a project, in six statements whatever its size. */
export async function readWeek(tx: Tx, stretch: Stretch): Promise<Week> {
  return {
    results: await results(tx, stretch),
    earlier: await earlier(tx, stretch),
    quiet: await quiet(tx, stretch),
    spends: await spends(tx, stretch),
    due: await due(tx, stretch),
    openActions: await openActions(tx, stretch),
  };
}

const FIGURES = Prisma.sql`
  e.id AS "experimentId", p.key || '-' || e.number AS key, e.name, e.hypothesis_id AS "hypothesisId", h.change, v.metric, h.direction::text AS direction, h.min_effect AS "minEffect",
  v.outcome::text AS outcome, v.effect, v.ci_low AS "ciLow", v.ci_high AS "ciHigh", v.p_value AS "pValue", v.baseline_runs AS "baselineRuns", v.treatment_runs AS "treatmentRuns"`;
const SEEN = Prisma.sql`e.deleted_at IS NULL AND e.archived_at IS NULL`;

/** Current verdicts that were reached in the stretch, with who and what hangs on the experiment. What guests of a share link began is no interest of the team. */
const results = (tx: Tx, { projectId, from, to }: Stretch): Promise<WeekResult[]> => tx.$queryRaw<WeekResult[]>`
  WITH own AS (
    SELECT e.owner_id, ${FIGURES} FROM experiments e JOIN projects p ON p.id = e.project_id JOIN verdicts v ON v.id = e.verdict_id LEFT JOIN hypotheses h ON h.id = e.hypothesis_id
    WHERE e.project_id = ${projectId} AND ${SEEN} AND v.computed_at >= ${from} AND v.computed_at < ${to} ORDER BY v.computed_at DESC LIMIT ${MOST_RESULTS}
  ), hanging AS (
    SELECT own."experimentId", 'e ' || c.experiment_id AS thing, e.owner_id AS person, true AS child FROM own JOIN experiment_parents c ON c.parent_id = own."experimentId" JOIN experiments e ON e.id = c.experiment_id WHERE ${SEEN}
    UNION SELECT own."experimentId", 'e ' || e.id, e.owner_id, false FROM own JOIN experiments e ON e.hypothesis_id = own."hypothesisId" AND e.id <> own."experimentId" WHERE ${SEEN}
    UNION SELECT own."experimentId", 't ' || t.id, t.created_by_id, false FROM own JOIN threads t ON t.subject_id = own."experimentId" JOIN people b ON b.id = t.created_by_id
  )
  SELECT own.*, (SELECT count(DISTINCT thing)::int FROM hanging n WHERE n."experimentId" = own."experimentId") AS followers,
    (SELECT count(DISTINCT thing)::int FROM hanging n WHERE n."experimentId" = own."experimentId" AND child) AS children,
    (SELECT count(DISTINCT person)::int FROM hanging n WHERE n."experimentId" = own."experimentId" AND person IS DISTINCT FROM own.owner_id) AS people
  FROM own ORDER BY own.key`;

/** The last verdict of each experiment before the stretch. */
const earlier = (tx: Tx, { projectId, from }: Stretch): Promise<Result[]> => tx.$queryRaw<Result[]>`
  SELECT ${FIGURES} FROM experiments e JOIN projects p ON p.id = e.project_id LEFT JOIN hypotheses h ON h.id = e.hypothesis_id
    JOIN LATERAL (SELECT * FROM verdicts x WHERE x.experiment_id = e.id AND x.computed_at < ${from} ORDER BY x.computed_at DESC LIMIT 1) v ON true
  WHERE e.project_id = ${projectId} AND ${SEEN} ORDER BY v.computed_at DESC, e.id LIMIT ${MOST_RESULTS}`;

/** Hypotheses under test for which nothing runs. */
const quiet = (tx: Tx, { projectId, to }: Stretch): Promise<QuietHypothesis[]> => tx.$queryRaw<QuietHypothesis[]>`
  SELECT h.id AS "hypothesisId", h.statement, r.runs::int AS runs, r.hours, extract(epoch FROM ${to}::timestamptz - r.last)::float8 / 86400 AS "quietDays"
  FROM hypotheses h JOIN LATERAL (
    SELECT count(*) AS runs, max(coalesce(r.ended_at, r.created_at)) AS last, count(*) FILTER (WHERE r.status IN ('RUNNING', 'SCHEDULED')) AS active,
      coalesce(sum(extract(epoch FROM r.ended_at - r.started_at)), 0)::float8 / 3600 AS hours
    FROM experiments e JOIN runs r ON r.experiment_id = e.id WHERE e.hypothesis_id = h.id AND ${SEEN} AND r.deleted_at IS NULL
  ) r ON r.runs > 0 AND r.active = 0
  WHERE h.project_id = ${projectId} AND h.archived_at IS NULL AND h.status IN ('TESTING', 'INCONCLUSIVE') ORDER BY r.last DESC, h.id LIMIT ${MOST_OTHERS}`;

/** Hours that runs took within the stretch. Lemma knows time, and no prices yet. */
const spends = (tx: Tx, { projectId, from, to }: Stretch): Promise<Spend[]> => tx.$queryRaw<Spend[]>`
  SELECT e.id AS "experimentId", p.key || '-' || e.number AS key, e.name, count(*)::int AS runs, coalesce(v.outcome IN ('SUPPORTED', 'REFUTED', 'EQUIVALENT'), false) AS decided, e.hypothesis_id IS NULL AS exploratory,
    coalesce(sum(greatest(0, extract(epoch FROM least(coalesce(r.ended_at, ${to}), ${to}) - greatest(r.started_at, ${from})))), 0)::float8 / 3600 AS hours
  FROM experiments e JOIN projects p ON p.id = e.project_id JOIN runs r ON r.experiment_id = e.id LEFT JOIN verdicts v ON v.id = e.verdict_id
  WHERE e.project_id = ${projectId} AND ${SEEN} AND r.deleted_at IS NULL AND r.started_at < ${to} AND coalesce(r.ended_at, ${to}) >= ${from}
  GROUP BY e.id, p.key, v.outcome ORDER BY hours DESC, e.id LIMIT ${MOST_OTHERS}`;

/** Reviews that were asked for, and approvals that no other one of the evidence of now stands beside. */
const due = (tx: Tx, { projectId, to }: Stretch): Promise<Due[]> => tx.$queryRaw<Due[]>`
  SELECT d.kind, e.id AS "experimentId", p.key || '-' || e.number AS key, e.name, extract(epoch FROM ${to}::timestamptz - min(d.since))::float8 / 86400 AS "waitingDays", array_agg(DISTINCT n.name) AS "waitsFor"
  FROM experiments e JOIN projects p ON p.id = e.project_id JOIN LATERAL (
    SELECT 'review' AS kind, r.created_at AS since, r.reviewer_id FROM reviews r WHERE r.experiment_id = e.id AND r.state = 'REQUESTED'
    UNION ALL SELECT 'stale-approval', e.analysed_at, r.reviewer_id FROM reviews r WHERE r.experiment_id = e.id AND r.state = 'APPROVED' AND r.evidence_digest IS DISTINCT FROM e.evidence_digest
      AND NOT EXISTS (SELECT 1 FROM reviews o WHERE o.experiment_id = e.id AND o.state = 'APPROVED' AND o.evidence_digest = e.evidence_digest)
  ) d ON true JOIN people n ON n.id = d.reviewer_id
  WHERE e.project_id = ${projectId} AND ${SEEN} AND d.since IS NOT NULL GROUP BY d.kind, e.id, p.key ORDER BY min(d.since), e.id LIMIT ${MOST_OTHERS}`;

const openActions = (tx: Tx, { projectId, to }: Stretch): Promise<OpenAction[]> => tx.$queryRaw<OpenAction[]>`
  SELECT a.id, a.body, n.name AS "ownerName", (${to}::timestamptz AT TIME ZONE 'UTC')::date - a.due_on AS "overdueDays"
  FROM action_items a JOIN people n ON n.id = a.owner_id WHERE a.project_id = ${projectId} AND a.state = 'OPEN' ORDER BY a.due_on NULLS LAST, a.created_at, a.id LIMIT ${MOST_OTHERS}`;
