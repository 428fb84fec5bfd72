import { may } from '../../../domain/access/policy.ts';
import { mayResolve, MOST_COMMENTS } from '../../../domain/threads/thread.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { batched } from '../../batched.ts';
import { viewerOf } from '../../context.ts';
import { builder } from '../builder.ts';
import { personOf, projectOf, threadOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { subjectOf, SubjectRef } from '../subject.ts';
import { NodeRef, PersonRef, ProjectRef, ThreadRef } from '../types.ts';

const commentsOf = batched<string, readonly Prisma.CommentModel[]>(async (threadIds, { reader }) => {
  const found = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY thread_id ORDER BY created_at, id) AS place
      FROM comments WHERE thread_id = ANY(${[...threadIds]}) AND deleted_at IS NULL) AS ranked WHERE place <= ${MOST_COMMENTS}`;
  const rows = await reader.comment.findMany({ where: { id: { in: found.map((each) => each.id) } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return new Map(threadIds.map((id) => [id, rows.filter((row) => row.threadId === id)]));
});

const commentCountOf = batched<string, number>(async (threadIds, { reader }) => {
  const groups = await reader.comment.groupBy({ by: ['threadId'], where: { threadId: { in: [...threadIds] }, deletedAt: null }, _count: { _all: true } });
  return new Map(groups.map((group) => [group.threadId, group._count._all]));
});

const CommentRef = builder.objectRef<Prisma.CommentModel>('Comment').implement({
  description: 'Body is Markdown.',
  fields: (t) => ({
    id: t.exposeID('id'),
    author: t.field({ type: PersonRef, nullable: true, resolve: async ({ authorId }, _, context) => (await personOf(context, authorId)) ?? null }),
    body: t.exposeString('body'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true }),
    viewerCanEdit: t.boolean({ resolve: ({ authorId }, _, context) => authorId === viewerOf(context).personId }),
  }),
});

const AbilitiesRef = builder.objectRef<{ readonly reply: boolean; readonly resolve: boolean }>('ThreadAbilities').implement({
  fields: (t) => ({ reply: t.exposeBoolean('reply'), resolve: t.exposeBoolean('resolve') }),
});

ThreadRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    subject: t.field({ type: SubjectRef, nullable: true, resolve: (thread, _, context) => subjectOf(context, thread.subjectId) }),
    anchor: t.field({ type: 'JSON', nullable: true, resolve: (thread) => thread.anchor }),
    project: t.field({ type: ProjectRef, resolve: async (thread, _, context) => (await projectOf(context, thread.projectId)) as Prisma.ProjectModel }),
    createdBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ createdById }, _, context) => (await personOf(context, createdById)) ?? null }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true }),
    comments: t.field({
      type: [CommentRef],
      description: 'Oldest first.',
      args: { first: t.arg.int({ defaultValue: MOST_COMMENTS }) },
      resolve: async (thread, { first }, context) => [...((await commentsOf(context, thread.id)) ?? [])].slice(0, pageSize(first, MOST_COMMENTS)),
    }),
    commentCount: t.int({ resolve: async (thread, _, context) => (await commentCountOf(context, thread.id)) ?? 0 }),
    viewerCan: t.field({
      type: AbilitiesRef,
      resolve: async (thread, _, context) => {
        const project = await projectOf(context, thread.projectId);
        const viewer = viewerOf(context);
        const reader = project !== undefined && may(viewer, 'project.read', project);
        const member = project !== undefined && may(viewer, 'experiment.edit', project);
        return { reply: project !== undefined && may(viewer, 'thread.comment', project), resolve: mayResolve(thread, { personId: viewer.personId, member, reader }) };
      },
    }),
  }),
});

builder.queryField('thread', (t) =>
  t.field({ type: ThreadRef, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: async (_, { id }, context) => (await threadOf(context, id)) ?? null }),
);
