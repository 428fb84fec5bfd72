import { may } from '../../../domain/access/policy.ts';
import { REACTIONS, REACTION_KINDS } from '../../../domain/threads/reaction.ts';
import { deleteRefusal, editRefusal } from '../../../domain/threads/thread.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { personOf, projectOf, threadOf } from '../loaders.ts';
import { PersonRef, ThreadRef } from '../types.ts';
import { commentRowOf, editsOf, reactionsOf, type ReactionCount } from './thread-lists.ts';

export const ReactionKind = builder.enumType('ReactionKind', { values: REACTION_KINDS });

const peopleOf = async (context: Context, ids: readonly string[]): Promise<Prisma.PersonModel[]> => (await Promise.all(ids.map((id) => personOf(context, id)))).filter((person) => person !== undefined);

/** Most comments have none or two: priced as a list of eight, a page of threads would be refused as too costly. */
const FEW = { field: 1, multiplier: 1 };

const ReactionRef = builder.objectRef<ReactionCount>('Reaction').implement({
  description: 'What several people said of a comment without words.',
  fields: (t) => ({
    kind: t.field({ type: ReactionKind, resolve: ({ kind }) => kind }),
    emoji: t.string({ resolve: ({ kind }) => REACTIONS[kind].emoji }),
    word: t.string({ resolve: ({ kind }) => REACTIONS[kind].word }),
    count: t.int({ resolve: ({ personIds }) => personIds.length }),
    viewerReacted: t.boolean({ resolve: ({ personIds }, _, context) => personIds.includes(viewerOf(context).personId) }),
    people: t.field({ type: [PersonRef], complexity: FEW, resolve: ({ personIds }, _, context) => peopleOf(context, personIds.slice(0, 50)) }),
  }),
});

const CommentEditRef = builder.objectRef<Prisma.CommentEditModel>('CommentEdit').implement({
  description: 'What a comment said until it was edited.',
  fields: (t) => ({ body: t.exposeString('body'), replacedAt: t.expose('replacedAt', { type: 'DateTime' }) }),
});

const CommentAbilities = builder.objectRef<{ readonly edit: boolean; readonly delete: boolean }>('CommentAbilities').implement({
  fields: (t) => ({ edit: t.exposeBoolean('edit'), delete: t.exposeBoolean('delete') }),
});

async function abilitiesFor(context: Context, comment: Prisma.CommentModel): Promise<{ edit: boolean; delete: boolean }> {
  const viewer = viewerOf(context);
  const thread = await threadOf(context, comment.threadId);
  const project = thread && (await projectOf(context, thread.projectId));
  if (!project) return { edit: false, delete: false };
  return {
    edit: may(viewer, 'thread.comment', project) && editRefusal(comment, viewer.personId) === null,
    delete: deleteRefusal(comment, { personId: viewer.personId, moderates: may(viewer, 'thread.moderate', project), keepsGuests: may(viewer, 'guest-comment.delete', project) }) === null,
  };
}

export const CommentRef = builder.objectRef<Prisma.CommentModel>('Comment').implement({
  description: 'Body is Markdown; of a deleted comment it is empty.',
  fields: (t) => ({
    id: t.exposeID('id'),
    number: t.exposeInt('number', { description: 'Counts up within the thread, in the order they came; those that were deleted keep theirs.' }),
    thread: t.field({ type: ThreadRef, nullable: true, resolve: async ({ threadId }, _, context) => (await threadOf(context, threadId)) ?? null }),
    author: t.field({ type: PersonRef, nullable: true, resolve: async ({ authorId }, _, context) => (await personOf(context, authorId)) ?? null }),
    guestName: t.exposeString('guestName', { nullable: true, description: 'The name that a reader outside gave who wrote this through a share link; null for what people wrote. Such a body is plain text, not Markdown.' }),
    body: t.exposeString('body'),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    editedAt: t.expose('editedAt', { type: 'DateTime', nullable: true }),
    edits: t.field({ type: [CommentEditRef], description: 'Earlier wordings, oldest first.', resolve: async (comment, _, context) => (comment.editedAt === null ? [] : [...((await editsOf(context, comment.id)) ?? [])]) }),
    deletedAt: t.expose('deletedAt', { type: 'DateTime', nullable: true }),
    deletedBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ deletedById }, _, context) => (deletedById === null ? null : ((await personOf(context, deletedById)) ?? null)) }),
    reactions: t.field({ type: [ReactionRef], complexity: { field: 1, multiplier: 2 }, description: 'In the order they were first given.', resolve: async ({ id }, _, context) => [...((await reactionsOf(context, id)) ?? [])] }),
    viewerCanEdit: t.boolean({ resolve: (comment, _, context) => editRefusal(comment, viewerOf(context).personId) === null }),
    viewerCan: t.field({ type: CommentAbilities, resolve: (comment, _, context) => abilitiesFor(context, comment) }),
  }),
});

builder.queryField('comment', (t) =>
  t.field({
    type: CommentRef,
    nullable: true,
    description: 'Where a link to a comment leads.',
    args: { id: t.arg.id({ required: true }) },
    resolve: async (_, { id }, context) => {
      const comment = await commentRowOf(context, id);
      return comment !== undefined && (await threadOf(context, comment.threadId)) !== undefined ? comment : null;
    },
  }),
);
