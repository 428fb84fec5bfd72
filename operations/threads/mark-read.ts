import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { unknownThread } from './reach-thread.ts';

/** Remembers that the viewer has read a thread up to and with a comment. It never moves back, and nobody else is told. */
export async function markRead(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly thread: string; readonly comment: string }): Promise<string> {
  return ports.store.transaction(async (tx) => {
    // Not locked: reading is not changing, and readers must not wait for writers.
    const thread = await tx.threads.get(request.thread);
    if (!thread) throw unknownThread();
    await projectOf(tx, viewer, thread.projectId, { action: 'project.read', unknown: unknownThread });
    const comment = await tx.threads.comment(request.comment);
    if (!comment || comment.threadId !== thread.id) throw notFound('comment/unknown', 'There is no such comment in this thread.');
    await tx.threads.markRead(thread.id, viewer.personId, comment);
    return thread.id;
  });
}

/** The same for everything said about a subject so far; resolves to its id. */
export async function markAllRead(ports: Pick<Ports, 'store'>, viewer: Viewer, request: { readonly subject: string }): Promise<string> {
  const unknown = () => notFound('thread/unknown-subject', 'There is nothing with this id, or you may not see it.');
  return ports.store.transaction(async (tx) => {
    const subject = await tx.threads.subject(request.subject);
    if (!subject) throw unknown();
    await projectOf(tx, viewer, subject.projectId, { action: 'project.read', unknown });
    await tx.threads.markAllRead(subject.id, viewer.personId);
    return subject.id;
  });
}
