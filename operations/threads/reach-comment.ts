import type { ProjectAction } from '../../domain/access/policy.ts';
import type { Viewer } from '../../domain/access/viewer.ts';
import { notFound } from '../../domain/refusal.ts';
import { projectOf } from '../experiments/reach.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import type { Comment, Thread } from '../ports/threads.ts';

const unknownComment = () => notFound('comment/unknown', 'There is no such comment, or you may not see it.');

/** The comment as it is once its thread's row is locked: those who change one thread take turns. */
export async function reachComment(tx: Transaction, viewer: Viewer, id: string, action: ProjectAction): Promise<{ readonly comment: Comment; readonly thread: Thread; readonly project: Project }> {
  const found = await tx.threads.comment(id);
  const thread = found && (await tx.threads.lock(found.threadId));
  const comment = thread && (await tx.threads.comment(id));
  if (!comment) throw unknownComment();
  return { comment, thread, project: await projectOf(tx, viewer, thread.projectId, { action, unknown: unknownComment }) };
}
