import { anchorFrom } from '../../../domain/threads/anchor.ts';
import { reactionFrom, type Reaction } from '../../../domain/threads/reaction.ts';
import type { Seen } from '../../../domain/threads/seen.ts';
import { COMMENT_PAGE, MOST_EDITS } from '../../../domain/threads/thread.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import { lookAtAnchors, type Place } from '../../../operations/threads/look-at-anchors.ts';
import { batched } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { ageCursor } from '../children.ts';
import { cursorKeys, type Connection } from '../connection.ts';
import { pageSize } from '../page-size.ts';
import { badInput } from '../../../domain/refusal.ts';

// What threads and comments hold, each read once for a page of them.

type CommentRow = Prisma.CommentModel;

/** The first of each thread, those that were deleted too: a gap would make answers to it unreadable. */
export const commentsOf = batched<string, readonly CommentRow[]>(async (threadIds, { reader }) => {
  const found = await reader.$queryRaw<{ id: string }[]>`
    SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY thread_id ORDER BY created_at, id) AS place FROM comments WHERE thread_id = ANY(${[...threadIds]})) AS ranked WHERE place <= ${COMMENT_PAGE}`;
  const rows = await reader.comment.findMany({ where: { id: { in: found.map((each) => each.id) } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  const groups = Map.groupBy(rows, ({ threadId }) => threadId);
  return new Map(threadIds.map((id) => [id, groups.get(id) ?? []]));
});

export const commentCountOf = batched<string, number>(async (threadIds, { reader }) => {
  const groups = await reader.comment.groupBy({ by: ['threadId'], where: { threadId: { in: [...threadIds] }, deletedAt: null }, _count: { _all: true } });
  return new Map(groups.map((group) => [group.threadId, group._count._all]));
});

/** All there are, the deleted among them: what pages count. */
const placeCountOf = batched<string, number>(async (threadIds, { reader }) => {
  const groups = await reader.comment.groupBy({ by: ['threadId'], where: { threadId: { in: [...threadIds] } }, _count: { _all: true } });
  return new Map(groups.map((group) => [group.threadId, group._count._all]));
});

export interface CommentPageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
}

interface Cut { readonly size: number; readonly backwards: boolean; readonly cursor: string | null }

function cutFrom({ first, after, last, before }: CommentPageArgs): Cut {
  if ((first != null || after != null) && (last != null || before != null)) throw badInput('page/both-ways', 'A page of comments goes forwards (first, after) or backwards (last, before), not both.');
  const backwards = last != null || before != null;
  return { size: pageSize(backwards ? last : first, 50), backwards, cursor: (backwards ? before : after) ?? null };
}

function beyond({ backwards, cursor }: Cut): Prisma.Sql {
  const keys = cursorKeys(cursor, 2);
  if (!keys) return Prisma.sql`true`;
  const at = new Date(String(keys[0]));
  if (Number.isNaN(at.getTime())) throw badInput('page/cursor', 'This is not a cursor of this list. Use one of the page before.');
  return backwards ? Prisma.sql`(created_at, id) < (${at}, ${String(keys[1])})` : Prisma.sql`(created_at, id) > (${at}, ${String(keys[1])})`;
}

/** Pages of several threads at once, asked for alike. */
const pagesOf = batched<string, readonly CommentRow[]>(async (requests, { reader }) => {
  const wanted = requests.map((request) => JSON.parse(request) as [threadId: string, cut: Cut]);
  const answers = new Map<string, readonly CommentRow[]>();
  for (const [text, group] of Map.groupBy(wanted, ([, cut]) => JSON.stringify(cut))) {
    const cut = JSON.parse(text) as Cut;
    const order = cut.backwards ? Prisma.sql`created_at DESC, id DESC` : Prisma.sql`created_at, id`;
    const found = await reader.$queryRaw<{ id: string }[]>`
      SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY thread_id ORDER BY ${order}) AS place FROM comments WHERE thread_id = ANY(${group.map(([id]) => id)}) AND ${beyond(cut)}) AS ranked WHERE place <= ${cut.size + 1}`;
    const rows = await reader.comment.findMany({ where: { id: { in: found.map((each) => each.id) } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
    const own = Map.groupBy(rows, ({ threadId }) => threadId);
    for (const [id] of group) answers.set(JSON.stringify([id, cut]), own.get(id) ?? []);
  }
  return answers;
});

export async function commentPage(context: Context, threadId: string, args: CommentPageArgs): Promise<Connection<CommentRow>> {
  const cut = cutFrom(args);
  const rows = (await pagesOf(context, JSON.stringify([threadId, cut]))) ?? [];
  const more = rows.length > cut.size;
  const kept = !more ? rows : cut.backwards ? rows.slice(1) : rows.slice(0, cut.size);
  const edges = kept.map((node) => ({ node, cursor: ageCursor(node) }));
  return {
    edges,
    pageInfo: { hasNextPage: cut.backwards ? cut.cursor !== null : more, hasPreviousPage: cut.backwards ? more : cut.cursor !== null, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: async () => (await placeCountOf(context, threadId)) ?? 0,
  };
}

export interface ReactionCount { readonly kind: Reaction; readonly personIds: readonly string[] }

export const reactionsOf = batched<string, readonly ReactionCount[]>(async (commentIds, { reader }) => {
  const rows = await reader.commentReaction.findMany({ where: { commentId: { in: [...commentIds] } }, orderBy: [{ createdAt: 'asc' }, { personId: 'asc' }] });
  const groups = Map.groupBy(rows, ({ commentId }) => commentId);
  return new Map([...groups].map(([id, own]) => [id, [...Map.groupBy(own, ({ reaction }) => reactionFrom(reaction))].flatMap(([kind, each]) => (kind === null ? [] : [{ kind, personIds: each.map(({ personId }) => personId) }]))]));
});

export const editsOf = batched<string, readonly Prisma.CommentEditModel[]>(async (commentIds, { reader }) => {
  const rows = await reader.commentEdit.findMany({ where: { commentId: { in: [...commentIds] } }, orderBy: { replacedAt: 'asc' }, take: commentIds.length * MOST_EDITS });
  return Map.groupBy(rows, ({ commentId }) => commentId);
});

export interface Unread { readonly count: number; readonly first: string | null }
export const NOTHING_UNREAD: Unread = { count: 0, first: null };

/** Comments of others behind the viewer's mark. */
export const unreadOf = batched<string, Unread>(async (threadIds, context) => {
  const { personId } = viewerOf(context);
  const rows = await context.reader.$queryRaw<{ id: string; count: number; first: string }[]>`
    SELECT c.thread_id AS id, count(*)::int AS count, (array_agg(c.id ORDER BY c.created_at, c.id))[1] AS first
    FROM comments c LEFT JOIN thread_reads r ON r.thread_id = c.thread_id AND r.person_id = ${personId}
    WHERE c.thread_id = ANY(${[...threadIds]}) AND c.deleted_at IS NULL AND c.author_id <> ${personId} AND (r.read_to IS NULL OR (c.created_at, c.id) > (r.read_to, r.comment_id))
    GROUP BY 1`;
  return new Map(rows.map(({ id, count, first }) => [id, { count, first }]));
});

/** The same over all threads about a thing. */
export const unreadAbout = batched<string, number>(async (subjectIds, context) => {
  const { personId } = viewerOf(context);
  const rows = await context.reader.$queryRaw<{ id: string; count: number }[]>`
    SELECT t.subject_id AS id, count(*)::int AS count
    FROM threads t JOIN comments c ON c.thread_id = t.id LEFT JOIN thread_reads r ON r.thread_id = t.id AND r.person_id = ${personId}
    WHERE t.subject_id = ANY(${[...subjectIds]}) AND c.deleted_at IS NULL AND c.author_id <> ${personId} AND (r.read_to IS NULL OR (c.created_at, c.id) > (r.read_to, r.comment_id))
    GROUP BY 1`;
  return new Map(rows.map(({ id, count }) => [id, count]));
});

export const followersOf = batched<string, readonly Prisma.ThreadFollowerModel[]>(async (threadIds, { reader }) => {
  const rows = await reader.threadFollower.findMany({ where: { threadId: { in: [...threadIds] } }, orderBy: [{ changedAt: 'asc' }, { personId: 'asc' }] });
  return Map.groupBy(rows, ({ threadId }) => threadId);
});

/** What stands where threads point, now. */
export const nowAt = batched<string, Seen | null>(async (threadIds, context) => {
  const threads = await context.reader.thread.findMany({ where: { id: { in: [...threadIds] } }, select: { id: true, subjectId: true, subjectKind: true, anchor: true } });
  const places = threads.flatMap(({ anchor, ...thread }): Place[] => {
    const read = anchorFrom(anchor);
    return read === null ? [] : [{ ...thread, anchor: read }];
  });
  return context.ports.store.transaction((tx) => lookAtAnchors(context.ports, tx, places));
});
