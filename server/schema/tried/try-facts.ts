import type { Reader } from '../../../adapters/postgres/reader.ts';

/** What came of a variant, or of an experiment as a whole: its comparison with its own baseline. */
export interface Outcome {
  readonly outcome: 'SUPPORTED' | 'REFUTED' | 'EQUIVALENT' | 'INCONCLUSIVE';
  readonly metric: string;
  readonly effect: number | null;
  readonly ciLow: number | null;
  readonly ciHigh: number | null;
  readonly baselineRuns: number;
  readonly treatmentRuns: number;
}

/** What it took: every run, whether it ended well, failed, was stopped or was left out of the statistics. */
export interface Spent { readonly runs: number; readonly failedRuns: number; readonly hours: number; readonly lastAt: Date | null }
export const NOTHING_SPENT: Spent = { runs: 0, failedRuns: 0, hours: 0, lastAt: null };

type Of<Value> = ReadonlyMap<string, Value>;
type Row<Value> = Value & { readonly id: string };
const byId = <Value>(rows: readonly Row<Value>[]): Of<Value> => new Map(rows.map((row) => [row.id, row]));

/** Of variants, by their id, from the current verdict of their experiment. One of which no run counts was compared with nothing. */
export async function outcomesOfVariants(reader: Reader, variantIds: readonly string[], experimentIds: readonly string[]): Promise<Of<Outcome>> {
  return byId(await reader.$queryRaw<Row<Outcome>[]>`
    SELECT c."variantId" AS id, c.outcome, c.metric, c.effect, c."ciLow", c."ciHigh", coalesce(c."baselineRuns", 0) AS "baselineRuns", coalesce(c."treatmentRuns", 0) AS "treatmentRuns"
    FROM experiments e JOIN verdicts v ON v.id = e.verdict_id,
      jsonb_to_recordset(v.comparisons) AS c("variantId" text, outcome text, metric text, effect float8, "ciLow" float8, "ciHigh" float8, "baselineRuns" int, "treatmentRuns" int)
    WHERE e.id = ANY(${[...experimentIds]}) AND c."variantId" = ANY(${[...variantIds]}) AND c."treatmentRuns" > 0`);
}

/** Of experiments, by their id: the comparison that speaks for each. */
export async function outcomesOfExperiments(reader: Reader, experimentIds: readonly string[]): Promise<Of<Outcome>> {
  return byId(await reader.$queryRaw<Row<Outcome>[]>`
    SELECT e.id, v.outcome::text AS outcome, v.metric, v.effect, v.ci_low AS "ciLow", v.ci_high AS "ciHigh", v.baseline_runs AS "baselineRuns", v.treatment_runs AS "treatmentRuns"
    FROM experiments e JOIN verdicts v ON v.id = e.verdict_id WHERE e.id = ANY(${[...experimentIds]})`);
}

/** By variant, or by experiment: hours as dashboards count them, of runs that go on up to now. */
export async function spentOn(reader: Reader, what: { readonly variantIds: readonly string[]; readonly experimentIds: readonly string[] }, now: Date): Promise<Of<Spent>> {
  return byId(await reader.$queryRaw<Row<Spent>[]>`
    SELECT r.whose AS id, count(*)::int AS runs, (count(*) FILTER (WHERE r.status IN ('FAILED', 'KILLED')))::int AS "failedRuns", max(r.started_at) AS "lastAt",
      coalesce(sum(greatest(0, extract(epoch FROM coalesce(r.ended_at, CASE WHEN r.status = 'RUNNING' THEN ${now}::timestamptz ELSE r.started_at END) - r.started_at))), 0)::float8 / 3600 AS hours
    FROM (SELECT variant_id AS whose, status, started_at, ended_at FROM runs WHERE variant_id = ANY(${[...what.variantIds]}) AND deleted_at IS NULL
      UNION ALL SELECT experiment_id, status, started_at, ended_at FROM runs WHERE experiment_id = ANY(${[...what.experimentIds]}) AND deleted_at IS NULL) r
    GROUP BY r.whose`);
}

export interface ExperimentFacts { readonly id: string; readonly key: string; readonly name: string; readonly project: string; readonly owner: string | null; readonly minEffect: number | null; readonly direction: 'INCREASE' | 'DECREASE' | null; readonly createdAt: Date; readonly changed: unknown; readonly comments: number }

/** What a table of tries says of each experiment. The ids are those of experiments that the asker may see. */
export async function experimentFacts(reader: Reader, experimentIds: readonly string[]): Promise<Of<ExperimentFacts>> {
  const ids = [...experimentIds];
  return byId(await reader.$queryRaw<ExperimentFacts[]>`
    WITH said AS (
      SELECT s.experiment_id, count(*)::int AS n FROM (
        SELECT id AS experiment_id, id AS subject FROM experiments WHERE id = ANY(${ids})
        UNION ALL SELECT experiment_id, id FROM variants WHERE experiment_id = ANY(${ids})
        UNION ALL SELECT experiment_id, id FROM runs WHERE experiment_id = ANY(${ids})) s
      JOIN threads t ON t.subject_id = s.subject JOIN comments c ON c.thread_id = t.id AND c.deleted_at IS NULL GROUP BY 1)
    SELECT e.id, p.key || '-' || e.number AS key, e.name, p.slug AS project, o.name AS owner, h.min_effect AS "minEffect", h.direction::text AS direction, e.created_at AS "createdAt",
      e.changed_variables AS changed, coalesce(s.n, 0) AS comments
    FROM experiments e JOIN projects p ON p.id = e.project_id LEFT JOIN people o ON o.id = e.owner_id LEFT JOIN hypotheses h ON h.id = e.hypothesis_id LEFT JOIN said s ON s.experiment_id = e.id
    WHERE e.id = ANY(${ids})`);
}
