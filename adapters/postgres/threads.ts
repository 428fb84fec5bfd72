import { Prisma } from '../../generated/prisma/client.ts';
import type { Follower, Following, FollowingReason } from '../../domain/threads/following.ts';
import type { Seen } from '../../domain/threads/seen.ts';
import type { Subject, SubjectKind, Thread, ThreadRecords } from '../../operations/ports/threads.ts';
import { threadPlaces } from './thread-places.ts';

type Row = Prisma.ThreadGetPayload<object>;
const threadFrom = (row: Row | null): Thread | null => row && { ...row, subjectKind: row.subjectKind as SubjectKind, seen: row.seen as Seen | null };
const json = (value: unknown) => (value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue));

export const threadRecords = (tx: Prisma.TransactionClient): ThreadRecords => ({
  async subject(id) {
    const [found] = await tx.$queryRaw<Subject[]>`
      SELECT 'project' AS kind, id, id AS "projectId", NULL AS "experimentId", name AS title, NULL::jsonb AS anchor FROM projects WHERE id = ${id}
      UNION ALL SELECT 'hypothesis', id, project_id, NULL, statement, NULL FROM hypotheses WHERE id = ${id}
      UNION ALL SELECT 'experiment', id, project_id, id, name, NULL FROM experiments WHERE id = ${id} AND deleted_at IS NULL
      UNION ALL SELECT 'variant', v.id, e.project_id, e.id, v.label, NULL FROM variants v JOIN experiments e ON e.id = v.experiment_id WHERE v.id = ${id}
      UNION ALL SELECT 'run', r.id, e.project_id, e.id, r.name, NULL FROM runs r JOIN experiments e ON e.id = r.experiment_id WHERE r.id = ${id}
      UNION ALL SELECT 'note', n.id, n.project_id, (SELECT e.id FROM experiments e WHERE e.id = n.subject_id UNION ALL SELECT r.experiment_id FROM runs r WHERE r.id = n.subject_id), n.title, NULL FROM notes n WHERE n.id = ${id} AND n.deleted_at IS NULL
      UNION ALL SELECT 'meeting', id, project_id, NULL, title, NULL FROM meetings WHERE id = ${id}
      UNION ALL SELECT 'thread', id, project_id, NULL, '', NULL FROM threads WHERE id = ${id}
      UNION ALL SELECT 'experiment', e.id, e.project_id, e.id, e.name, '{"kind":"verdict"}' FROM verdicts v JOIN experiments e ON e.id = v.experiment_id WHERE v.id = ${id}
      UNION ALL SELECT 'experiment', e.id, e.project_id, e.id, e.name, jsonb_build_object('kind', 'review', 'review', r.id) FROM reviews r JOIN experiments e ON e.id = r.experiment_id WHERE r.id = ${id}`;
    return found ?? null;
  },
  get: async (id) => threadFrom(await tx.thread.findUnique({ where: { id } })),
  async lock(id) {
    const [found] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM threads WHERE id = ${id} FOR UPDATE`;
    return found === undefined ? null : threadFrom(await tx.thread.findUnique({ where: { id } }));
  },
  async insert({ anchor, seen, ...thread }) { await tx.thread.create({ data: { ...thread, anchor: json(anchor), seen: json(seen) } }); },
  async update(id, { anchor, ...changes }) { await tx.thread.update({ where: { id }, data: { ...changes, ...(anchor === undefined ? {} : { anchor: json(anchor) }) } }); },
  async nextNumber(subjectId) {
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`threads of ${subjectId}`}, 0))`;
    return ((await tx.thread.aggregate({ where: { subjectId }, _max: { number: true } }))._max.number ?? 0) + 1;
  },
  async ownerOf({ id }) {
    const [found] = await tx.$queryRaw<{ owner: string | null }[]>`
      SELECT author_id AS owner FROM hypotheses WHERE id = ${id}
      UNION ALL SELECT owner_id FROM experiments WHERE id = ${id}
      UNION ALL SELECT created_by_id FROM threads WHERE id = ${id}
      UNION ALL SELECT coalesce(r.created_by_id, e.owner_id) FROM runs r JOIN experiments e ON e.id = r.experiment_id WHERE r.id = ${id}
      UNION ALL SELECT created_by_id FROM notes WHERE id = ${id}
      UNION ALL SELECT e.owner_id FROM variants v JOIN experiments e ON e.id = v.experiment_id WHERE v.id = ${id}`;
    return found?.owner ?? null;
  },
  comment: (id) => tx.comment.findUnique({ where: { id } }),
  comments: (threadId, { from, to }) => tx.comment.findMany({ where: { threadId, deletedAt: null, number: { gte: from, lte: to } }, orderBy: { number: 'asc' } }),
  nextCommentNumber: async (threadId) => ((await tx.comment.aggregate({ where: { threadId }, _max: { number: true } }))._max.number ?? 0) + 1,
  countStartedBy: (id) => tx.thread.count({ where: { createdById: id } }),
  async addComment(comment) { await tx.comment.create({ data: comment }); },
  async editComment(id, { body, before, at, most }) {
    await tx.commentEdit.upsert({ where: { commentId_replacedAt: { commentId: id, replacedAt: at } }, create: { commentId: id, replacedAt: at, body: before }, update: {} });
    await tx.$executeRaw`DELETE FROM comment_edits WHERE comment_id = ${id} AND replaced_at NOT IN (SELECT replaced_at FROM comment_edits WHERE comment_id = ${id} ORDER BY replaced_at DESC LIMIT ${most})`;
    await tx.comment.update({ where: { id }, data: { body, editedAt: at } });
  },
  async deleteComment(id, { personId, at }) {
    await tx.commentEdit.deleteMany({ where: { commentId: id } });
    await tx.commentReaction.deleteMany({ where: { commentId: id } });
    await tx.comment.update({ where: { id }, data: { body: '', deletedAt: at, deletedById: personId } });
  },
  async toggleReaction(commentId, { personId, reaction, at }) {
    const { count } = await tx.commentReaction.deleteMany({ where: { commentId, personId, reaction } });
    if (count > 0) return false;
    await tx.commentReaction.create({ data: { commentId, personId, reaction, createdAt: at } });
    return true;
  },
  async followers(threadId) {
    const rows = await tx.threadFollower.findMany({ where: { threadId }, orderBy: [{ changedAt: 'asc' }, { personId: 'asc' }] });
    return rows.map(({ personId, state, reason }): Follower => ({ personId, state: state as Following, reason: reason as FollowingReason }));
  },
  async follow(threadId, followers, at) {
    await tx.threadFollower.createMany({ data: followers.map((follower) => ({ threadId, ...follower, changedAt: at })), skipDuplicates: true });
  },
  async choose(threadId, personId, { state, at }) {
    const key = { threadId_personId: { threadId, personId } };
    if (state === null) await tx.threadFollower.deleteMany({ where: { threadId, personId } });
    else await tx.threadFollower.upsert({ where: key, create: { threadId, personId, state, reason: 'CHOSEN', changedAt: at }, update: { state, reason: 'CHOSEN', changedAt: at } });
  },
  async markRead(threadId, personId, { id, createdAt }) {
    await tx.$executeRaw`
      INSERT INTO thread_reads (thread_id, person_id, comment_id, read_to) VALUES (${threadId}, ${personId}, ${id}, ${createdAt})
      ON CONFLICT (thread_id, person_id) DO UPDATE SET comment_id = excluded.comment_id, read_to = excluded.read_to
        WHERE (thread_reads.read_to, thread_reads.comment_id) < (excluded.read_to, excluded.comment_id)`;
  },
  async markAllRead(subjectId, personId) {
    await tx.$executeRaw`
      INSERT INTO thread_reads (thread_id, person_id, comment_id, read_to)
      SELECT t.id, ${personId}, last.id, last.created_at
      FROM threads t CROSS JOIN LATERAL (SELECT id, created_at FROM comments c WHERE c.thread_id = t.id ORDER BY number DESC LIMIT 1) last
      WHERE t.subject_id = ${subjectId}
      ON CONFLICT (thread_id, person_id) DO UPDATE SET comment_id = excluded.comment_id, read_to = excluded.read_to
        WHERE (thread_reads.read_to, thread_reads.comment_id) < (excluded.read_to, excluded.comment_id)`;
  },
  ...threadPlaces(tx),
});
