import { may } from '../../../domain/access/policy.ts';
import { anchorFrom, anchorText, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import { FOLLOWING } from '../../../domain/threads/following.ts';
import { movedOn, seenText, type Seen } from '../../../domain/threads/seen.ts';
import { isOpen } from '../../../domain/sharing/share-link.ts';
import { COMMENT_PAGE, mayResolve } from '../../../domain/threads/thread.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder, connectionCost } from '../builder.ts';
import { connectionOf } from '../connection.ts';
import { onlyInSight, personOf, projectOf, shareLinkOf, threadOf } from '../loaders.ts';
import { pageSize } from '../page-size.ts';
import { subjectOf, SubjectRef } from '../subject.ts';
import { typenameOf } from '../typename.ts';
import { NodeRef, PersonRef, ProjectRef, ThreadRef } from '../types.ts';
import { ViewerRef } from '../viewer/viewer.ts';
import { CommentRef } from './comment.ts';
import { commentCountOf, commentPage, commentsOf, followersOf, followingOf, lineOf, NOTHING_UNREAD, nowAt, unreadOf, type Unread } from './thread-lists.ts';

export const FollowingEnum = builder.enumType('Following', { values: FOLLOWING });

const AbilitiesRef = builder.objectRef<{ readonly reply: boolean; readonly resolve: boolean }>('ThreadAbilities').implement({
  fields: (t) => ({ reply: t.exposeBoolean('reply'), resolve: t.exposeBoolean('resolve') }),
});

const UnreadRef = builder.objectRef<Unread>('UnreadComments').implement({
  description: 'Comments of others that the viewer has not read.',
  fields: (t) => ({ count: t.exposeInt('count'), first: t.exposeID('first', { nullable: true, description: 'The comment to read on from.' }) }),
});

const OutsideRef = builder.objectRef<Prisma.ShareLinkModel>('ThreadFromOutside').implement({
  description: 'The share link through which a guest began a thread.',
  fields: (t) => ({
    sharedBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ createdById }, _, context) => (await personOf(context, createdById)) ?? null }),
    open: t.boolean({ description: 'Whether whoever has the link still reads here what is answered.', resolve: ({ revokedAt, expiresAt, maxViews, viewCount }, _, context) => isOpen({ revokedAt, expiresAt, maxViews, viewCount }, context.ports.clock.now()) }),
  }),
});

const LineNowRef = builder.objectRef<{ readonly number: number | null }>('LineNow').implement({
  description: 'Where the line of a file that a thread quotes stands now.',
  fields: (t) => ({ number: t.exposeInt('number', { nullable: true, description: 'Null when no line of the file says that any more.' }) }),
});

interface AnchoredPlace { readonly anchor: ThreadAnchor; readonly words: string; readonly seen: Seen | null; readonly now: Seen | null }
const PlaceRef = builder.objectRef<AnchoredPlace>('AnchoredPlace').implement({
  description: 'Where a thread points: what stood there when it was started, and what stands there now.',
  fields: (t) => ({
    words: t.exposeString('words', { description: '"on the verdict", "on lr"' }),
    seen: t.string({ nullable: true, resolve: ({ seen }) => seenText(seen) }),
    now: t.string({ nullable: true, resolve: ({ now }) => seenText(now) }),
    line: t.field({ type: LineNowRef, nullable: true, description: 'Where the quoted line of a file stands now; null where none is quoted, or the file is gone, no text, or longer than 1 MB.', resolve: (place, _, context) => lineOf(context, place.anchor, place) }),
    movedOn: t.boolean({ description: 'Whether they differ.', resolve: ({ seen, now }) => movedOn(seen, now) }),
  }),
});

async function placeOf(context: Context, { id, anchor, seen }: Prisma.ThreadModel): Promise<AnchoredPlace | null> {
  const read = anchorFrom(anchor);
  return read === null ? null : { anchor: read, words: anchorText(read), seen: seen as Seen | null, now: (await nowAt(context, id)) ?? null };
}

ThreadRef.implement({
  interfaces: [NodeRef],
  fields: (t) => ({
    number: t.exposeInt('number', { description: 'Counts up within the subject: the number on its pin.' }),
    subject: t.field({ type: SubjectRef, nullable: true, resolve: (thread, _, context) => subjectOf(context, thread.subjectId) }),
    anchor: t.field({ type: 'JSON', nullable: true, resolve: (thread) => thread.anchor }),
    place: t.field({ type: PlaceRef, nullable: true, description: 'The anchor, looked at; null for the whole.', resolve: (thread, _, context) => placeOf(context, thread) }),
    project: t.field({ type: ProjectRef, resolve: async (thread, _, context) => (await projectOf(context, thread.projectId)) as Prisma.ProjectModel }),
    createdBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ createdById }, _, context) => (await personOf(context, createdById)) ?? null }),
    outside: t.field({ type: OutsideRef, nullable: true, description: 'Where it came from, when a guest began it through a share link; null for what people began.', resolve: async ({ createdById }, _, context) => (typenameOf(createdById) === 'ShareLink' ? ((await shareLinkOf(context, createdById)) ?? null) : null) }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime' }),
    resolvedAt: t.expose('resolvedAt', { type: 'DateTime', nullable: true }),
    resolvedBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ resolvedById }, _, context) => (resolvedById === null ? null : ((await personOf(context, resolvedById)) ?? null)) }),
    comments: t.field({
      type: [CommentRef],
      description: 'Oldest first. For more than the first 200, use commentPage.',
      args: { first: t.arg.int({ defaultValue: COMMENT_PAGE }) },
      resolve: async (thread, { first }, context) => [...((await commentsOf(context, thread.id)) ?? [])].slice(0, pageSize(first, COMMENT_PAGE)),
    }),
    commentPage: t.field({
      type: connectionOf('Comment', CommentRef),
      description: 'Oldest first; `last` and `before` read from the newest backwards. A cursor is of one thread.',
      args: { first: t.arg.int(), after: t.arg.string(), last: t.arg.int(), before: t.arg.string(), around: t.arg.id({ description: 'A comment of the thread: the page of `first` that has it in its middle.' }) },
      complexity: ({ first, last }) => connectionCost({ first: last ?? first }),
      resolve: (thread, args, context) => commentPage(context, thread.id, args),
    }),
    commentCount: t.int({ description: 'Those that were not deleted.', resolve: async (thread, _, context) => (await commentCountOf(context, thread.id)) ?? 0 }),
    unread: t.field({ type: UnreadRef, resolve: async (thread, _, context) => (await unreadOf(context, thread.id)) ?? NOTHING_UNREAD }),
    following: t.field({ type: FollowingEnum, nullable: true, description: 'Whether the viewer hears of it.', resolve: async (thread, _, context) => (await followingOf(context, thread.id)) ?? null }),
    subscribers: t.field({
      type: [PersonRef],
      description: 'Who hears of it.',
      resolve: async (thread, _, context) => {
        const followers = ((await followersOf(context, thread.id)) ?? []).filter(({ state }) => state === 'SUBSCRIBED').slice(0, 100);
        return (await Promise.all(followers.map(({ personId }) => personOf(context, personId)))).filter((person) => person !== undefined);
      },
    }),
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

builder.objectField(ViewerRef, 'unreadThreads', (t) =>
  t.field({
    type: [ThreadRef],
    description: 'Threads the viewer follows in which others have written since, the newest first.',
    args: { first: t.arg.int({ defaultValue: 50 }) },
    resolve: async (_, { first }, context) => {
      const { personId } = viewerOf(context);
      const found = await context.reader.$queryRaw<{ id: string }[]>`
        SELECT t.id FROM thread_followers f JOIN threads t ON t.id = f.thread_id LEFT JOIN thread_reads r ON r.thread_id = t.id AND r.person_id = f.person_id
        WHERE f.person_id = ${personId} AND f.state = 'SUBSCRIBED' AND EXISTS (
          SELECT 1 FROM comments c WHERE c.thread_id = t.id AND c.deleted_at IS NULL AND c.author_id <> f.person_id AND (r.read_to IS NULL OR (c.created_at, c.id) > (r.read_to, r.comment_id)))
        ORDER BY t.updated_at DESC, t.id DESC LIMIT ${pageSize(first)}`;
      const rows = await context.reader.thread.findMany({ where: { id: { in: found.map(({ id }) => id) } } });
      return [...(await onlyInSight(context, found.map(({ id }) => rows.find((row) => row.id === id)).filter((row) => row !== undefined)))];
    },
  }),
);
