import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { forbidden } from '../../domain/refusal.ts';
import { mayResolve } from '../../domain/threads/thread.ts';
import type { Ports } from '../ports/ports.ts';
import { announceThread } from './announce-thread.ts';
import { reachThread } from './reach-thread.ts';

/** Settles a discussion, or opens it again. */
export async function resolveThread(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly thread: string; readonly resolved: boolean }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: thread, project } = await reachThread(tx, viewer, request.thread, 'project.read');
    const by = { personId: viewer.personId, member: may(viewer, 'experiment.edit', project), reader: true };
    if (!mayResolve(thread, by)) throw forbidden('thread/may-not-resolve', 'Who started a thread, and members of the project, may resolve it.');
    if (request.resolved === (thread.resolvedAt !== null)) return thread.id;
    const now = ports.clock.now();
    await tx.threads.update(thread.id, { updatedAt: now, ...(request.resolved ? { resolvedAt: now, resolvedById: viewer.personId } : { resolvedAt: null, resolvedById: null }) });
    await announceThread(tx, thread, { actorId: viewer.personId, verb: request.resolved ? 'resolved' : 'reopened' });
    return thread.id;
  });
}
