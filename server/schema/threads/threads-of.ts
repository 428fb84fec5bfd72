import { Prisma } from '../../../generated/prisma/client.ts';
import type { Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { childConnection, type PageArgs } from '../children.ts';
import type { Connection } from '../connection.ts';
import { threadOf } from '../loaders.ts';

type Threads = (context: Context, parentId: string, args: PageArgs) => Promise<Connection<Prisma.ThreadModel>>;

const threadsThat = (condition: Prisma.Sql): Threads => childConnection<Prisma.ThreadModel>({
  table: Prisma.sql`threads`,
  parent: Prisma.sql`subject_id`,
  condition,
  load: async (ids, context) => (await Promise.all(ids.map((id) => threadOf(context, id)))).filter((row) => row !== undefined),
});

const all = threadsThat(Prisma.sql`true`);
const BY_STATE = { OPEN: threadsThat(Prisma.sql`resolved_at IS NULL`), RESOLVED: threadsThat(Prisma.sql`resolved_at IS NOT NULL`) } as const;

export const ThreadStateEnum = builder.enumType('ThreadState', { values: ['OPEN', 'RESOLVED'] as const });

/** The threads about a thing, newest first; the caller has made sure that the viewer sees the thing. */
export const threadsOf = (context: Context, subjectId: string, { state, ...page }: PageArgs & { readonly state?: keyof typeof BY_STATE | null | undefined }): Promise<Connection<Prisma.ThreadModel>> =>
  (state == null ? all : BY_STATE[state])(context, subjectId, page);
