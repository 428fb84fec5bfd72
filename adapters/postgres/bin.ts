import type { BinRecords, Binned, Removal } from '../../operations/ports/bin.ts';
import type { Tx } from './tx.ts';

export const binRecords = (tx: Tx): BinRecords => ({
  async takeRun(before) {
    const [found] = await tx.$queryRaw<Binned[]>`
      SELECT r.id, r.name, e.project_id AS "projectId", e.id AS "experimentId", r.deleted_at AS "deletedAt" FROM runs r JOIN experiments e ON e.id = r.experiment_id
      WHERE r.deleted_at < ${before} AND NOT EXISTS (SELECT FROM model_versions v WHERE v.run_id = r.id) ORDER BY r.deleted_at, r.id LIMIT 1 FOR UPDATE OF r SKIP LOCKED`;
    return found ?? null;
  },
  async takeExperiment(before) {
    const [found] = await tx.$queryRaw<Binned[]>`
      SELECT e.id, p.key || '-' || e.number AS name, e.project_id AS "projectId", e.id AS "experimentId", e.deleted_at AS "deletedAt" FROM experiments e JOIN projects p ON p.id = e.project_id
      WHERE e.deleted_at < ${before} AND e.mlflow_id <> 0 AND NOT EXISTS (SELECT FROM runs r WHERE r.experiment_id = e.id) AND NOT EXISTS (SELECT FROM experiment_parents c WHERE c.parent_id = e.id)
        AND NOT EXISTS (SELECT FROM logged_models m JOIN model_versions v ON v.model_id = m.id WHERE m.experiment_id = e.id)
      ORDER BY e.deleted_at, e.id LIMIT 1 FOR UPDATE OF e SKIP LOCKED`;
    return found ?? null;
  },
  async removeRun(run, at) {
    await note(tx, 'run', run, { removedAt: at, cleanedAt: null });
    await forgetWhatIsAbout(tx, [run.id]);
    await tx.artifact.deleteMany({ where: { ownerId: run.id } });
    await tx.run.delete({ where: { id: run.id } });
  },
  async removeExperiment(experiment, at) {
    const { id } = experiment;
    await note(tx, 'experiment', experiment, { removedAt: at, cleanedAt: at });
    const variants = await tx.variant.findMany({ where: { experimentId: id }, select: { id: true } });
    const models = (await tx.loggedModel.findMany({ where: { experimentId: id }, select: { id: true } })).map((model) => model.id);
    await forgetWhatIsAbout(tx, [id, ...variants.map((variant) => variant.id)]);
    await tx.artifact.deleteMany({ where: { ownerId: { in: models } } });
    await tx.runOutput.deleteMany({ where: { modelId: { in: models } } });
    await tx.runModelInput.deleteMany({ where: { modelId: { in: models } } });
    await tx.loggedModel.deleteMany({ where: { id: { in: models } } });
    // Before its verdicts go with it.
    await tx.$executeRaw`UPDATE experiments SET verdict_id = NULL WHERE id = ${id}`;
    await tx.experiment.delete({ where: { id } });
  },
  async removal(idOrKey) {
    const found: Removal | null = await tx.removal.findFirst({ where: { OR: [{ subjectId: idOrKey, subjectKind: 'run' }, { name: idOrKey, subjectKind: 'experiment' }] }, select: { projectId: true, removedAt: true } });
    return found;
  },
  async uncleaned(limit) {
    return (await tx.removal.findMany({ where: { cleanedAt: null }, orderBy: { removedAt: 'asc' }, take: limit, select: { subjectId: true } })).map(({ subjectId }) => subjectId);
  },
  async noteCleaned(runId, at) { await tx.removal.update({ where: { subjectId: runId }, data: { cleanedAt: at } }); },
  async unusedBlobs(before, limit) {
    // A backup holds it shared while it copies what its snapshot names.
    const [mine] = await tx.$queryRaw<{ taken: boolean }[]>`SELECT pg_try_advisory_xact_lock(hashtext('lemma blobs')) AS taken`;
    if (!mine?.taken) return [];
    const found = await tx.$queryRaw<{ sha256: string }[]>`
      SELECT b.sha256 FROM blobs b WHERE b.created_at < ${before} AND NOT EXISTS (SELECT FROM artifacts a WHERE a.sha256 = b.sha256) AND NOT EXISTS (SELECT FROM note_files f WHERE f.sha256 = b.sha256) ORDER BY b.sha256 LIMIT ${limit} FOR UPDATE OF b SKIP LOCKED`;
    return found.map(({ sha256 }) => sha256);
  },
  async forgetBlobs(sha256s) { await tx.blob.deleteMany({ where: { sha256: { in: [...sha256s] }, artifacts: { none: {} }, noteFiles: { none: {} } } }); },
});

/** Once only: of two who remove the same, the second finds it gone. */
async function note(tx: Tx, subjectKind: string, { id, name, projectId }: Binned, at: { readonly removedAt: Date; readonly cleanedAt: Date | null }): Promise<void> {
  await tx.removal.create({ data: { subjectId: id, subjectKind, projectId, name, ...at } });
}

/** Notes and discussions, discussions about those, and so on; what they mention and who mentions them; links for outsiders; what search finds. */
async function forgetWhatIsAbout(tx: Tx, ids: readonly string[]): Promise<void> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    WITH RECURSIVE about(id) AS (SELECT unnest(${[...ids]}::text[]) UNION SELECT t.id FROM (SELECT id, subject_id FROM threads UNION ALL SELECT id, subject_id FROM notes) t JOIN about a ON t.subject_id = a.id) SELECT id FROM about`;
  const all = found.map(({ id }) => id);
  await tx.searchDocument.deleteMany({ where: { subjectId: { in: all } } });
  await tx.shareLink.deleteMany({ where: { subjectId: { in: all } } });
  await tx.mention.deleteMany({ where: { OR: [{ sourceId: { in: all } }, { subjectId: { in: all } }, { targetId: { in: [...ids] } }] } });
  await tx.note.deleteMany({ where: { id: { in: all } } });
  await tx.thread.deleteMany({ where: { id: { in: all } } });
}
