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

/** What is told of one change of a thread; `again` where it happened before one began to listen. */
interface Told { readonly change: Change; readonly again: boolean }

const toldBefore = new WeakMap<Change, Told>();
const toldNow = new WeakMap<Change, Told>();

/** One object for all that listen, by which they share an answer. */
function told(change: Change, again: boolean): Told {
  const known = again ? toldBefore : toldNow;
  const one = known.get(change) ?? { change, again };
  known.set(change, one);
  return one;
}

/** Threads about one thing, as they are started, answered and settled, after those of just now where they are wanted. Ends when the viewer may not see the thing any more. */
const threadsAbout = (context: Context, { id: subjectId, projectId, lately }: Place): AsyncGenerator<SharedEvent<Told>> => leavable(async function* (leaving) {
  const look = (listener: Context): Promise<unknown> => projectIdOfSubject(listener, subjectId);
  const wanted = (change: Change): boolean => (change.noun === 'thread' && change.subjectId === subjectId) || (change.noun === 'project' && change.projectId === projectId);
  const changes = context.changes.subscribe(wanted, leaving);
  if (lately) for (const change of context.changes.lately((each) => each.noun === 'thread' && wanted(each))) yield SharedEvent.forEachViewer(told(change, true), look);
  for await (const change of changes) {
    if (change.noun === 'thread') yield SharedEvent.forEachViewer(told(change, false), look);
    else if (!(await stillVisible(context, () => look(context)))) return;
  }
});

interface Place { readonly id: string; readonly projectId: string; readonly lately: boolean }

async function follow(context: Context, subject: string, { lately }: Pick<Place, 'lately'>): Promise<AsyncGenerator<SharedEvent<Told>>> {
  viewerOf(context);
  const projectId = await projectIdOfSubject(context, subject);
  if (projectId === null) throw unknownSubject();
  return threadsAbout(context, { id: subject, projectId, lately });
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
    subscribe: (_, { subject }, context) => follow(context, subject, { lately: false }),
    resolve: ({ said: { change } }, _, context) => changedThread(context, change),
  }),
);

const DiscussionChangeRef = builder.objectRef<Told>('DiscussionChange').implement({
  description: 'One thread, and what of it changed.',
  fields: (t) => ({
    verb: t.string({ resolve: ({ change }) => change.verb, description: '"started", "started-outside" (by a guest), "replied", "edited", "comment-deleted", "reacted", "resolved" or "reopened".' }),
    again: t.exposeBoolean('again', { description: 'Whether it happened in the half minute before this subscription began: an answer that was asked for at the same time may hold it already.' }),
    thread: t.field({ type: ThreadRef, resolve: ({ change }, _, context) => changedThread(context, change) }),
    comment: t.field({
      type: CommentRef,
      nullable: true,
      description: 'The comment that was written, edited, deleted or reacted to; null where it was the thread as a whole.',
      resolve: async ({ change }, _, context) => {
        const comment = change.commentId === undefined ? undefined : await commentRowOf(context, change.commentId);
        return comment?.threadId === (await changedThread(context, change)).id ? comment : null;
      },
    }),
  }),
});

builder.subscriptionField('discussionChanged', (t) =>
  t.field({
    type: DiscussionChangeRef,
    description: 'As threadUpdated, with the comment that changed: who shows a discussion reads no more than that. What happened in the half minute before comes first.',
    args: { subject: t.arg.id({ required: true }) },
    subscribe: (_, { subject }, context) => follow(context, subject, { lately: true }),
    resolve: ({ said }) => said,
  }),
);
