import type { RunCapture } from '../../domain/runs/capture.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { Run, RunRecords } from '../../operations/ports/runs.ts';
import type { Tx } from './tx.ts';

export const runRecords = (tx: Tx): RunRecords => ({
  get: (id) => tx.run.findUnique({ where: { id } }),
  async lock(id) {
    const [found] = await tx.$queryRaw<unknown[]>`SELECT 1 FROM runs WHERE id = ${id} FOR UPDATE`;
    return found === undefined ? null : tx.run.findUnique({ where: { id } });
  },
  async many(ids) {
    const found: Run[] = await tx.run.findMany({ where: { id: { in: [...ids] } } });
    return new Map(found.map((each) => [each.id, each]));
  },
  async insert(run) { await tx.run.create({ data: run }); },
  async update(id, changes) { await tx.run.update({ where: { id }, data: changes }); },
  async withDescendants(id, projectId) {
    const found = await tx.$queryRaw<{ id: string }[]>`
      WITH RECURSIVE inside(id) AS (SELECT ${id}::text UNION SELECT r.id FROM runs r JOIN inside i ON r.parent_run_id = i.id JOIN experiments e ON e.id = r.experiment_id AND e.project_id = ${projectId}) SELECT id FROM inside ORDER BY id`;
    return found.map((each) => each.id);
  },
  async move(ids, { experimentId, projectId, at }) {
    const runIds = [...ids];
    // Models that were logged into another experiment stay there, whichever run they name as their source: who moves a run has no right over those.
    await tx.$executeRaw`UPDATE logged_models m SET experiment_id = ${experimentId} FROM runs r WHERE r.id = ANY(${runIds}) AND m.source_run_id = r.id AND m.experiment_id = r.experiment_id`;
    await tx.run.updateMany({ where: { id: { in: runIds } }, data: { experimentId, variantId: null, updatedAt: at } });
    // What can be talked about, then threads about that, threads about those threads, and so on.
    await tx.$executeRaw`
      WITH RECURSIVE moved(id) AS (
        SELECT unnest(${runIds}::text[]) UNION SELECT t.id FROM threads t JOIN moved m ON t.subject_id = m.id
      ), new_threads AS (
        UPDATE threads SET project_id = ${projectId} WHERE id IN (SELECT id FROM moved)
      ), new_links AS (
        UPDATE share_links SET project_id = ${projectId} WHERE subject_id IN (SELECT id FROM moved)
      )
      UPDATE search_documents SET project_id = ${projectId} WHERE subject_id IN (SELECT id FROM moved)`;
  },
  async markAllDeleted(experimentId, deletedAt) { await tx.run.updateMany({ where: { experimentId }, data: { deletedAt } }); },

  async params(runId) { return asMap(await tx.runParam.findMany({ where: { runId } })); },
  async addParams(runId, params) {
    if (params.size === 0) return new Map();
    // One statement: what is already there is returned, and only what is not is inserted. The caller holds the run's lock.
    const before = await tx.$queryRaw<Pair[]>`
      WITH given AS (SELECT * FROM unnest(${[...params.keys()]}::text[], ${[...params.values()]}::text[]) AS g(key, value)),
           added AS (INSERT INTO run_params (run_id, key, value) SELECT ${runId}, key, value FROM given ON CONFLICT DO NOTHING)
      SELECT key, value FROM run_params WHERE run_id = ${runId} AND key IN (SELECT key FROM given)`;
    return asMap(before);
  },
  async tags(runId) { return asMap(await tx.runTag.findMany({ where: { runId } })); },
  async setTags(runId, tags) {
    if (tags.size === 0) return;
    await tx.$executeRaw`
      INSERT INTO run_tags (run_id, key, value) SELECT ${runId}, g.key, g.value FROM unnest(${[...tags.keys()]}::text[], ${[...tags.values()]}::text[]) AS g(key, value)
      ON CONFLICT (run_id, key) DO UPDATE SET value = excluded.value`;
  },
  async deleteTag(runId, key) { return (await tx.runTag.deleteMany({ where: { runId, key } })).count > 0; },

  async environment(id) {
    const found = await tx.environment.findUnique({ where: { id }, select: { content: true } });
    return found && (found.content as Record<string, unknown>);
  },
  async saveEnvironment({ id, digest, content }) {
    await tx.$executeRaw`INSERT INTO environments (id, digest, content) VALUES (${id}, ${digest}, ${content as Prisma.JsonObject}::jsonb) ON CONFLICT (digest) DO NOTHING`;
    return (await tx.environment.findUniqueOrThrow({ where: { digest }, select: { id: true } })).id;
  },

  async capture(runId) {
    const found = await tx.runCapture.findUnique({ where: { runId }, select: { content: true } });
    return found && (found.content as unknown as RunCapture);
  },
  async saveCapture(runId, capture, recordedAt) {
    const content = capture as unknown as Prisma.InputJsonObject;
    await tx.runCapture.upsert({ where: { runId }, create: { runId, content, recordedAt }, update: { content, recordedAt } });
  },
  exit: (runId) => tx.runExit.findUnique({ where: { runId }, select: { exitCode: true, signal: true, traceback: true } }),
  async saveExit(runId, exit) { await tx.runExit.upsert({ where: { runId }, create: { runId, ...exit }, update: exit }); },
});

interface Pair { readonly key: string; readonly value: string }
const asMap = (pairs: readonly Pair[]): ReadonlyMap<string, string> => new Map(pairs.map(({ key, value }) => [key, value]));
