import type { ArtifactRecords } from '../../operations/ports/artifacts.ts';
import type { Tx } from './tx.ts';

export const artifactRecords = (tx: Tx): ArtifactRecords => ({
  async get(ownerId, path) {
    const found = await tx.artifact.findUnique({ where: { ownerId_path: { ownerId, path } } });
    return found && { ...found, size: Number(found.size) };
  },
  async put({ ownerId, path, sha256, size, createdAt }) {
    await tx.blob.createMany({ data: [{ sha256, size, createdAt }], skipDuplicates: true });
    await tx.artifact.upsert({
      where: { ownerId_path: { ownerId, path } },
      create: { ownerId, path, sha256, size, createdAt },
      update: { sha256, size, createdAt },
    });
  },
  async delete(ownerId, path) {
    const below = path === '' ? {} : { OR: [{ path }, { path: { startsWith: `${path}/` } }] };
    return (await tx.artifact.deleteMany({ where: { ownerId, ...below } })).count;
  },
});
