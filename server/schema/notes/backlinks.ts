import { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { visibleProjects } from '../../visibility.ts';
import { builder } from '../builder.ts';
import { cursorFrom, cursorKeys, pageFrom, type Connection } from '../connection.ts';
import { personOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { subjectOf, SubjectRef } from '../subject.ts';
import { PersonRef } from '../types.ts';
import type { PageArgs } from '../children.ts';

export interface Backlink { readonly id: string; readonly sourceId: string; readonly placeId: string; readonly authorId: string; readonly targetKind: string; readonly targetId: string; readonly createdAt: Date }

export const BacklinkRef = builder.objectRef<Backlink>('Backlink').implement({
  description: 'A note or a comment that mentions a thing.',
  fields: (t) => ({
    id: t.exposeID('id'),
    source: t.field({ type: SubjectRef, nullable: true, description: 'The note, or the thread with the comment.', resolve: ({ placeId }, _, context) => subjectOf(context, placeId) }),
    comment: t.id({ nullable: true, description: 'The comment, if it is one.', resolve: ({ sourceId, placeId }) => (sourceId === placeId ? null : sourceId) }),
    author: t.field({ type: PersonRef, nullable: true, resolve: async ({ authorId }, _, context) => (await personOf(context, authorId)) ?? null }),
    metric: t.string({ nullable: true, description: 'Which metric of the experiment is meant.', resolve: ({ targetKind, targetId }) => (targetKind === 'metric' ? targetId.slice(targetId.indexOf('/') + 1) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
  }),
});

const PERSON = /^per_/;

/** Sources in projects the viewer may see, without the one that asks; a metric of an experiment leads to the experiment. */
export async function backlinksOf(context: Context, targetId: string, { first, after, besides = '' }: PageArgs & { readonly besides?: string }): Promise<Connection<Backlink>> {
  const visible = await context.reader.project.findMany({ where: visibleProjects(viewerOf(context)), select: { id: true } });
  const projects = visible.map(({ id }) => id);
  const [at, id] = cursorKeys(after, 2) ?? [];
  const metric = `${targetId.replaceAll(/[\\%_]/g, String.raw`\$&`)}/%`;
  const named = PERSON.test(targetId) ? Prisma.sql`m.target_kind = 'person' AND m.target_id = ${targetId}` : Prisma.sql`(m.target_id = ${targetId} OR (m.target_kind = 'metric' AND m.target_id LIKE ${metric}))`;
  // A text that means the thing and metrics of it stands once: for the thing.
  const sources = Prisma.sql`
    SELECT DISTINCT ON (m.source_id) m.source_id, m.source_kind, m.author_id, m.target_kind, m.target_id, m.created_at
    FROM mentions m WHERE ${named} AND m.source_id <> ${besides} AND m.project_id = ANY(${projects}) ORDER BY m.source_id, m.target_kind = 'metric', m.target_id`;
  const behind = at === undefined ? Prisma.sql`true` : Prisma.sql`(m.created_at, m.source_id || m.target_id) < (${String(at)}::timestamptz, ${String(id)})`;
  const rows = await context.reader.$queryRaw<Backlink[]>`
    SELECT m.source_id || m.target_id AS id, m.source_id AS "sourceId", coalesce(c.thread_id, m.source_id) AS "placeId", m.author_id AS "authorId", m.target_kind AS "targetKind", m.target_id AS "targetId", m.created_at AS "createdAt"
    FROM (${sources}) m LEFT JOIN comments c ON m.source_kind = 'comment' AND c.id = m.source_id
    WHERE ${behind} ORDER BY m.created_at DESC, 1 DESC LIMIT ${pageSize(first) + 1}`;
  return pageFrom({
    rows, first, after, cursor: (row) => cursorFrom(row.createdAt.toISOString(), row.id),
    totalCount: async () => Number((await context.reader.$queryRaw<{ count: bigint }[]>`SELECT count(*) AS count FROM (${sources}) m`)[0]?.count ?? 0),
  });
}
