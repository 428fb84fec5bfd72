import type { Viewer } from '../../domain/access/viewer.ts';
import type { Following } from '../../domain/threads/following.ts';
import type { Ports } from '../ports/ports.ts';
import { reachThread } from './reach-thread.ts';

/** The viewer's own choice to hear of a thread or to be left in peace; null goes back to neither. Nobody else is told. */
export async function followThread(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly thread: string; readonly following: Following | null }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: thread } = await reachThread(tx, viewer, request.thread, 'project.read');
    await tx.threads.choose(thread.id, viewer.personId, { state: request.following, at: ports.clock.now() });
    return thread.id;
  });
}
