import { badInput } from '../../domain/refusal.ts';
import type { RunPage, RunPageRequest, RunQuery, RunSearch } from '../../operations/ports/run-search.ts';
import type { Database } from './client.ts';
import { filterSql } from './run-search/filter-sql.ts';
import { afterSql, badCursor, cursorOf, sortOf } from './run-search/order-sql.ts';
import { SqlValues } from './run-search/sql-values.ts';
import { visibleProjectText } from './visibility.ts';

/** MLflow's bound on max_results. */
const LARGEST_PAGE = 50_000;
const FROM = 'FROM runs r JOIN experiments e ON e.id = r.experiment_id JOIN projects p ON p.id = e.project_id';
const LIFECYCLE = { ACTIVE: 'r.deleted_at IS NULL', DELETED: 'r.deleted_at IS NOT NULL', ALL: 'true' } as const;

/** Run search over the ordinary tables: the filter and the order become one parameterized statement. */
export function postgresRunSearch({ pool }: Pick<Database, 'pool'>): RunSearch {
  return {
    async find(query, request): Promise<RunPage> {
      const { first, after } = request;
      if (!Number.isInteger(first) || first < 1 || first > LARGEST_PAGE) throw badInput('search/page-size', `A page holds 1 to ${LARGEST_PAGE} runs; ${first} were asked for.`);
      const { text, values, sort } = pageSql(query, request);
      const { rows } = await pool.query<Record<string, unknown> & { id: string }>(text, values).catch((problem: unknown) => {
        // Only a cursor that was tampered with makes Postgres refuse a value: all others are of their type already.
        throw after && isDataException(problem) ? badCursor() : problem;
      });
      return { hits: rows.slice(0, first).map((row) => ({ runId: row.id, cursor: cursorOf(sort, row) })), hasMore: rows.length > first };
    },
    async count(query) {
      const values = new SqlValues();
      const { rows } = await pool.query<{ count: string }>(`SELECT count(*) ${FROM} WHERE ${conditions(query, values)}`, values.list);
      return Number(rows[0]?.count ?? 0);
    },
  };
}

function pageSql(query: RunQuery, { orderBy, first, after }: RunPageRequest) {
  const values = new SqlValues();
  const where = conditions(query, values);
  const sort = sortOf(orderBy ?? [], values);
  const rest = after ? ` AND ${afterSql(sort, after, values)}` : '';
  return { text: `SELECT r.id, ${sort.keys} ${FROM} ${sort.joins} WHERE ${where}${rest} ORDER BY ${sort.orderBy} LIMIT ${values.of(first + 1)}`, values: values.list, sort };
}

function conditions({ viewer, projectSlug, experimentIds, filter, lifecycle }: RunQuery, values: SqlValues): string {
  const visible = visibleProjectText(viewer, values.list.length + 1);
  for (const value of visible.values) values.of(value);
  return [
    `(${visible.text})`,
    LIFECYCLE[lifecycle],
    ...(projectSlug === undefined ? [] : [`p.slug = ${values.of(projectSlug)}`]),
    ...(experimentIds === undefined ? [] : [`r.experiment_id = ANY(${values.of(experimentIds)}::text[])`]),
    ...(filter ? [filterSql(filter, values)] : []),
  ].join(' AND ');
}

const isDataException = (problem: unknown): boolean => problem instanceof Error && 'code' in problem && String(problem.code).startsWith('22');
