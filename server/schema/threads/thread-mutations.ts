import type { Prisma } from '../../../generated/prisma/client.ts';
import { editComment } from '../../../operations/threads/edit-comment.ts';
import { unknownThread } from '../../../operations/threads/reach-thread.ts';
import { reply } from '../../../operations/threads/reply.ts';
import { resolveThread } from '../../../operations/threads/resolve-thread.ts';
import { startThread } from '../../../operations/threads/start-thread.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { threadOf } from '../loaders.ts';
import { ThreadRef } from '../types.ts';

interface Payload { readonly thread: Prisma.ThreadModel }
const payload = (name: string) => builder.objectRef<Payload>(name).implement({ fields: (t) => ({ thread: t.field({ type: ThreadRef, resolve: ({ thread }) => thread }) }) });

const StartThreadInput = builder.inputType('StartThreadInput', { fields: (t) => ({ subject: t.id({ required: true }), anchor: t.field({ type: 'JSON' }), body: t.string({ required: true }) }) });
const ReplyInput = builder.inputType('ReplyInput', { fields: (t) => ({ thread: t.id({ required: true }), body: t.string({ required: true }) }) });
const ResolveThreadInput = builder.inputType('ResolveThreadInput', { fields: (t) => ({ thread: t.id({ required: true }), resolved: t.boolean({ defaultValue: true }) }) });
const EditCommentInput = builder.inputType('EditCommentInput', { fields: (t) => ({ comment: t.id({ required: true }), body: t.string({ required: true }) }) });

async function readBack(context: Context, id: string): Promise<Payload> {
  forgetBatches(context);
  const thread = await threadOf(context, id);
  if (!thread) throw unknownThread();
  return { thread };
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
    type: payload('ReplyPayload'),
    args: { input: t.arg({ type: ReplyInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await reply(context.ports, viewerOf(context), input)),
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
    type: payload('EditCommentPayload'),
    args: { input: t.arg({ type: EditCommentInput, required: true }) },
    resolve: async (_, { input }, context) => readBack(context, await editComment(context.ports, viewerOf(context), input)),
  }),
);
