import type { Change } from '../../../contracts/messages/change.ts';
import { notFound } from '../../../domain/refusal.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { SharedEvent } from '../../shared-event.ts';
import { builder } from '../builder.ts';
import { threadOf } from '../loaders.ts';
import { stillVisible } from '../still-visible.ts';
import { projectIdOfSubject } from '../subject.ts';
import { ThreadRef } from '../types.ts';
import { CommentRef } from './comment.ts';
import { commentRowOf } from './thread-lists.ts';

const unknownSubject = () => notFound('thread/unknown-subject', 'There is nothing with this id, or you may not see it.');

/** Threads about one thing, as they are started, answered and settled. Ends when the viewer may not see the thing any more. */
const threadsAbout = (context: Context, subjectId: string, projectId: string): AsyncGenerator<SharedEvent<Change>> => leavable(async function* (leaving) {
  const look = (listener: Context): Promise<unknown> => projectIdOfSubject(listener, subjectId);
  const wanted = (change: Change): boolean => (change.noun === 'thread' && change.subjectId === subjectId) || (change.noun === 'project' && change.projectId === projectId);
  for await (const change of context.changes.subscribe(wanted, leaving)) {
    if (change.noun === 'thread') yield SharedEvent.forEachViewer(change, look);
    else if (!(await stillVisible(context, () => look(context)))) return;
  }
});

async function follow(context: Context, subject: string): Promise<AsyncGenerator<SharedEvent<Change>>> {
  viewerOf(context);
  const projectId = await projectIdOfSubject(context, subject);
  if (projectId === null) throw unknownSubject();
  return threadsAbout(context, subject, projectId);
}

async function changedThread(context: Context, { id }: Change): Promise<Prisma.ThreadModel> {
  const thread = await threadOf(context, id);
  if (!thread) throw unknownSubject();
  return thread;
}

builder.subscriptionField('threadUpdated', (t) =>
  t.field({
    type: ThreadRef,
    description: 'A thread about the subject that was started, answered, edited or settled.',
    args: { subject: t.arg.id({ required: true }) },
    subscribe: (_, { subject }, context) => follow(context, subject),
    resolve: ({ said }, _, context) => changedThread(context, said),
  }),
);

const DiscussionChangeRef = builder.objectRef<Change>('DiscussionChange').implement({
  description: 'One thread, and what of it changed.',
  fields: (t) => ({
    verb: t.exposeString('verb', { description: '"started", "started-outside" (by a guest), "replied", "edited", "comment-deleted", "reacted", "resolved" or "reopened".' }),
    thread: t.field({ type: ThreadRef, resolve: (change, _, context) => changedThread(context, change) }),
    comment: t.field({
      type: CommentRef,
      nullable: true,
      description: 'The comment that was written, edited, deleted or reacted to; null where it was the thread as a whole.',
      resolve: async (change, _, context) => {
        const comment = change.commentId === undefined ? undefined : await commentRowOf(context, change.commentId);
        return comment?.threadId === (await changedThread(context, change)).id ? comment : null;
      },
    }),
  }),
});

builder.subscriptionField('discussionChanged', (t) =>
  t.field({
    type: DiscussionChangeRef,
    description: 'As threadUpdated, with the comment that changed: who shows a discussion reads no more than that.',
    args: { subject: t.arg.id({ required: true }) },
    subscribe: (_, { subject }, context) => follow(context, subject),
    resolve: ({ said }) => said,
  }),
);
