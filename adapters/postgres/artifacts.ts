import type { ArtifactRecords } from '../../operations/ports/artifacts.ts';
import type { Tx } from './tx.ts';

export const artifactRecords = (tx: Tx): ArtifactRecords => ({
  async get(ownerId, path) {
    const found = await tx.artifact.findUnique({ where: { ownerId_path: { ownerId, path } } });
    return found && { ...found, size: Number(found.size) };
  },
  async put({ ownerId, path, sha256, size, createdAt }) {
    // Locks the row also where it is there: a sweep that is about to forget it is waited for.
    await tx.$executeRaw`INSERT INTO blobs (sha256, size, created_at) VALUES (${sha256}, ${size}, ${createdAt}) ON CONFLICT (sha256) DO UPDATE SET size = excluded.size`;
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
