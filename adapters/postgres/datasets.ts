import { withSketch } from '../../domain/datasets/columns.ts';
import { TAG } from '../../domain/runs/run-tags.ts';
import type { Prisma } from '../../generated/prisma/client.ts';
import type { DatasetRecords } from '../../operations/ports/datasets.ts';
import type { Tx } from './tx.ts';

/** A dataset has few roles: more of them are somebody's mistake. */
const MOST_CONTEXTS = 20;

/** What a later client may know of a dataset that an earlier one did not. */
const LEARNT = ['schema', 'meaning', 'rows', 'bytes'] as const;

export const datasetRecords = (tx: Tx): DatasetRecords => ({
  async save(dataset) {
    const { projectId, name, digest } = dataset;
    await tx.dataset.createMany({ data: [dataset], skipDuplicates: true });
    const stored = await tx.dataset.findUniqueOrThrow({ where: { projectId_name_digest: { projectId, name, digest } }, select: { id: true, schema: true, profile: true, meaning: true, rows: true, bytes: true } });
    const profile = withSketch(stored.profile, dataset.profile);
    const news = { ...Object.fromEntries(LEARNT.filter((field) => stored[field] === null && dataset[field] != null).map((field) => [field, dataset[field]])), ...(profile === stored.profile ? {} : { profile }) };
    if (Object.keys(news).length > 0) await tx.dataset.update({ where: { id: stored.id }, data: news });
    return stored.id;
  },
  async link(runId, datasetId, tags) {
    const content: Prisma.JsonObject = Object.fromEntries(tags);
    const { count } = await tx.runInput.createMany({ data: [{ runId, datasetId, tags: content }], skipDuplicates: true });
    const context = tags.get(TAG.datasetContext);
    if (count > 0 || context === undefined) return;
    await tx.$executeRaw`
      UPDATE run_inputs SET further_contexts = further_contexts || ${context}::text
      WHERE run_id = ${runId} AND dataset_id = ${datasetId} AND tags ->> ${TAG.datasetContext} IS DISTINCT FROM ${context} AND ${context} <> ALL(further_contexts) AND cardinality(further_contexts) < ${MOST_CONTEXTS}`;
  },
});
