import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { commentBody, editRefusal } from '../../domain/threads/thread.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { announceThread } from './announce-thread.ts';

const unknownComment = () => notFound('comment/unknown', 'There is no such comment, or you may not see it.');

/** Says it better; shown as edited. Resolves to the thread's id. */
export async function editComment(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly comment: string; readonly body: string }): Promise<string> {
  const body = commentBody(request.body);
  return ports.store.transaction(async (tx) => {
    const comment = await tx.threads.comment(request.comment);
    const thread = comment && (await tx.threads.lock(comment.threadId));
    if (!comment || !thread) throw unknownComment();
    await projectOf(tx, viewer, thread.projectId, { action: 'thread.comment', unknown: unknownComment });
    const refusal = editRefusal(comment, viewer.personId);
    if (refusal) throw refusal;
    if (comment.body === body) return thread.id;
    await tx.threads.editComment(comment.id, body, ports.clock.now());
    await announceThread(tx, thread, { actorId: viewer.personId, verb: 'edited' });
    return thread.id;
  });
}
