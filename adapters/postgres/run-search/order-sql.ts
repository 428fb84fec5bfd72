import { createHash } from 'node:crypto';
import { badInput } from '../../../domain/refusal.ts';
import type { RunOrder } from '../../../domain/search/run-filter.ts';
import { ATTRIBUTE_SQL } from './filter-sql.ts';
import type { SqlValues } from './sql-values.ts';

/** One key of the sort: an expression, its type, and its direction. Nulls come last whatever the direction. */
interface Term { readonly sql: string; readonly type: 'float8' | 'text' | 'int4' | 'timestamptz'; readonly descending: boolean }

export interface RunSort {
  /** LEFT JOINs the terms need. */
  readonly joins: string;
  readonly orderBy: string;
  /** Each term as text, to be selected as k0, k1, … for the cursor. */
  readonly keys: string;
  readonly terms: readonly Term[];
  /** Tells one order from another, so that a cursor of the one is not read by the other. */
  readonly digest: string;
}

/** Texts by their bytes, so that every server sorts alike. */
const text = (sql: string): string => `${sql} COLLATE "C"`;

export function sortOf(orders: readonly RunOrder[], values: SqlValues): RunSort {
  const joins: string[] = [];
  const terms: Term[] = orders.flatMap(({ field, descending }, at): Term[] => {
    if (field.kind === 'attribute') {
      const isTime = field.name === 'start_time' || field.name === 'end_time' || field.name === 'created_at';
      return [isTime ? { sql: ATTRIBUTE_SQL[field.name], type: 'float8', descending } : { sql: text(ATTRIBUTE_SQL[field.name]), type: 'text', descending }];
    }
    const table = { metric: 'metric_series', param: 'run_params', tag: 'run_tags' }[field.kind];
    joins.push(`LEFT JOIN ${table} o${at} ON o${at}.run_id = r.id AND o${at}.key = ${values.of(field.key)}`);
    if (field.kind !== 'metric') return [{ sql: text(`o${at}.value`), type: 'text', descending }];
    const column = `o${at}.last_value`;
    // Numbers, then NaN, then runs without the metric: in both directions, as in MLflow.
    return [{ sql: `CASE WHEN ${column} = 'NaN' THEN 1 WHEN ${column} IS NOT NULL THEN 0 END`, type: 'int4', descending: false }, { sql: column, type: 'float8', descending }];
  });
  terms.push({ sql: 'r.started_at', type: 'timestamptz', descending: true }, { sql: text('r.id'), type: 'text', descending: false });
  return {
    joins: joins.join(' '),
    orderBy: terms.map(({ sql, descending }) => `${sql} ${descending ? 'DESC' : 'ASC'} NULLS LAST`).join(', '),
    keys: terms.map(({ sql }, at) => `(${sql})::text AS k${at}`).join(', '),
    terms,
    digest: createHash('sha256').update(JSON.stringify(orders)).digest('base64url').slice(0, 8),
  };
}

type Key = string | null;

export const cursorOf = (sort: RunSort, row: Readonly<Record<string, unknown>>): string =>
  Buffer.from(JSON.stringify([sort.digest, ...sort.terms.map((_, at) => row[`k${at}`] ?? null)])).toString('base64url');

export const badCursor = () => badInput('search/bad-cursor', 'after is not a cursor of this list in this order. Use the cursor of the last run of the page before, with the same order.');

function keysOf(sort: RunSort, cursor: string): readonly Key[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(parsed) && parsed[0] === sort.digest && parsed.length === sort.terms.length + 1) {
      const keys: readonly unknown[] = parsed.slice(1);
      if (keys.every((key): key is Key => key === null || typeof key === 'string')) return keys;
    }
  } catch {
    // Refused below, like every other cursor that is not ours.
  }
  throw badCursor();
}

/** "Comes after the cursor": some term lies beyond the cursor's while all before it are the same. */
export function afterSql(sort: RunSort, cursor: string, values: SqlValues): string {
  const keys = keysOf(sort, cursor);
  const places = sort.terms.map(({ type }, at) => (typeof keys[at] === 'string' ? `${values.of(keys[at])}::${type}` : null));
  const beyond = sort.terms.map(({ sql, descending }, at) => {
    const place = places[at];
    // After "nothing" comes nothing: nulls are last.
    if (!place) return null;
    const same = sort.terms.slice(0, at).map((term, before) => (places[before] ? `${term.sql} = ${places[before]}` : `(${term.sql}) IS NULL`));
    return [...same, `(${sql} ${descending ? '<' : '>'} ${place} OR (${sql}) IS NULL)`].join(' AND ');
  });
  return `(${beyond.filter((each) => each !== null).map((each) => `(${each})`).join(' OR ')})`;
}
