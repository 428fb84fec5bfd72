import type { Viewer } from '../../domain/access/viewer.ts';
import { commentBody, editRefusal, MOST_EDITS } from '../../domain/threads/thread.ts';
import type { Ports } from '../ports/ports.ts';
import { announceThread } from './announce-thread.ts';
import { keepMentions } from './keep-mentions.ts';
import { reachComment } from './reach-comment.ts';
import { tellMentioned } from './tell-comment.ts';

/** Says it better; shown as edited, with what was said before. Resolves to the thread's id. */
export async function editComment(ports: Pick<Ports, 'store' | 'clock'>, viewer: Viewer, request: { readonly comment: string; readonly body: string }): Promise<string> {
  const body = commentBody(request.body);
  return ports.store.transaction(async (tx) => {
    const { comment, thread, project } = await reachComment(tx, viewer, request.comment, 'thread.comment');
    const refusal = editRefusal(comment, viewer.personId);
    if (refusal) throw refusal;
    if (comment.body === body) return thread.id;
    const now = ports.clock.now();
    await tx.threads.editComment(comment.id, { body, before: comment.body, at: now, most: MOST_EDITS });
    const mentioned = await keepMentions(tx, { thread, project }, { ...comment, body, createdAt: now });
    const known = new Set((await tx.threads.followers(thread.id)).map(({ personId }) => personId));
    await tx.threads.follow(thread.id, mentioned.filter((personId) => !known.has(personId)).map((personId) => ({ personId, state: 'SUBSCRIBED', reason: 'MENTIONED' })), now);
    await tellMentioned(tx, thread, { ...comment, body }, mentioned);
    await announceThread(tx, thread, { actorId: viewer.personId, verb: 'edited', comment });
    return thread.id;
  });
}
