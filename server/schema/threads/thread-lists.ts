import { lineNow } from '../../../domain/artifacts/quoted-line.ts';
import { anchorFrom, type ThreadAnchor } from '../../../domain/threads/anchor.ts';
import type { Following } from '../../../domain/threads/following.ts';
import { reactionFrom, type Reaction } from '../../../domain/threads/reaction.ts';
import { movedOn, type Seen } from '../../../domain/threads/seen.ts';
import { COMMENT_PAGE, MOST_EDITS } from '../../../domain/threads/thread.ts';
import { Prisma } from '../../../generated/prisma/client.ts';
import { lookAtAnchors, type Place } from '../../../operations/threads/look-at-anchors.ts';
import { linesOfFile } from '../../../operations/threads/look-at-line.ts';
import { batched, batchedOwn, batchedRows } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { cursorFrom, cursorKeys, type Connection } from '../connection.ts';
import { pageSize } from '../page-size.ts';
import { badInput, notFound } from '../../../domain/refusal.ts';

// What threads and comments hold, each read once for a page of them.

type CommentRow = Prisma.CommentModel;

/** Of a column of four bytes. */
const MOST_NUMBER = 2 ** 31 - 1;

/** The first of each thread, those that were deleted too: a gap would make answers to it unreadable. */
export const commentsOf = batchedRows<string, readonly CommentRow[]>(async (threadIds, { reader }) => {
  const rows = await reader.comment.findMany({ where: { threadId: { in: [...threadIds] }, number: { lte: COMMENT_PAGE } }, orderBy: { number: 'asc' } });
  const groups = Map.groupBy(rows, ({ threadId }) => threadId);
  return new Map(threadIds.map((id) => [id, groups.get(id) ?? []]));
});

export const commentCountOf = batchedRows<string, number>(async (threadIds, { reader }) => {
  const groups = await reader.comment.groupBy({ by: ['threadId'], where: { threadId: { in: [...threadIds] }, deletedAt: null }, _count: { _all: true } });
  return new Map(groups.map((group) => [group.threadId, group._count._all]));
});

/** All there are, the deleted among them: what pages count. None is ever taken out, so the last one's number says it. */
const placeCountOf = batchedRows<string, number>(async (threadIds, { reader }) => {
  const rows = await reader.$queryRaw<{ id: string; count: number }[]>`SELECT t.id, coalesce((SELECT max(number) FROM comments WHERE thread_id = t.id), 0) AS count FROM unnest(${[...threadIds]}::text[]) AS t (id)`;
  return new Map(rows.map(({ id, count }) => [id, count]));
});

/** By id, for who has made sure that the viewer sees its thread. */
export const commentRowOf = batchedRows<string, CommentRow>(async (ids, { reader }) => new Map((await reader.comment.findMany({ where: { id: { in: [...ids] } } })).map((row) => [row.id, row])));

export interface CommentPageArgs {
  readonly first?: number | null | undefined;
  readonly after?: string | null | undefined;
  readonly last?: number | null | undefined;
  readonly before?: string | null | undefined;
  readonly around?: string | null | undefined;
}

/** Comments behind the numbered one, or before it; from the end where there is none. */
interface Cut { readonly size: number; readonly backwards: boolean; readonly number: number | null }

const bothWays = () => badInput('page/both-ways', 'A page of comments goes forwards (first, after), backwards (last, before) or around a comment (first, around), not several ways at once.');

async function cutFrom(context: Context, threadId: string, { first, after, last, before, around }: CommentPageArgs): Promise<Cut> {
  const backwards = last != null || before != null;
  if ((first != null || after != null || around != null) && backwards) throw bothWays();
  if (after != null && around != null) throw bothWays();
  const size = pageSize(backwards ? last : first, 50);
  const number = around == null ? numberFrom(threadId, backwards ? before : after) : Math.max(0, (await numberIn(context, threadId, around)) - 1 - Math.floor(size / 2));
  return { size, backwards, number };
}

const commentCursor = ({ threadId, number }: CommentRow): string => cursorFrom(threadId, number);

/** A cursor is of one thread: with that of another the place would mean something else. */
function numberFrom(threadId: string, cursor: string | null | undefined): number | null {
  const keys = cursorKeys(cursor, 2);
  if (!keys) return null;
  const [of, number] = keys;
  if (of !== threadId || typeof number !== 'number' || !Number.isInteger(number) || number < 0 || number > MOST_NUMBER) throw badInput('page/cursor', 'This is not a cursor of this list. Use one of the page before.');
  return number;
}

async function numberIn(context: Context, threadId: string, commentId: string): Promise<number> {
  const comment = await commentRowOf(context, commentId);
  if (comment?.threadId !== threadId) throw notFound('comment/unknown', 'There is no such comment in this thread.');
  return comment.number;
}

function beyond({ backwards, number }: Cut): Prisma.Sql {
  if (number === null) return Prisma.sql`true`;
  return backwards ? Prisma.sql`number < ${number}` : Prisma.sql`number > ${number}`;
}

/** Pages of several threads at once, asked for alike. */
const pagesOf = batchedRows<string, readonly CommentRow[]>(async (requests, { reader }) => {
  const wanted = requests.map((request) => JSON.parse(request) as [threadId: string, cut: Cut]);
  const answers = new Map<string, readonly CommentRow[]>();
  for (const [text, group] of Map.groupBy(wanted, ([, cut]) => JSON.stringify(cut))) {
    const cut = JSON.parse(text) as Cut;
    const order = cut.backwards ? Prisma.sql`number DESC` : Prisma.sql`number`;
    // The numbers first, from their index alone: asked for more, Postgres would read all of a long thread where most are short.
    const found = await reader.$queryRaw<{ threadId: string; from: number; to: number }[]>`
      SELECT t.id AS "threadId", page."from", page."to" FROM unnest(${group.map(([id]) => id)}::text[]) AS t (id)
        CROSS JOIN LATERAL (SELECT min(number) AS "from", max(number) AS "to" FROM (SELECT number FROM comments WHERE thread_id = t.id AND ${beyond(cut)} ORDER BY ${order} LIMIT ${cut.size + 1}) c) page
      WHERE page."from" IS NOT NULL`;
    const rows = await reader.comment.findMany({ where: { OR: found.map(({ threadId, from, to }) => ({ threadId, number: { gte: from, lte: to } })) }, orderBy: { number: 'asc' } });
    const own = Map.groupBy(rows, ({ threadId }) => threadId);
    for (const [id] of group) answers.set(JSON.stringify([id, cut]), own.get(id) ?? []);
  }
  return answers;
});

export async function commentPage(context: Context, threadId: string, args: CommentPageArgs): Promise<Connection<CommentRow>> {
  const cut = await cutFrom(context, threadId, args);
  const rows = (await pagesOf(context, JSON.stringify([threadId, cut]))) ?? [];
  const more = rows.length > cut.size;
  const kept = !more ? rows : cut.backwards ? rows.slice(1) : rows.slice(0, cut.size);
  const edges = kept.map((node) => ({ node, cursor: commentCursor(node) }));
  return {
    edges,
    pageInfo: { hasNextPage: cut.backwards ? cut.number !== null : more, hasPreviousPage: cut.backwards ? more : (cut.number ?? 0) > 0, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: async () => (await placeCountOf(context, threadId)) ?? 0,
  };
}

export interface ReactionCount { readonly kind: Reaction; readonly personIds: readonly string[] }

export const reactionsOf = batchedRows<string, readonly ReactionCount[]>(async (commentIds, { reader }) => {
  const rows = await reader.commentReaction.findMany({ where: { commentId: { in: [...commentIds] } }, orderBy: [{ createdAt: 'asc' }, { personId: 'asc' }] });
  const groups = Map.groupBy(rows, ({ commentId }) => commentId);
  return new Map([...groups].map(([id, own]) => [id, [...Map.groupBy(own, ({ reaction }) => reactionFrom(reaction))].flatMap(([kind, each]) => (kind === null ? [] : [{ kind, personIds: each.map(({ personId }) => personId) }]))]));
});

export const editsOf = batchedRows<string, readonly Prisma.CommentEditModel[]>(async (commentIds, { reader }) => {
  const rows = await reader.commentEdit.findMany({ where: { commentId: { in: [...commentIds] } }, orderBy: { replacedAt: 'asc' }, take: commentIds.length * MOST_EDITS });
  return Map.groupBy(rows, ({ commentId }) => commentId);
});

export interface Unread { readonly count: number; readonly first: string | null }
export const NOTHING_UNREAD: Unread = { count: 0, first: null };

/** Comments of others behind the viewer's mark. */
export const unreadOf = batchedOwn<Unread>(async (threadIds, personIds, { reader }) => {
  const behind = Prisma.sql`c.deleted_at IS NULL AND c.author_id <> t.person_id AND (c.created_at, c.id) > (coalesce(r.read_to, '-infinity'), coalesce(r.comment_id, ''))`;
  const rows = await reader.$queryRaw<{ id: string; personId: string; count: number; first: string }[]>`
    SELECT t.id, t.person_id AS "personId", unread.count, (SELECT c.id FROM comments c WHERE c.thread_id = t.id AND ${behind} ORDER BY c.created_at, c.id LIMIT 1) AS first
    FROM unnest(${[...threadIds]}::text[], ${[...personIds]}::text[]) AS t (id, person_id)
      LEFT JOIN thread_reads r ON r.thread_id = t.id AND r.person_id = t.person_id
      CROSS JOIN LATERAL (SELECT count(*)::int AS count FROM comments c WHERE c.thread_id = t.id AND ${behind}) unread
    WHERE unread.count > 0`;
  return rows.map(({ id, personId, count, first }) => ({ id, personId, own: { count, first } }));
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

/** Whether the viewer hears of threads. */
export const followingOf = batchedOwn<Following>(async (threadIds, personIds, { reader }) => {
  const rows = await reader.threadFollower.findMany({ where: { threadId: { in: [...threadIds] }, personId: { in: [...personIds] } } });
  return rows.map(({ threadId, personId, state }) => ({ id: threadId, personId, own: state as Following }));
});

export const followersOf = batchedRows<string, readonly Prisma.ThreadFollowerModel[]>(async (threadIds, { reader }) => {
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

/** A line that was quoted, and the file as it is now. */
interface QuotedLine { readonly line: number; readonly quote: string | null; readonly sha256: string; readonly size: number }

const lineIn = batched<string, { readonly number: number | null } | null>(async (asked, { ports }) => {
  const found = new Map<string, { readonly number: number | null } | null>();
  const byFile = Map.groupBy(asked.map((key) => ({ key, ...(JSON.parse(key) as QuotedLine) })), ({ sha256 }) => sha256);
  // One file after the other: a page of threads never holds more than one of them.
  for (const [sha256, own] of byFile) {
    const lines = await linesOfFile(ports.blobs, { sha256, size: own[0]?.size ?? 0 });
    for (const { key, line, quote } of own) found.set(key, lines === null ? null : { number: lineNow(lines, { line, quote: quote ?? undefined }) });
  }
  return found;
});

/** Where a line that a thread quotes stands in its file now; null where it quotes none, or the file cannot be read. What has not changed since is not read. */
export async function lineOf(context: Context, anchor: ThreadAnchor, { seen, now }: { readonly seen: Seen | null; readonly now: Seen | null }): Promise<{ readonly number: number | null } | null> {
  if (anchor.kind !== 'artifact' || anchor.line === undefined || now?.kind !== 'file') return null;
  if (!movedOn(seen, now)) return { number: anchor.line };
  return (await lineIn(context, JSON.stringify({ line: anchor.line, quote: anchor.quote ?? null, sha256: now.sha256, size: now.size } satisfies QuotedLine))) ?? null;
}
