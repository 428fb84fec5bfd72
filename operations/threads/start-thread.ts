import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { commentBody, threadAnchor } from '../../domain/threads/thread.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import type { Thread } from '../ports/threads.ts';
import { announceThread } from './announce-thread.ts';

export interface StartThread {
  /** Any node's id; a verdict's or review's means its experiment, with the place as the anchor. */
  readonly subject: string;
  readonly anchor?: unknown;
  readonly body: string;
}

const unknownSubject = () => notFound('thread/unknown-subject', 'There is nothing with this id to talk about, or you may not see it.');

/** Starts a discussion; resolves to the thread's id. */
export async function startThread(ports: Pick<Ports, 'store' | 'clock' | 'ids'>, viewer: Viewer, request: StartThread): Promise<string> {
  const body = commentBody(request.body);
  const given = threadAnchor(request.anchor);
  return ports.store.transaction(async (tx) => {
    const subject = await tx.threads.subject(request.subject);
    if (!subject) throw unknownSubject();
    const project = await projectOf(tx, viewer, subject.projectId, { action: 'thread.comment', unknown: unknownSubject });
    const now = ports.clock.now();
    const thread: Thread = {
      id: ports.ids.next('thread'),
      projectId: project.id,
      subjectId: subject.id,
      subjectKind: subject.kind,
      anchor: given ?? subject.anchor,
      createdById: viewer.personId,
      createdAt: now,
      updatedAt: now,
      resolvedAt: null,
      resolvedById: null,
    };
    await tx.threads.insert(thread);
    await tx.threads.addComment({ id: ports.ids.next('comment'), threadId: thread.id, authorId: viewer.personId, body, createdAt: now, editedAt: null });
    await announceThread(tx, thread, { actorId: viewer.personId, verb: 'started' });
    return thread.id;
  });
}
