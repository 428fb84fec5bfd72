import { may } from '../../../domain/access/policy.ts';
import { noteMarkdown } from '../../../domain/richtext/note-markdown.ts';
import type { Prisma } from '../../../generated/prisma/client.ts';
import { viewerOf } from '../../context.ts';
import { evidenceWordsFor } from '../../notes/evidence-words.ts';
import { builder, connectionCost } from '../builder.ts';
import { connectionOf } from '../connection.ts';
import { personOf, projectOf } from '../loaders.ts';
import { subjectOf, SubjectRef } from '../subject.ts';
import { DiscussedRef, ExperimentRef, HypothesisRef, MeetingRef, NodeRef, NoteRef, NoteVersionRef, PersonRef, ProjectRef, RunRef } from '../types.ts';
import { backlinksOf, BacklinkRef } from './backlinks.ts';
import { lineChanges, type LineChange } from './line-changes.ts';
import { documentOf, noteOf, notesOf, versionsOf, versionWordsOf } from './note-rows.ts';

/** Reading what a note says costs as much as reading many rows. */
const CONTENT_COST = 10;

const NoteAbilities = builder.objectRef<{ readonly edit: boolean; readonly delete: boolean; readonly share: boolean; readonly comment: boolean }>('NoteAbilities').implement({
  fields: (t) => ({ edit: t.exposeBoolean('edit'), delete: t.exposeBoolean('delete'), share: t.exposeBoolean('share'), comment: t.exposeBoolean('comment') }),
});

NoteRef.implement({
  description: 'A document about a project, hypothesis, experiment, run or meeting, edited by several people at once over /collab.',
  interfaces: [NodeRef, DiscussedRef],
  fields: (t) => ({
    title: t.exposeString('title'),
    subject: t.field({ type: SubjectRef, nullable: true, resolve: (note, _, context) => subjectOf(context, note.subjectId) }),
    project: t.field({ type: ProjectRef, resolve: async (note, _, context) => (await projectOf(context, note.projectId)) as Prisma.ProjectModel }),
    createdBy: t.field({ type: PersonRef, nullable: true, resolve: async ({ createdById }, _, context) => (await personOf(context, createdById)) ?? null }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When its words or its title changed last.' }),
    excerpt: t.exposeString('excerpt', { description: 'How it begins, in a few words.' }),
    markdown: t.string({
      description: 'What it says now; evidence blocks as their sentence.',
      complexity: CONTENT_COST,
      resolve: async (note, _, context) => {
        const document = (await documentOf(context, note.id)) ?? context.ports.noteDocuments.document([]);
        return noteMarkdown(document, await evidenceWordsFor(context, document));
      },
    }),
    document: t.field({
      type: 'JSON',
      description: 'What it says now, as ProseMirror JSON.',
      complexity: CONTENT_COST,
      resolve: async (note, _, context) => (await documentOf(context, note.id)) ?? context.ports.noteDocuments.document([]),
    }),
    versions: t.field({ type: connectionOf('NoteVersion', NoteVersionRef), description: 'Newest first.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost, resolve: (note, args, context) => versionsOf(context, note.id, args) }),
    backlinks: t.field({ type: connectionOf('Backlink', BacklinkRef), description: 'What else mentions the thing that the note is about.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost, resolve: (note, args, context) => backlinksOf(context, note.subjectId, { ...args, besides: note.id }) }),
    viewerCan: t.field({
      type: NoteAbilities,
      resolve: async (note, _, context) => {
        const project = await projectOf(context, note.projectId);
        const edit = project !== undefined && may(viewerOf(context), 'note.edit', project);
        return { edit, delete: edit, share: project !== undefined && may(viewerOf(context), 'share.create', project), comment: project !== undefined && may(viewerOf(context), 'thread.comment', project) };
      },
    }),
  }),
});

const LineChangeRef = builder.objectRef<LineChange>('LineChange').implement({
  fields: (t) => ({
    kind: t.field({ type: builder.enumType('LineChangeKind', { values: ['ADDED', 'REMOVED', 'SAME'] as const }), resolve: ({ kind }) => kind }),
    text: t.exposeString('text', { description: 'One or more lines; of many that are the same only those near a change, with … for the rest.' }),
  }),
});

NoteVersionRef.implement({
  description: 'A note as it was at one moment. Without a name it was kept by itself.',
  fields: (t) => ({
    id: t.exposeID('id'),
    name: t.exposeString('name', { nullable: true }),
    createdAt: t.expose('createdAt', { type: 'DateTime' }),
    author: t.field({ type: PersonRef, nullable: true, description: 'Who wrote last, or who kept it.', resolve: async ({ authorId }, _, context) => (await personOf(context, authorId)) ?? null }),
    markdown: t.string({ complexity: CONTENT_COST, resolve: async ({ id }, _, context) => (await versionWordsOf(context, id))?.markdown ?? '' }),
    changes: t.field({
      type: [LineChangeRef],
      description: 'What differs from the version before; everything, for the first.',
      complexity: CONTENT_COST,
      resolve: async ({ id }, _, context) => {
        const words = await versionWordsOf(context, id);
        return words ? [...lineChanges(words.before ?? '', words.markdown)] : [];
      },
    }),
  }),
});

builder.queryField('note', (t) => t.field({ type: NoteRef, nullable: true, args: { id: t.arg.id({ required: true }) }, resolve: async (_, { id }, context) => (await noteOf(context, id)) ?? null }));

for (const subject of [ProjectRef, HypothesisRef, ExperimentRef, RunRef, MeetingRef] as const) {
  builder.objectField(subject as typeof ProjectRef, 'notes', (t) => t.field({
    type: connectionOf('Note', NoteRef), description: 'Newest first.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost, resolve: ({ id }, args, context) => notesOf(context, id, args),
  }));
}
for (const target of [HypothesisRef, ExperimentRef, RunRef, PersonRef] as const) {
  builder.objectField(target as typeof HypothesisRef, 'backlinks', (t) => t.field({
    type: connectionOf('Backlink', BacklinkRef), description: 'Notes and comments that mention it, newest first; of an experiment also its metrics.', args: { first: t.arg.int(), after: t.arg.string() }, complexity: connectionCost, resolve: ({ id }, args, context) => backlinksOf(context, id, args),
  }));
}
