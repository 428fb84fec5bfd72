import type { ProjectAction } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { projectOf, type Reached } from '../experiments/reach.ts';
import type { Transaction } from '../ports/store.ts';
import type { Thread } from '../ports/threads.ts';

export const unknownThread = () => notFound('thread/unknown', 'There is no such thread, or you may not see it.');

/** The thread, its row locked until the transaction ends, after the right was checked. */
export async function reachThread(tx: Transaction, viewer: Viewer, id: string, action: ProjectAction): Promise<Reached<Thread>> {
  const thing = await tx.threads.lock(id);
  if (!thing) throw unknownThread();
  return { thing, project: await projectOf(tx, viewer, thing.projectId, { action, unknown: unknownThread }) };
}
