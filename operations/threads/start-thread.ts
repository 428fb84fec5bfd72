import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { anchorFrom, threadAnchor } from '../../domain/threads/anchor.ts';
import { commentBody } from '../../domain/threads/thread.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import type { Thread } from '../ports/threads.ts';
import { announceThread } from './announce-thread.ts';
import { checkAnchor } from './check-anchor.ts';
import { followUp } from './follow-up.ts';

export interface StartThread {
  /** Any node's id; a verdict's or review's means its experiment, with the place as the anchor. */
  readonly subject: string;
  readonly anchor?: unknown;
  readonly body: string;
}

const unknownSubject = () => notFound('thread/unknown-subject', 'There is nothing with this id to talk about, or you may not see it.');

/** Starts a discussion; resolves to the thread's id. */
export async function startThread(ports: Pick<Ports, 'store' | 'metrics' | 'clock' | 'ids'>, viewer: Viewer, request: StartThread): Promise<string> {
  const body = commentBody(request.body);
  const given = threadAnchor(request.anchor);
  return ports.store.transaction(async (tx) => {
    const subject = await tx.threads.subject(request.subject);
    if (!subject) throw unknownSubject();
    const project = await projectOf(tx, viewer, subject.projectId, { action: 'thread.comment', unknown: unknownSubject });
    const anchor = given ?? anchorFrom(subject.anchor);
    const seen = anchor === null ? null : await checkAnchor(ports, tx, subject, anchor);
    const now = ports.clock.now();
    const thread: Thread = {
      id: ports.ids.next('thread'),
      projectId: project.id,
      subjectId: subject.id,
      subjectKind: subject.kind,
      number: await tx.threads.nextNumber(subject.id),
      anchor,
      seen,
      createdById: viewer.personId,
      createdAt: now,
      updatedAt: now,
      resolvedAt: null,
      resolvedById: null,
    };
    await tx.threads.insert(thread);
    const comment = { id: ports.ids.next('comment'), threadId: thread.id, authorId: viewer.personId, body, createdAt: now, editedAt: null, deletedAt: null, deletedById: null };
    await tx.threads.addComment(comment);
    await followUp(tx, { thread, project }, comment);
    await announceThread(tx, thread, { actorId: viewer.personId, verb: 'started' });
    return thread.id;
  });
}
