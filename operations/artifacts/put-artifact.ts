import type { Viewer } from '../../domain/access/viewer.ts';
import { artifactFilePath, artifactPath } from '../../domain/artifacts/artifact-path.ts';
import { notFound } from '../../domain/refusal.ts';
import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import { announceRun } from '../runs/announce-run.ts';
import { reachLoggedModel } from '../models/reach.ts';
import { reachRun, requireActiveRun } from '../runs/reach.ts';
import type { ArtifactOwner } from './artifact-owner.ts';
import { noteEnvironment } from './note-environment.ts';

export interface PutArtifact {
  readonly owner: ArtifactOwner;
  readonly path: string;
  readonly content: AsyncIterable<Uint8Array>;
  /** Bytes. */
  readonly maxBytes: number;
}

/**
 * Keeps a file; one at the same path is replaced. The right is checked before a byte is taken, the content is durable before the file is listed,
 * and a file whose sending breaks off is never listed. Refuses with `artifact/path` and `blob/too-large`.
 */
export async function putArtifact(ports: Pick<Ports, 'store' | 'blobs' | 'clock' | 'ids' | 'secrets'>, viewer: Viewer, request: PutArtifact): Promise<void> {
  const { owner } = request;
  const path = artifactFilePath(request.path);
  await ports.store.transaction((tx) => requireOwner(tx, viewer, owner));
  const { sha256, size } = await ports.blobs.write(request.content, request.maxBytes);
  await ports.store.transaction(async (tx) => {
    const { runId, experimentId, projectId } = await requireOwner(tx, viewer, owner);
    await tx.artifacts.put({ ownerId: owner.id, path, sha256, size, createdAt: ports.clock.now() });
    if (runId !== null) await announceRun(tx, { id: runId, experimentId }, projectId, 'updated');
  });
  await noteEnvironment(ports, viewer, { owner, path, sha256, size });
}

/** A file, or everything below a folder; "" for all. Refuses with `artifact/unknown` when nothing was there. */
export async function deleteArtifacts(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly owner: ArtifactOwner; readonly path: string }): Promise<void> {
  const path = artifactPath(request.path);
  await ports.store.transaction(async (tx) => {
    const { runId, experimentId, projectId } = await requireOwner(tx, viewer, request.owner);
    const count = await tx.artifacts.delete(request.owner.id, path);
    if (count === 0) throw notFound('artifact/unknown', `No such artifact: '${path}'`);
    if (runId !== null) await announceRun(tx, { id: runId, experimentId }, projectId, 'updated');
    await tx.audit.append({ projectId, actorId: viewer.personId, action: 'artifact.deleted', subjectKind: request.owner.kind, subjectId: request.owner.id, detail: { path, count } });
  });
}

interface OwnedBy { readonly runId: string | null; readonly experimentId: string; readonly projectId: string }

async function requireOwner(tx: Transaction, viewer: Viewer, owner: ArtifactOwner): Promise<OwnedBy> {
  if (owner.kind === 'model') {
    const { model, project } = await reachLoggedModel(tx, viewer, owner.id, 'run.log');
    return { runId: model.sourceRunId, experimentId: model.experimentId, projectId: project.id };
  }
  const { run, project } = await reachRun(tx, viewer, owner.id, 'run.log');
  requireActiveRun(run);
  return { runId: run.id, experimentId: run.experimentId, projectId: project.id };
}
