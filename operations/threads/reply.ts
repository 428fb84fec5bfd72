import type { Viewer } from '../../domain/access/viewer.ts';
import { commentBody } from '../../domain/threads/thread.ts';
import type { Ports } from '../ports/ports.ts';
import { announceThread } from './announce-thread.ts';
import { followUp } from './follow-up.ts';
import { reachThread } from './reach-thread.ts';

/** Adds a comment. A settled thread stays settled: reopening is a decision of its own. Resolves to the ids of both. */
export async function reply(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: { readonly thread: string; readonly body: string }): Promise<{ readonly thread: string; readonly comment: string }> {
  const body = commentBody(request.body);
  return ports.store.transaction(async (tx) => {
    const { thing: thread, project } = await reachThread(tx, viewer, request.thread, 'thread.comment');
    const now = ports.clock.now();
    const comment = { id: ports.ids.next('comment'), threadId: thread.id, number: await tx.threads.nextCommentNumber(thread.id), authorId: viewer.personId, guestName: null, body, createdAt: now, editedAt: null, deletedAt: null, deletedById: null };
    await tx.threads.addComment(comment);
    await followUp(tx, { thread, project }, comment);
    await tx.threads.update(thread.id, { updatedAt: now });
    await announceThread(tx, thread, { actorId: viewer.personId, verb: 'replied', comment });
    return { thread: thread.id, comment: comment.id };
  });
}
