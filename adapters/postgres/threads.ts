import { Prisma } from '../../generated/prisma/client.ts';
import type { Subject, SubjectKind, Thread, ThreadRecords } from '../../operations/ports/threads.ts';

type Row = Prisma.ThreadGetPayload<object>;
const threadFrom = (row: Row | null): Thread | null => row && { ...row, subjectKind: row.subjectKind as SubjectKind };

export const threadRecords = (tx: Prisma.TransactionClient): ThreadRecords => ({
  async subject(id) {
    const [found] = await tx.$queryRaw<Subject[]>`
      SELECT 'project' AS kind, id, id AS "projectId", NULL AS "experimentId", name AS title, NULL::jsonb AS anchor FROM projects WHERE id = ${id}
      UNION ALL SELECT 'hypothesis', id, project_id, NULL, statement, NULL FROM hypotheses WHERE id = ${id}
      UNION ALL SELECT 'experiment', id, project_id, id, name, NULL FROM experiments WHERE id = ${id} AND deleted_at IS NULL
      UNION ALL SELECT 'variant', v.id, e.project_id, e.id, v.label, NULL FROM variants v JOIN experiments e ON e.id = v.experiment_id WHERE v.id = ${id}
      UNION ALL SELECT 'run', r.id, e.project_id, e.id, r.name, NULL FROM runs r JOIN experiments e ON e.id = r.experiment_id WHERE r.id = ${id}
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
  async insert(thread) { await tx.thread.create({ data: { ...thread, anchor: thread.anchor === null ? Prisma.DbNull : (thread.anchor as Prisma.InputJsonValue) } }); },
  async update(id, changes) { await tx.thread.update({ where: { id }, data: changes }); },
  comment: (id) => tx.comment.findFirst({ where: { id, deletedAt: null } }),
  comments: (threadId) => tx.comment.findMany({ where: { threadId, deletedAt: null }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] }),
  async addComment(comment) { await tx.comment.create({ data: comment }); },
  async editComment(id, body, editedAt) { await tx.comment.update({ where: { id }, data: { body, editedAt } }); },
});
