import { partOf, threadWords } from '../../domain/threads/thread.ts';
import type { Transaction } from '../ports/store.ts';
import type { Comment, Thread } from '../ports/threads.ts';

interface ThreadEvent {
  /** Null for a guest. */
  readonly actorId: string | null;
  readonly verb: string;
  /** The one that was written, edited or deleted, if it was one. */
  readonly comment?: Comment;
}

/** Search finds what was said, watchers of the subject hear of it, and the record says who did it. */
export async function announceThread(tx: Transaction, thread: Thread, { actorId, verb, comment }: ThreadEvent): Promise<void> {
  const { id, projectId } = thread;
  if (comment !== undefined) await keepWords(tx, thread, comment);
  await tellThread(tx, thread, verb, comment);
  await tx.audit.append({ projectId, actorId, action: `thread.${verb}`, subjectKind: 'thread', subjectId: id });
}

/** Watchers of the subject hear of a thread, and which comment of it changed: they read no more than that. */
export async function tellThread(tx: Transaction, { id, projectId, subjectId }: Thread, verb: string, comment: Pick<Comment, 'id'> | undefined): Promise<void> {
  const subject = await tx.threads.subject(subjectId);
  await tx.outbox.change({ noun: 'thread', id, verb, projectId, experimentId: subject?.experimentId ?? null, subjectId, ...(comment === undefined ? {} : { commentId: comment.id }) });
}

/** Only the part of the thread that the comment is in. */
async function keepWords(tx: Transaction, { id, projectId }: Thread, { number }: Comment): Promise<void> {
  const { part, ...numbers } = partOf(number);
  const words = threadWords((await tx.threads.comments(id, numbers)).map(({ body }) => body), part);
  await tx.search.put({ subjectId: id, subjectKind: 'thread', projectId, part, ...words });
}
