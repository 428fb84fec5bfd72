import { threadWords } from '../../domain/threads/thread.ts';
import type { Transaction } from '../ports/store.ts';
import type { Thread } from '../ports/threads.ts';

/** Search finds what was said, watchers of the subject hear of it, and the record says who did it. */
export async function announceThread(tx: Transaction, thread: Thread, event: { readonly actorId: string; readonly verb: string }): Promise<void> {
  const { id, projectId, subjectId } = thread;
  const subject = await tx.threads.subject(subjectId);
  const words = threadWords((await tx.threads.comments(id)).map((comment) => comment.body));
  await tx.search.put({ subjectId: id, subjectKind: 'thread', projectId, ...words });
  await tx.outbox.change({ noun: 'thread', id, verb: event.verb, projectId, experimentId: subject?.experimentId ?? null, subjectId });
  await tx.audit.append({ projectId, actorId: event.actorId, action: `thread.${event.verb}`, subjectKind: 'thread', subjectId: id });
}
