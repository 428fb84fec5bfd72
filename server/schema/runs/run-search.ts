import { parseRunFilter } from '../../../domain/search/parse-run-filter.ts';
import { parseRunOrder } from '../../../domain/search/parse-run-order.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder, connectionCost } from '../builder.ts';
import { connectionOf, type Connection } from '../connection.ts';
import { runOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { ProjectRef, RunRef } from '../types.ts';

interface SearchArgs { readonly filter?: string | null | undefined; readonly orderBy?: string | null | undefined; readonly first?: number | null | undefined; readonly after?: string | null | undefined; readonly skip?: number | null | undefined }

/** A page of runs that match; deleted ones are left out. */
async function runsMatching(context: Context, projectSlug: string | undefined, { filter, orderBy, first, after, skip }: SearchArgs): Promise<Connection<Prisma.RunModel>> {
  const { runSearch } = context.ports;
  const query = { viewer: viewerOf(context), lifecycle: 'ACTIVE' as const, filter: parseRunFilter(filter), ...(projectSlug === undefined ? {} : { projectSlug }) };
  const order = parseRunOrder(orderBy ? [orderBy] : []);
  const size = pageSize(first);
  const page = size === 0 ? { hits: [], hasMore: false, total: null } : await runSearch.find(query, { orderBy: order, first: size, after: after ?? null, skip: skip ?? 0 });
  const edges = (await Promise.all(page.hits.map(async ({ runId, cursor }) => ({ node: await runOf(context, runId), cursor }))))
    .flatMap(({ node, cursor }) => (node ? [{ node, cursor }] : []));
  return {
    edges,
    pageInfo: { hasNextPage: page.hasMore, hasPreviousPage: Boolean(after) || Boolean(skip), startCursor: page.hits[0]?.cursor ?? null, endCursor: page.hits.at(-1)?.cursor ?? null },
    totalCount: page.total ?? (() => runSearch.count(query)),
  };
}

builder.queryField('runs', (t) => t.field({
  type: connectionOf('Run', RunRef),
  description: 'Runs by a filter such as: metrics.val_acc > 0.9 AND (params.aug ILIKE \'mix%\' OR tags.team = \'vision\'). Newest first unless orderBy says otherwise.',
  args: { project: t.arg.string(), filter: t.arg.string(), orderBy: t.arg.string(), first: t.arg.int(), after: t.arg.string(), skip: t.arg.int({ description: 'Runs to leave out before the first one: a place in the whole list, for who jumps there.' }) },
  complexity: connectionCost,
  resolve: (_, { project, ...args }, context) => runsMatching(context, project ?? undefined, args),
}));

builder.objectField(ProjectRef, 'runs', (t) => t.field({
  type: connectionOf('Run', RunRef),
  args: { first: t.arg.int(), after: t.arg.string(), filter: t.arg.string(), orderBy: t.arg.string() },
  complexity: connectionCost,
  resolve: (project, args, context) => runsMatching(context, project.slug, args),
}));
