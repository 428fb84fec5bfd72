import { mayIn } from '../../domain/access/policy.ts';
import { roleIn, type Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import type { Transaction } from '../ports/store.ts';

/** Refuses with `bin/removed`, and since when, to those who might have seen it; passes where nothing was removed, for the caller to say that there is no such thing. */
export async function refuseRemoved(tx: Transaction, viewer: Viewer, { idOrKey, what }: { readonly idOrKey: string; readonly what: string }): Promise<void> {
  const removal = await tx.bin.removal(idOrKey);
  const project = removal && (await tx.projects.get(removal.projectId));
  if (!removal || !project || !mayIn(roleIn(viewer, project), 'project.read')) return;
  throw notFound('bin/removed', `${what} was removed for good on ${removal.removedAt.toISOString().slice(0, 10)}, some time after it was deleted. It cannot be restored.`);
}
