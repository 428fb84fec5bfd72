import type { Viewer } from '../../domain/access/viewer.ts';
import { requireThere, type Reaction } from '../../domain/threads/reaction.ts';
import type { Ports } from '../ports/ports.ts';
import { tellThread } from './announce-thread.ts';
import { reachComment } from './reach-comment.ts';

/** Puts a reaction on a comment, or takes it back. Resolves to the thread's id. */
export async function react(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly comment: string; readonly reaction: Reaction }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { comment, thread } = await reachComment(tx, viewer, request.comment, 'thread.comment');
    requireThere(comment);
    await tx.threads.toggleReaction(comment.id, { personId: viewer.personId, reaction: request.reaction, at: ports.clock.now() });
    // No search text and no audit entry: nothing was said.
    await tellThread(tx, thread, 'reacted', comment);
    return thread.id;
  });
}
