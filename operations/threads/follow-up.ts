import { followersAfter } from '../../domain/threads/following.ts';
import type { Project } from '../ports/projects.ts';
import type { Transaction } from '../ports/store.ts';
import type { Comment, Thread } from '../ports/threads.ts';
import { keepMentions } from './keep-mentions.ts';
import { tellComment } from './tell-comment.ts';

/** What follows from a new comment: what it mentions is kept, who hears of it and of the thread from now on, and that its author has read as far as that. */
export async function followUp(tx: Transaction, place: { readonly thread: Thread; readonly project: Project }, comment: Comment): Promise<void> {
  const { thread } = place;
  const mentioned = await keepMentions(tx, place, comment);
  const before = await tx.threads.followers(thread.id);
  const starts = comment.authorId === thread.createdById && comment.createdAt.getTime() === thread.createdAt.getTime();
  const ownerId = await tx.threads.ownerOf({ id: thread.subjectId });
  const added = followersAfter(before, { authorId: comment.authorId, starts, ownerId, mentioned });
  if (added.length > 0) await tx.threads.follow(thread.id, added, comment.createdAt);
  await tellComment(tx, thread, comment, mentioned);
  await tx.threads.markRead(thread.id, comment.authorId, comment);
}
