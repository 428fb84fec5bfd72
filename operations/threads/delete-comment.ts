import { may } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { deleteRefusal } from '../../domain/threads/thread.ts';
import type { Ports } from '../ports/ports.ts';
import { announceThread } from './announce-thread.ts';
import { reachComment } from './reach-comment.ts';

/** Takes the words away, from reads, search and history; that something was said, and who took it away, stays. Resolves to the thread's id. */
export async function deleteComment(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly comment: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { comment, thread, project } = await reachComment(tx, viewer, request.comment, 'project.read');
    const refusal = deleteRefusal(comment, { personId: viewer.personId, moderates: may(viewer, 'thread.moderate', project), keepsGuests: may(viewer, 'guest-comment.delete', project) });
    if (refusal) throw refusal;
    await tx.threads.deleteComment(comment.id, { personId: viewer.personId, at: ports.clock.now() });
    await tx.mentions.remove(comment.id);
    await announceThread(tx, thread, { actorId: viewer.personId, verb: 'comment-deleted', comment });
    return thread.id;
  });
}
