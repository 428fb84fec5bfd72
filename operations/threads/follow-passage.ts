import { badInput } from '../../domain/refusal.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { anchorFrom, threadAnchor } from '../../domain/threads/anchor.ts';
import type { Ports } from '../ports/ports.ts';
import { reachThread } from './reach-thread.ts';

/** Keeps by which letters a passage is known, as whoever wrote them anew says. Only who may edit the note can have done that. What was quoted stays as it was. */
export async function followPassage(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly thread: string; readonly from: string; readonly to: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    const { thing: thread } = await reachThread(tx, viewer, request.thread, 'note.edit');
    const before = anchorFrom(thread.anchor);
    if (before?.kind !== 'text') throw badInput('thread/no-passage', 'This thread is not about a passage.');
    await tx.threads.update(thread.id, { anchor: threadAnchor({ ...before, from: request.from, to: request.to }) });
    // No audit entry: nothing was said or decided.
    await tx.outbox.change({ noun: 'thread', id: thread.id, verb: 'moved', projectId: thread.projectId, experimentId: null, subjectId: thread.subjectId });
    return thread.id;
  });
}
