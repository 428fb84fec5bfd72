import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { anchorFrom, threadAnchor } from '../../domain/threads/anchor.ts';
import { commentBody } from '../../domain/threads/thread.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Ports } from '../ports/ports.ts';
import { announceThread } from './announce-thread.ts';
import { checkAnchor } from './check-anchor.ts';
import { followUp } from './follow-up.ts';
import { openThread } from './open-thread.ts';

export interface StartThread {
  /** Any node's id; a verdict's or review's means its experiment, with the place as the anchor. */
  readonly subject: string;
  readonly anchor?: unknown;
  readonly body: string;
}

const unknownSubject = () => notFound('thread/unknown-subject', 'There is nothing with this id to talk about, or you may not see it.');

/** Starts a discussion; resolves to the thread's id. */
export async function startThread(ports: Pick<Ports, 'store' | 'metrics' | 'blobs' | 'noteDocuments' | 'clock' | 'ids'>, viewer: Viewer, request: StartThread): Promise<string> {
  const body = commentBody(request.body);
  const given = threadAnchor(request.anchor);
  return ports.store.transaction(async (tx) => {
    const subject = await tx.threads.subject(request.subject);
    if (!subject) throw unknownSubject();
    const project = await projectOf(tx, viewer, subject.projectId, { action: 'thread.comment', unknown: unknownSubject });
    const asked = given ?? anchorFrom(subject.anchor);
    const { anchor, seen } = asked === null ? { anchor: null, seen: null } : await checkAnchor(ports, tx, subject, { anchor: asked, personId: viewer.personId });
    const { thread, comment } = await openThread(ports, tx, subject, { authorId: viewer.personId, guestName: null, body, anchor, seen });
    await followUp(tx, { thread, project }, comment);
    await announceThread(tx, thread, { actorId: viewer.personId, verb: 'started', comment });
    return thread.id;
  });
}
