import type { Prisma } from '../../generated/prisma/client.ts';
import type { DatasetRecords } from '../../operations/ports/datasets.ts';
import type { Tx } from './tx.ts';

export const datasetRecords = (tx: Tx): DatasetRecords => ({
  async save(dataset) {
    const { projectId, name, digest } = dataset;
    await tx.dataset.createMany({ data: [dataset], skipDuplicates: true });
    const stored = await tx.dataset.findUniqueOrThrow({ where: { projectId_name_digest: { projectId, name, digest } }, select: { id: true } });
    return stored.id;
  },
  async link(runId, datasetId, tags) {
    const content: Prisma.JsonObject = Object.fromEntries(tags);
    await tx.runInput.createMany({ data: [{ runId, datasetId, tags: content }], skipDuplicates: true });
  },
});
