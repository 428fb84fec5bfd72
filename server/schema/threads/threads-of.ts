import { Prisma } from '../../../generated/prisma/client.ts';
import { childConnection } from '../children.ts';
import { onlyInSight } from '../loaders.ts';

/** The threads about a thing, newest first; the caller has made sure that the viewer sees the thing. */
export const threadsOf = childConnection<Prisma.ThreadModel>({
  table: Prisma.sql`threads`,
  parent: Prisma.sql`subject_id`,
  load: async (ids, context) => onlyInSight(context, await context.reader.thread.findMany({ where: { id: { in: [...ids] } } })),
});
