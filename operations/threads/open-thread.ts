import type { Ports } from '../ports/ports.ts';
import type { Transaction } from '../ports/store.ts';
import type { Comment, Subject, Thread } from '../ports/threads.ts';

type Opening = Pick<Thread, 'anchor' | 'seen'> & Pick<Comment, 'authorId' | 'guestName' | 'body'>;

/** Keeps a new thread about a subject, with its first comment. Whether its author may, and what follows, is the caller's. */
export async function openThread({ clock, ids }: Pick<Ports, 'clock' | 'ids'>, tx: Transaction, subject: Subject, { anchor, seen, ...said }: Opening): Promise<{ readonly thread: Thread; readonly comment: Comment }> {
  const now = clock.now();
  const thread: Thread = {
    id: ids.next('thread'),
    projectId: subject.projectId,
    subjectId: subject.id,
    subjectKind: subject.kind,
    number: await tx.threads.nextNumber(subject.id),
    anchor,
    seen,
    createdById: said.authorId,
    createdAt: now,
    updatedAt: now,
    resolvedAt: null,
    resolvedById: null,
  };
  await tx.threads.insert(thread);
  const comment: Comment = { id: ids.next('comment'), threadId: thread.id, number: 1, ...said, createdAt: now, editedAt: null, deletedAt: null, deletedById: null };
  await tx.threads.addComment(comment);
  return { thread, comment };
}
