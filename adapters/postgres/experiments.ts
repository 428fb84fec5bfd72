import type { Prisma } from '../../generated/prisma/client.ts';
import { parseExperimentKey } from '../../domain/projects/key.ts';
import type { ExperimentRecords } from '../../operations/ports/experiments.ts';

export const experimentRecords = (tx: Prisma.TransactionClient): ExperimentRecords => ({
  get: (id) => tx.experiment.findUnique({ where: { id } }),
  many: (ids) => tx.experiment.findMany({ where: { id: { in: [...ids] } }, orderBy: { id: 'asc' } }),
  madeForRuns: (hypothesisId) => tx.experiment.findFirst({ where: { hypothesisId, madeForRuns: true, deletedAt: null, archivedAt: null }, orderBy: { number: 'asc' } }),
  async byKey(key) {
    const parsed = parseExperimentKey(key.trim().toUpperCase());
    return parsed && tx.experiment.findFirst({ where: { number: parsed.number, project: { key: parsed.key } } });
  },
  byMlflowId: (mlflowId) => tx.experiment.findUnique({ where: { mlflowId } }),
  byName: (projectId, name) => tx.experiment.findUnique({ where: { projectId_name: { projectId, name } } }),
  async rememberName({ projectId, name, experimentId }) {
    await tx.experimentFormerName.upsert({ where: { projectId_name: { projectId, name } }, create: { projectId, name, experimentId }, update: { experimentId } });
  },
  async lock(id) {
    const [found] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM experiments WHERE id = ${id} FOR UPDATE`;
    return found === undefined ? null : tx.experiment.findUnique({ where: { id } });
  },
  insert: (experiment) => tx.experiment.create({ data: experiment }),
  async update(id, changes) { await tx.experiment.update({ where: { id }, data: { ...changes, version: { increment: 1 } } }); },

  async relocate(id, { projectId, number, at }) {
    await tx.experiment.update({ where: { id }, data: { projectId, number, updatedAt: at, version: { increment: 1 } } });
    // What can be talked about inside an experiment, then threads about that, threads about those threads, and so on.
    await tx.$executeRaw`
      WITH RECURSIVE inside(id) AS (
        SELECT ${id}::text
        UNION SELECT id FROM runs WHERE experiment_id = ${id}
        UNION SELECT id FROM variants WHERE experiment_id = ${id}
      ), moved(id) AS (
        SELECT id FROM inside UNION SELECT t.id FROM threads t JOIN moved m ON t.subject_id = m.id
      ), new_threads AS (
        UPDATE threads SET project_id = ${projectId} WHERE id IN (SELECT id FROM moved)
      ), new_links AS (
        UPDATE share_links SET project_id = ${projectId} WHERE subject_id IN (SELECT id FROM moved)
      )
      UPDATE search_documents SET project_id = ${projectId} WHERE subject_id IN (SELECT id FROM moved)`;
  },

  async parentIds(id) {
    return (await tx.experimentParent.findMany({ where: { experimentId: id }, select: { parentId: true }, orderBy: { parentId: 'asc' } })).map((each) => each.parentId);
  },
  async setParents(id, parentIds) {
    await tx.experimentParent.deleteMany({ where: { experimentId: id, parentId: { notIn: [...parentIds] } } });
    await tx.experimentParent.createMany({ data: parentIds.map((parentId) => ({ experimentId: id, parentId })), skipDuplicates: true });
  },
  async lockLineage() { await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('lemma lineage'))`; },
  async withAncestors(ids) {
    const found = await tx.$queryRaw<{ id: string }[]>`
      WITH RECURSIVE lineage(id) AS (
        SELECT unnest(${[...ids]}::text[]) UNION SELECT p.parent_id FROM experiment_parents p JOIN lineage l ON p.experiment_id = l.id
      ) SELECT id FROM lineage`;
    return new Set(found.map((each) => each.id));
  },
  async variant(id) {
    const ended = { status: { in: ['FINISHED', 'FAILED', 'KILLED'] } } satisfies Prisma.RunWhereInput;
    const found = await tx.variant.findUnique({ where: { id }, select: { id: true, experimentId: true, fingerprint: true, label: true, runs: { where: ended, take: 1, select: { id: true } } } });
    return found && { ...found, hasEndedRun: found.runs.length > 0 };
  },

  async outcome(id) { return (await tx.experiment.findUnique({ where: { id }, select: { verdict: { select: { outcome: true } } } }))?.verdict?.outcome ?? null; },
  async tags(id) { return new Map((await tx.experimentTag.findMany({ where: { experimentId: id } })).map(({ key, value }) => [key, value])); },
  async setTags(id, tags) {
    if (tags.size === 0) return;
    await tx.$executeRaw`
      INSERT INTO experiment_tags (experiment_id, key, value) SELECT ${id}, g.key, g.value FROM unnest(${[...tags.keys()]}::text[], ${[...tags.values()]}::text[]) AS g(key, value)
      ON CONFLICT (experiment_id, key) DO UPDATE SET value = excluded.value`;
  },
  async deleteTag(id, key) { return (await tx.experimentTag.deleteMany({ where: { experimentId: id, key } })).count > 0; },
});
