import type { Prisma } from '../../../generated/prisma/client.ts';
import { deleteComment } from '../../../operations/threads/delete-comment.ts';
import { editComment } from '../../../operations/threads/edit-comment.ts';
import { followPassage } from '../../../operations/threads/follow-passage.ts';
import { followThread } from '../../../operations/threads/follow-thread.ts';
import { markAllRead, markRead } from '../../../operations/threads/mark-read.ts';
import { react } from '../../../operations/threads/react.ts';
import { unknownThread } from '../../../operations/threads/reach-thread.ts';
import { reply } from '../../../operations/threads/reply.ts';
import { resolveThread } from '../../../operations/threads/resolve-thread.ts';
import { startThread } from '../../../operations/threads/start-thread.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { threadOf } from '../loaders.ts';
import { subjectOf, SubjectRef, type SubjectRow } from '../subject.ts';
import { ThreadRef } from '../types.ts';
import { CommentRef, ReactionKind } from './comment.ts';
import { commentRowOf } from './thread-lists.ts';
import { FollowingEnum } from './thread.ts';

interface Payload { readonly thread: Prisma.ThreadModel }
const payload = (name: string) => builder.objectRef<Payload>(name).implement({ fields: (t) => ({ thread: t.field({ type: ThreadRef, resolve: ({ thread }) => thread }) }) });

interface CommentPayload extends Payload { readonly comment: Prisma.CommentModel }
const commentPayload = (name: string) => builder.objectRef<CommentPayload>(name).implement({
  fields: (t) => ({
    thread: t.field({ type: ThreadRef, resolve: ({ thread }) => thread }),
    comment: t.field({ type: CommentRef, description: 'What was written or changed.', resolve: ({ comment }) => comment }),
  }),
});

const StartThreadInput = builder.inputType('StartThreadInput', { fields: (t) => ({ subject: t.id({ required: true }), anchor: t.field({ type: 'JSON' }), body: t.string({ required: true }) }) });
const ReplyInput = builder.inputType('ReplyInput', { fields: (t) => ({ thread: t.id({ required: true }), body: t.string({ required: true }) }) });
const ResolveThreadInput = builder.inputType('ResolveThreadInput', { fields: (t) => ({ thread: t.id({ required: true }), resolved: t.boolean({ defaultValue: true }) }) });
const FollowPassageInput = builder.inputType('FollowPassageInput', {
  fields: (t) => ({
    thread: t.id({ required: true }),
    from: t.string({ required: true, description: 'Yjs relative position of the first letter, base64.' }),
    to: t.string({ required: true, description: 'Yjs relative position after the last letter, base64.' }),
  }),
});
const EditCommentInput = builder.inputType('EditCommentInput', { fields: (t) => ({ comment: t.id({ required: true }), body: t.string({ required: true }) }) });

async function readBack(context: Context, id: string): Promise<Payload> {
  forgetBatches(context);
  const thread = await threadOf(context, id);
  if (!thread) throw unknownThread();
  return { thread };
}

async function commentBack(context: Context, ids: { readonly thread: string; readonly comment: string }): Promise<CommentPayload> {
  const { thread } = await readBack(context, ids.thread);
  const comment = await commentRowOf(context, ids.comment);
  if (!comment) throw unknownThread();
  return { thread, comment };
}

builder.mutationField('startThread', (t) =>
  t.field({
    type: payload('StartThreadPayload'),
    args: { input: t.arg({ type: StartThreadInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await startThread(context.ports, viewerOf(context), input)),
  }),
);
builder.mutationField('reply', (t) =>
  t.field({
    type: commentPayload('ReplyPayload'),
    args: { input: t.arg({ type: ReplyInput, required: true }) },
    resolve: async (_, { input }, context) => commentBack(context, await reply(context.ports, viewerOf(context), input)),
  }),
);
builder.mutationField('resolveThread', (t) =>
  t.field({
    type: payload('ResolveThreadPayload'),
    args: { input: t.arg({ type: ResolveThreadInput, required: true }) },
    resolve: async (_, { input: { thread, resolved } }, context) => readBack(context, await resolveThread(context.ports, viewerOf(context), { thread, resolved: resolved ?? true })),
  }),
);
builder.mutationField('editComment', (t) =>
  t.field({
    type: commentPayload('EditCommentPayload'),
    args: { input: t.arg({ type: EditCommentInput, required: true }) },
    resolve: async (_, { input }, context) => commentBack(context, { thread: await editComment(context.ports, viewerOf(context), input), comment: input.comment }),
  }),
);

const DeleteCommentInput = builder.inputType('DeleteCommentInput', { fields: (t) => ({ comment: t.id({ required: true }) }) });
const ReactInput = builder.inputType('ReactInput', { fields: (t) => ({ comment: t.id({ required: true }), reaction: t.field({ type: ReactionKind, required: true }) }) });
const FollowThreadInput = builder.inputType('FollowThreadInput', { fields: (t) => ({ thread: t.id({ required: true }), following: t.field({ type: FollowingEnum, description: 'Null goes back to neither.' }) }) });
const MarkReadInput = builder.inputType('MarkReadInput', { fields: (t) => ({ thread: t.id({ required: true }), comment: t.id({ required: true }) }) });
const MarkAllReadInput = builder.inputType('MarkAllReadInput', { fields: (t) => ({ subject: t.id({ required: true }) }) });

builder.mutationField('deleteComment', (t) =>
  t.field({
    type: commentPayload('DeleteCommentPayload'),
    description: 'Its words go, from reads, search and history; that it was there, and who took it away, stays.',
    args: { input: t.arg({ type: DeleteCommentInput, required: true }) },
    resolve: async (_, { input }, context) => commentBack(context, { thread: await deleteComment(context.ports, viewerOf(context), input), comment: input.comment }),
  }),
);
builder.mutationField('react', (t) =>
  t.field({
    type: commentPayload('ReactPayload'),
    description: 'Puts a reaction on a comment; the second time takes it back.',
    args: { input: t.arg({ type: ReactInput, required: true }) },
    resolve: async (_, { input }, context) => commentBack(context, { thread: await react(context.ports, viewerOf(context), input), comment: input.comment }),
  }),
);
builder.mutationField('followPassage', (t) =>
  t.field({
    type: payload('FollowPassagePayload'),
    description: 'Says by which letters the passage of a thread is known, after an edit that wrote its words anew: a paragraph that was split, joined or made a heading. What was quoted stays.',
    args: { input: t.arg({ type: FollowPassageInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await followPassage(context.ports, viewerOf(context), input)),
  }),
);
builder.mutationField('followThread', (t) =>
  t.field({
    type: payload('FollowThreadPayload'),
    description: 'To hear of a thread, or to be left in peace by it.',
    args: { input: t.arg({ type: FollowThreadInput, required: true }) },
    resolve: async (_, { input: { thread, following } }, context) => readBack(context, await followThread(context.ports, viewerOf(context), { thread, following: following ?? null })),
  }),
);
builder.mutationField('markRead', (t) =>
  t.field({
    type: payload('MarkReadPayload'),
    description: 'The viewer has read the thread up to and with this comment.',
    args: { input: t.arg({ type: MarkReadInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await markRead(context.ports, viewerOf(context), input)),
  }),
);

const MarkAllReadPayload = builder.objectRef<{ readonly subject: SubjectRow | null }>('MarkAllReadPayload').implement({ fields: (t) => ({ subject: t.field({ type: SubjectRef, nullable: true, resolve: ({ subject }) => subject }) }) });
builder.mutationField('markAllRead', (t) =>
  t.field({
    type: MarkAllReadPayload,
    description: 'The viewer has read all that was said about this so far.',
    args: { input: t.arg({ type: MarkAllReadInput, required: true }) },
    resolve: async (_, { input }, context) => {
      const subject = await markAllRead(context.ports, viewerOf(context), input);
      forgetBatches(context);
      return { subject: await subjectOf(context, subject) };
    },
  }),
);
