import type { Pool } from 'pg';
import type { MetricPartitions } from '../../../operations/ports/metric-partitions.ts';
import type { Database } from '../client.ts';
import { inTransaction, sqlState } from './in-transaction.ts';

/** The partition that new segments go to. */
export const CURRENT_PARTITION = 'SELECT max(number) AS number FROM metric_partitions WHERE opened_at IS NOT NULL';
/**
 * The segments of the run that `head` names, `where` what else: looked for only in the partitions that its head says. The fence keeps Postgres from joining all partitions first,
 * so that it goes to each of those few at run time. `written` is the transaction that wrote a row: with its place, the row's version.
 */
export const segmentsOf = (head: string, where: string): string =>
  `unnest(${head}.partitions) AS p(number) CROSS JOIN LATERAL (SELECT *, s.xmin::text AS written FROM metric_segments s WHERE s.partition = p.number AND s.run_id = ${head}.run_id AND ${where} OFFSET 0)`;
/** Where the run $1 has segments now. */
export const PARTITIONS_OF_RUN = 'ARRAY(SELECT DISTINCT partition FROM metric_segments WHERE run_id = $1)';

/** Rows that move in one transaction, while the run's writers wait: at most about 25 MB. */
const ROWS_AT_A_TIME = 64;
/** Pages of a partition that its use is told from. */
const SAMPLED_PAGES = 1_000;
/** What a segment takes beside its bytes, in its row and the indexes. */
const BYTES_BESIDE = 300;
/** A partition is made and dropped only where that makes nobody wait longer. */
const IMPATIENCE = "SET LOCAL lock_timeout = '100ms'; SET LOCAL statement_timeout = '250ms'";
/** A lock that was not to be had, a statement that took too long, a partition with points in it, or one that another process dropped: the next pass looks again. */
const AGAIN_LATER = new Set(['55P03', '57014', '55006', '42P01']);

/** Keeps the partitions of `metric_segments` at about `boundBytes` each, indexes and all. See docs/decisions/0099-metric-partitions.md. */
export function postgresMetricPartitions({ pool }: Pick<Database, 'pool'>, { boundBytes }: { readonly boundBytes: number }): MetricPartitions {
  let lookedAt = 0;
  return {
    async advance() {
      const [newest, before] = await newestTwo(pool);
      if (!newest) return;
      // One that stands ready since an earlier pass: every reader that could see its first points knows of it by now.
      const opens = !newest.opened && before !== undefined && Number(before.bytes) >= boundBytes;
      if (opens) await pool.query('UPDATE metric_partitions SET opened_at = now() WHERE number = $1 AND opened_at IS NULL', [newest.number]);
      if (opens || newest.opened) await orLater(() => impatiently(pool, 'INSERT INTO metric_partitions (number) VALUES ($1) ON CONFLICT DO NOTHING', newest.number + 1));
    },
    reclaim: (signal) => orLater(async () => {
      const closed = await nextClosed(pool, lookedAt);
      lookedAt = closed?.number ?? 0;
      if (!closed || (await bytesInUse(pool, closed)) * 2 >= closed.bytes) return;
      await moveAway(pool, closed.number, signal);
      if (!signal.aborted) await impatiently(pool, 'DELETE FROM metric_partitions WHERE number = $1', closed.number);
    }),
  };
}

async function newestTwo(pool: Pool): Promise<readonly { readonly number: number; readonly opened: boolean; readonly bytes: string }[]> {
  const { rows } = await pool.query<{ number: number; opened: boolean; bytes: string }>(
    `SELECT number, opened_at IS NOT NULL AS opened, pg_total_relation_size(to_regclass('metric_segments_' || number)) AS bytes FROM metric_partitions ORDER BY number DESC LIMIT 2`);
  return rows;
}

interface Closed { readonly number: number; readonly bytes: number; readonly pages: number }

/** The next one after `number`, or the first. */
async function nextClosed(pool: Pool, number: number): Promise<Closed | null> {
  const { rows } = await pool.query<{ number: number; bytes: string | null; pages: string | null }>(
    `SELECT number, pg_total_relation_size(of) AS bytes, pg_relation_size(of) / current_setting('block_size')::int AS pages
     FROM (SELECT number, to_regclass('metric_segments_' || number) AS of FROM metric_partitions WHERE number < (${CURRENT_PARTITION})) AS closed ORDER BY number <= $1, number LIMIT 1`,
    [number]);
  const [row] = rows;
  return row && { number: row.number, bytes: Number(row.bytes), pages: Number(row.pages) } || null;
}

/** About how many bytes of it hold points. */
async function bytesInUse(pool: Pool, { number, pages }: Closed): Promise<number> {
  const percent = Math.min(100, (100 * SAMPLED_PAGES) / Math.max(1, pages));
  const { rows } = await pool.query<{ bytes: string | null }>(
    `SELECT sum(octet_length(data) + coalesce(octet_length(overview), 0) + coalesce(octet_length(stretches), 0) + ${BYTES_BESIDE}) AS bytes FROM metric_segments_${number} TABLESAMPLE SYSTEM (${percent})`);
  return (Number(rows[0]?.bytes ?? 0) * 100) / percent;
}

/** Some rows of a run at a time, under the lock of its log. */
async function moveAway(pool: Pool, partition: number, signal: AbortSignal): Promise<void> {
  let runId: string | null = '';
  while ((runId = await runAfter(pool, partition, runId)) !== null) {
    for (let moved = ROWS_AT_A_TIME; moved === ROWS_AT_A_TIME;) {
      if (signal.aborted) return;
      moved = await moveSome(pool, partition, runId);
    }
  }
}

async function runAfter(pool: Pool, partition: number, runId: string): Promise<string | null> {
  const { rows } = await pool.query<{ run_id: string | null }>('SELECT min(run_id) AS run_id FROM metric_segments WHERE partition = $1 AND run_id > $2', [partition, runId]);
  return rows[0]?.run_id ?? null;
}

const moveSome = (pool: Pool, partition: number, runId: string): Promise<number> => inTransaction(pool, async (client) => {
  await client.query('SELECT 1 FROM metric_heads WHERE run_id = $1 FOR UPDATE', [runId]);
  const { rowCount } = await client.query(
    `UPDATE metric_segments s SET partition = (${CURRENT_PARTITION}) FROM (SELECT sequence, part FROM metric_segments WHERE partition = $1 AND run_id = $2 ORDER BY sequence, part LIMIT ${ROWS_AT_A_TIME}) AS chosen
     WHERE s.partition = $1 AND s.run_id = $2 AND s.sequence = chosen.sequence AND s.part = chosen.part`, [partition, runId]);
  await client.query(`UPDATE metric_heads SET partitions = ${PARTITIONS_OF_RUN} WHERE run_id = $1`, [runId]);
  return rowCount ?? 0;
});

const impatiently = (pool: Pool, statement: string, number: number): Promise<void> => inTransaction(pool, async (client) => {
  await client.query(IMPATIENCE);
  await client.query(statement, [number]);
});

async function orLater(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (problem) {
    if (!AGAIN_LATER.has(sqlState(problem))) throw problem;
  }
}
