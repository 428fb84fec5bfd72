import { Prisma } from '../../generated/prisma/client.ts';
import { batched, batchedRows } from '../batched.ts';
import type { Context } from '../context.ts';
import { cursorFrom, cursorKeys, pageFrom, type Connection } from './connection.ts';
import { pageSize } from './page-size.ts';
import { badInput } from '../../domain/refusal.ts';

interface Aged { readonly id: string; readonly createdAt: Date }
export interface PageArgs { readonly first?: number | null | undefined; readonly after?: string | null | undefined }

/** The rows of one table that hang on a parent, newest first: what a connection field inside a list needs to stay at three queries however long the list. */
export interface ChildTable<Row extends Aged> {
  /** Table, parent column and condition, as trusted SQL. */
  readonly table: Prisma.Sql;
  readonly parent: Prisma.Sql;
  readonly condition?: Prisma.Sql;
  readonly load: (ids: readonly string[], context: Context) => Promise<readonly Row[]>;
}

/** A resolver of connections of such rows, by the parent's id. The caller has made sure that the viewer sees the parent. */
export function childConnection<Row extends Aged>({ table, parent, condition = Prisma.sql`true`, load }: ChildTable<Row>): (context: Context, parentId: string, args: PageArgs) => Promise<Connection<Row>> {
  const counts = batchedRows<string, number>(async (parentIds, { reader }) => {
    const found = await reader.$queryRaw<{ parent: string; count: bigint }[]>`SELECT ${parent} AS parent, count(*) AS count FROM ${table} WHERE ${parent} = ANY(${[...parentIds]}) AND ${condition} GROUP BY 1`;
    return new Map(found.map((each) => [each.parent, Number(each.count)]));
  });
  // Pages of other sizes or places are read beside each other.
  const pages = batchedRows<string, readonly string[]>(async (requests, { reader }) => {
    const wanted = requests.map((request) => JSON.parse(request) as [parentId: string, take: number, after: string | null]);
    const answers = new Map<string, readonly string[]>();
    for (const page of new Set(wanted.map(([, take, after]) => JSON.stringify([take, after])))) {
      const [take, after] = JSON.parse(page) as [number, string | null];
      const parentIds = wanted.filter(([, otherTake, otherAfter]) => otherTake === take && otherAfter === after).map(([parentId]) => parentId);
      const place = ageFrom(after);
      const behind = place ? Prisma.sql`(created_at, id) < (${place.createdAt}, ${place.id})` : Prisma.sql`true`;
      const found = await reader.$queryRaw<{ id: string; parent: string }[]>`
        SELECT id, parent FROM (SELECT id, ${parent} AS parent, row_number() OVER (PARTITION BY ${parent} ORDER BY created_at DESC, id DESC) AS place
          FROM ${table} WHERE ${parent} = ANY(${parentIds}) AND ${condition} AND ${behind}) AS ranked WHERE place <= ${take} ORDER BY parent, place`;
      const own = Map.groupBy(found, (each) => each.parent);
      for (const parentId of parentIds) answers.set(JSON.stringify([parentId, take, after]), (own.get(parentId) ?? []).map(({ id }) => id));
    }
    return answers;
  });
  const rows = batched<string, readonly Row[]>(async (requests, context) => {
    const ids = await Promise.all(requests.map(async (request) => (await pages(context, request)) ?? []));
    const loaded = new Map((await load([...new Set(ids.flat())], context)).map((row) => [row.id, row]));
    return new Map(requests.map((request, at) => [request, (ids[at] ?? []).map((id) => loaded.get(id)).filter((row) => row !== undefined)]));
  });
  return async (context, parentId, { first, after }) => {
    const take = pageSize(first) + 1;
    return pageFrom({
      rows: (await rows(context, JSON.stringify([parentId, take, after ?? null]))) ?? [],
      first,
      after,
      cursor: ageCursor,
      totalCount: async () => (await counts(context, parentId)) ?? 0,
    });
  };
}

/** A place in a list that is ordered newest first. */
export const ageCursor = (row: Aged): string => cursorFrom(row.createdAt.toISOString(), row.id);

/** The place that such a cursor names; null at the start of the list. */
export function ageFrom(after: string | null | undefined): Aged | null {
  const keys = cursorKeys(after, 2);
  if (!keys) return null;
  const createdAt = new Date(String(keys[0]));
  if (Number.isNaN(createdAt.getTime())) throw badInput('page/cursor', 'after is not a cursor of this list. Use pageInfo.endCursor of the page before.');
  return { createdAt, id: String(keys[1]) };
}

export const NEWEST_FIRST = [{ createdAt: 'desc' }, { id: 'desc' }] as const;

/** What Prisma's `where` needs to start behind a cursor in a list that is ordered newest first. */
export function olderThan(after: string | null | undefined) {
  const place = ageFrom(after);
  return place ? { OR: [{ createdAt: { lt: place.createdAt } }, { createdAt: place.createdAt, id: { lt: place.id } }] } : {};
}
