import type { RunHealthState, WatchedSeries } from '../../domain/runs/run-health.ts';
import type { RunHealthRecords, WatchedRun } from '../../operations/ports/run-health.ts';
import type { Tx } from './tx.ts';

interface Row extends Omit<WatchedRun, 'looked' | 'watched'> { readonly state: RunHealthState; readonly since: Date | null; readonly reason: string | null }
interface SeriesRow extends Omit<WatchedSeries, 'lastValue' | 'lastAt' | 'minValue' | 'maxValue'> { readonly lastTimestamp: number; readonly runId: string; readonly lastValue: string; readonly minValue: string | null; readonly maxValue: string | null }

export const runHealthRecords = (tx: Tx): RunHealthRecords => ({
  async toWatch(limit) {
    // One look at a time, whichever worker takes it: two would announce the same change twice.
    const [mine] = await tx.$queryRaw<{ taken: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtext('run health')) AS taken`;
    if (!mine?.taken) return [];
    const rows = await tx.$queryRaw<Row[]>`
      SELECT r.id AS "runId", r.name, r.experiment_id AS "experimentId", e.project_id AS "projectId", r.status = 'RUNNING' AS running,
        r.status = 'RUNNING' AND r.variant_id IS NULL AND m.run_id IS NOT NULL AS unplaced,
        r.created_at AS "startedAt", greatest(m.last_logged_at, c.last_logged_at) AS "loggedAt", h.beat_at AS "beatAt",
        coalesce(h.intervals, '{}') AS intervals, h.heard_at AS "heardAt", coalesce(h.state, 'HEALTHY') AS state, h.since, h.reason
      FROM runs r JOIN experiments e ON e.id = r.experiment_id LEFT JOIN run_health h ON h.run_id = r.id
        LEFT JOIN metric_heads m ON m.run_id = r.id LEFT JOIN console_heads c ON c.run_id = r.id
      WHERE r.deleted_at IS NULL AND (r.status = 'RUNNING' OR (r.status IN ('FINISHED', 'FAILED', 'KILLED') AND r.updated_at > now() - interval '10 minutes' AND (h.checked_at IS NULL OR h.checked_at < r.updated_at)))
      ORDER BY h.checked_at NULLS FIRST LIMIT ${limit}`;
    const series = await watchedSeries(tx, rows.map(({ runId }) => runId));
    return rows.map(({ state, since, reason, ...row }) => ({ ...row, looked: { state, since, reason }, watched: series.get(row.runId) ?? [] }));
  },
  async saveLooks(looks, at) {
    if (looks.length === 0) return;
    const rows = looks.map(({ runId, health, heardAt, intervals }) => ({ runId, ...health, heardAt, intervals }));
    // In the order of ids, so that two workers never wait for each other in a circle.
    await tx.$executeRaw`
      INSERT INTO run_health (run_id, state, since, reason, heard_at, intervals, checked_at)
      SELECT v."runId", v.state, v.since, v.reason, v."heardAt", ARRAY(SELECT jsonb_array_elements_text(v.intervals)::float8), ${at}
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS v("runId" text, state text, since timestamptz, reason text, "heardAt" timestamptz, intervals jsonb) ORDER BY v."runId"
      ON CONFLICT (run_id) DO UPDATE SET state = excluded.state, since = excluded.since, reason = excluded.reason, heard_at = excluded.heard_at, intervals = excluded.intervals, checked_at = excluded.checked_at`;
  },
  async beat(runId, at) {
    await tx.$executeRaw`INSERT INTO run_health (run_id, beat_at) VALUES (${runId}, ${at}) ON CONFLICT (run_id) DO UPDATE SET beat_at = greatest(run_health.beat_at, excluded.beat_at)`;
  },
});

/** One statement for all runs. Series named as losses, and those that the experiment's hypothesis speaks of; never the machine's. */
async function watchedSeries(tx: Tx, runIds: readonly string[]): Promise<ReadonlyMap<string, readonly WatchedSeries[]>> {
  if (runIds.length === 0) return new Map();
  const rows = await tx.$queryRaw<SeriesRow[]>`
    SELECT s.run_id AS "runId", s.key, s.count::float8 AS count, s.last_value::text AS "lastValue", s.last_timestamp::float8 AS "lastTimestamp", s.last_step::float8 AS "lastStep",
      s.min_value::text AS "minValue", s.max_value::text AS "maxValue", s.min_step::float8 AS "minStep", s.max_step::float8 AS "maxStep"
    FROM metric_series s JOIN runs r ON r.id = s.run_id JOIN experiments e ON e.id = r.experiment_id LEFT JOIN hypotheses y ON y.id = e.hypothesis_id
    WHERE s.run_id = ANY(${[...runIds]}) AND s.key NOT LIKE 'system/%' AND (s.key ~* '(^|[/_.\\-\\s])loss($|[/_.\\-\\s])' OR s.key = y.metric OR s.key = ANY(y.guardrails))
    ORDER BY s.run_id, s.key LIMIT ${MOST_SERIES}`;
  return new Map([...Map.groupBy(rows, ({ runId }) => runId)].map(([runId, own]) => [runId, own.map(withNumbers)]));
}

/** Values travel as text, which has NaN and infinities. */
const withNumbers = ({ lastValue, lastTimestamp, minValue, maxValue, ...series }: SeriesRow): WatchedSeries =>
  ({ ...series, lastAt: lastTimestamp > 0 && lastTimestamp < LATEST_TIME ? new Date(lastTimestamp) : null, lastValue: Number(lastValue), minValue: minValue === null ? null : Number(minValue), maxValue: maxValue === null ? null : Number(maxValue) });

const LATEST_TIME = 8.64e15;
const MOST_SERIES = 10_000;
