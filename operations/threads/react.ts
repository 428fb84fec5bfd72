import type { Viewer } from '../../domain/access/viewer.ts';
import { requireThere, type Reaction } from '../../domain/threads/reaction.ts';
import type { Ports } from '../ports/ports.ts';
import { reachComment } from './reach-comment.ts';

/** Puts a reaction on a comment, or takes it back. Resolves to the thread's id. */
export async function react(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly comment: string; readonly reaction: Reaction }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { comment, thread } = await reachComment(tx, viewer, request.comment, 'thread.comment');
    requireThere(comment);
    await tx.threads.toggleReaction(comment.id, { personId: viewer.personId, reaction: request.reaction, at: ports.clock.now() });
    const subject = await tx.threads.subject(thread.subjectId);
    // No search text and no audit entry: nothing was said.
    await tx.outbox.change({ noun: 'thread', id: thread.id, verb: 'reacted', projectId: thread.projectId, experimentId: subject?.experimentId ?? null, subjectId: thread.subjectId });
    return thread.id;
  });
}
