import { may } from '../../../domain/access/policy.ts';
import { REACTIONS, REACTION_KINDS } from '../../../domain/threads/reaction.ts';
import { deleteRefusal, editRefusal } from '../../../domain/threads/thread.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf, type Context } from '../../context.ts';
import { builder } from '../builder.ts';
import { personOf, projectOf, threadOf } from '../loaders.ts';
import { PersonRef } from '../types.ts';
import { editsOf, reactionsOf, type ReactionCount } from './thread-lists.ts';

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
    delete: deleteRefusal(comment, { personId: viewer.personId, moderates: may(viewer, 'thread.moderate', project) }) === null,
  };
}

export const CommentRef = builder.objectRef<Prisma.CommentModel>('Comment').implement({
  description: 'Body is Markdown; of a deleted comment it is empty.',
  fields: (t) => ({
    id: t.exposeID('id'),
    author: t.field({ type: PersonRef, nullable: true, resolve: async ({ authorId }, _, context) => (await personOf(context, authorId)) ?? null }),
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
