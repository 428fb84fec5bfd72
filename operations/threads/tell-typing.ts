import type { Viewer } from '../../domain/access/viewer.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { unknownThread } from './reach-thread.ts';

/** Tells who has the thread open that the viewer writes, or has stopped. Kept nowhere. Resolves to the thread's id. */
export async function tellTyping({ store, typing }: Pick<Ports, 'store' | 'typing'>, viewer: Viewer, request: { readonly thread: string; readonly typing: boolean }): Promise<string> {
  const thread = await store.transaction(async (tx) => {
    const found = await tx.threads.get(request.thread);
    if (!found) throw unknownThread();
    await projectOf(tx, viewer, found.projectId, { action: 'thread.comment', unknown: unknownThread });
    return found;
  });
  typing.tell({ subjectId: thread.subjectId, threadId: thread.id, personId: viewer.personId, typing: request.typing });
  return thread.id;
}
