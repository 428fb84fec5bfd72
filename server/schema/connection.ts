import type { ObjectRef, UnionRef } from '@pothos/core';
import { badInput } from '../../domain/refusal.ts';
import { builder } from './builder.ts';
import { pageSize } from './page-size.ts';

/** One page of a longer list, newest first unless its field says otherwise. */
export interface Connection<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly pageInfo: PageInfoShape;
  /** Asked of the database only when the query selects it. */
  readonly totalCount: number | (() => Promise<number>);
}

interface PageInfoShape { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null }

export const PageInfo = builder.objectRef<PageInfoShape>('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    hasPreviousPage: t.exposeBoolean('hasPreviousPage'),
    startCursor: t.exposeString('startCursor', { nullable: true }),
    endCursor: t.exposeString('endCursor', { nullable: true }),
  }),
});

type SchemaTypes = typeof builder.$inferSchemaTypes;
type NodeType<Node> = ObjectRef<SchemaTypes, Node> | UnionRef<SchemaTypes, Node>;

function makeConnection<Node>(name: string, node: NodeType<Node>): ObjectRef<SchemaTypes, Connection<Node>> {
  const edge = builder.objectRef<{ readonly node: Node; readonly cursor: string }>(`${name}Edge`).implement({
    fields: (t) => ({
      node: t.field({ type: node, resolve: (each) => each.node as never }),
      cursor: t.exposeString('cursor'),
    }),
  });
  return builder.objectRef<Connection<Node>>(`${name}Connection`).implement({
    fields: (t) => ({
      // The connection field itself is priced at its page size, so these lists add nothing.
      edges: t.field({ type: [edge], complexity: { field: 0, multiplier: 1 }, resolve: (page) => page.edges as never }),
      nodes: t.field({ type: [node], complexity: { field: 0, multiplier: 1 }, resolve: (page) => page.edges.map((each) => each.node) as never }),
      pageInfo: t.field({ type: PageInfo, resolve: (page) => page.pageInfo }),
      totalCount: t.int({ resolve: (page) => (typeof page.totalCount === 'number' ? page.totalCount : page.totalCount()) }),
    }),
  });
}

const made = new Map<string, unknown>();

/** The Relay connection of a noun: `connectionOf('Run', RunRef)` is RunConnection, with RunEdge; every call for a noun gives the same type. Give its field `complexity: connectionCost`. */
export function connectionOf<Node>(name: string, node: NodeType<Node>): ObjectRef<SchemaTypes, Connection<Node>> {
  const known = made.get(name) ?? makeConnection(name, node);
  made.set(name, known);
  return known as ObjectRef<SchemaTypes, Connection<Node>>;
}

/** A place in a list: the sort keys of a row, opaque to the caller. */
export const cursorFrom = (...keys: readonly (string | number)[]): string => Buffer.from(JSON.stringify(keys)).toString('base64url');

/** The sort keys inside a cursor, or null at the start of the list; refuses what no page of this list has handed out. */
export function cursorKeys(after: string | null | undefined, count: number): readonly (string | number)[] | null {
  if (after === null || after === undefined) return null;
  try {
    const keys: unknown = JSON.parse(Buffer.from(after, 'base64url').toString());
    if (Array.isArray(keys) && keys.length === count && keys.every((each) => (typeof each === 'string' && !each.includes('\0')) || (typeof each === 'number' && Number.isFinite(each)))) return keys as (string | number)[];
  } catch {
    // Refused below, like every other cursor that is not ours.
  }
  throw badInput('page/cursor', 'after is not a cursor of this list. Use pageInfo.endCursor of the page before.');
}

/**
 * Makes a page from rows read with `take: first + 1`: the extra row only tells that there is a next page.
 * `let { first, rows } …; pageFrom({ rows, first: args.first, after: args.after, cursor: (row) => cursorFrom(row.id), totalCount: () => reader.run.count(…) })`.
 */
export function pageFrom<Row>(page: { readonly rows: readonly Row[]; readonly first: number | null | undefined; readonly after: string | null | undefined; readonly cursor: (row: Row) => string; readonly totalCount: number | (() => Promise<number>) }): Connection<Row> {
  const size = pageSize(page.first);
  const edges = page.rows.slice(0, size).map((node) => ({ node, cursor: page.cursor(node) }));
  return {
    edges,
    pageInfo: { hasNextPage: page.rows.length > size, hasPreviousPage: (page.after ?? null) !== null, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: page.totalCount,
  };
}
