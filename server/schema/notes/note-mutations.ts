import { createNote } from '../../../operations/notes/create-note.ts';
import { deleteNote } from '../../../operations/notes/delete-note.ts';
import { keepVersion } from '../../../operations/notes/keep-version.ts';
import { unknownNote } from '../../../operations/notes/reach-note.ts';
import { renameNote } from '../../../operations/notes/rename-note.ts';
import { restoreVersion } from '../../../operations/notes/restore-version.ts';
import { forgetBatches } from '../../batched.ts';
import { viewerOf, type Context } from '../../context.ts';
import { documentFromMarkdown } from '../../notes/markdown-document.ts';
import { builder } from '../builder.ts';
import { NoteRef, NoteVersionRef } from '../types.ts';
import { noteOf, type NoteRow, type VersionRow } from './note-rows.ts';

interface Payload { readonly note: NoteRow }
const payload = (name: string) => builder.objectRef<Payload>(name).implement({ fields: (t) => ({ note: t.field({ type: NoteRef, resolve: ({ note }) => note }) }) });

const CreateNoteInput = builder.inputType('CreateNoteInput', {
  fields: (t) => ({ subject: t.id({ required: true, description: 'A project, hypothesis, experiment, run or meeting.' }), title: t.string({ required: true }), markdown: t.string({ description: 'What it begins with.' }) }),
});
const RenameNoteInput = builder.inputType('RenameNoteInput', { fields: (t) => ({ note: t.id({ required: true }), title: t.string({ required: true }) }) });
const DeleteNoteInput = builder.inputType('DeleteNoteInput', { fields: (t) => ({ note: t.id({ required: true }) }) });
const KeepNoteVersionInput = builder.inputType('KeepNoteVersionInput', { fields: (t) => ({ note: t.id({ required: true }), name: t.string({ required: true }) }) });
const RestoreNoteVersionInput = builder.inputType('RestoreNoteVersionInput', { fields: (t) => ({ note: t.id({ required: true }), version: t.id({ required: true }) }) });

async function readBack(context: Context, id: string): Promise<Payload> {
  forgetBatches(context);
  const note = await noteOf(context, id);
  if (!note) throw unknownNote();
  return { note };
}

builder.mutationField('createNote', (t) => t.field({
  type: payload('CreateNotePayload'),
  args: { input: t.arg({ type: CreateNoteInput, required: true }) },
  resolve: async (_, { input: { subject, title, markdown } }, context) => {
    const viewer = viewerOf(context);
    return readBack(context, await createNote(context.ports, viewer, { subject, title, ...(markdown ? { document: documentFromMarkdown(markdown) } : {}) }));
  },
}));

builder.mutationField('renameNote', (t) => t.field({
  type: payload('RenameNotePayload'),
  args: { input: t.arg({ type: RenameNoteInput, required: true }) },
  resolve: async (_, { input }, context) => readBack(context, await renameNote(context.ports, viewerOf(context), input)),
}));

const DeleteNotePayload = builder.objectRef<{ readonly deleted: string }>('DeleteNotePayload').implement({ fields: (t) => ({ deleted: t.exposeID('deleted', { description: 'The id of the note that was.' }) }) });

builder.mutationField('deleteNote', (t) => t.field({
  type: DeleteNotePayload,
  description: 'Takes the note away for everybody, those who have it open included.',
  args: { input: t.arg({ type: DeleteNoteInput, required: true }) },
  resolve: async (_, { input }, context) => ({ deleted: (await deleteNote(context.ports, viewerOf(context), input)).id }),
}));

const KeepNoteVersionPayload = builder.objectRef<Payload & { readonly version: VersionRow }>('KeepNoteVersionPayload').implement({
  fields: (t) => ({ note: t.field({ type: NoteRef, resolve: ({ note }) => note }), version: t.field({ type: NoteVersionRef, resolve: ({ version }) => version }) }),
});

builder.mutationField('keepNoteVersion', (t) => t.field({
  type: KeepNoteVersionPayload,
  args: { input: t.arg({ type: KeepNoteVersionInput, required: true }) },
  resolve: async (_, { input }, context) => {
    const kept = await keepVersion(context.ports, viewerOf(context), input);
    const version = await context.reader.noteVersion.findUniqueOrThrow({ where: { id: kept.version }, omit: { state: true, markdown: true } });
    return { ...(await readBack(context, kept.note)), version };
  },
}));

builder.mutationField('restoreNoteVersion', (t) => t.field({
  type: payload('RestoreNoteVersionPayload'),
  description: 'An edit that makes the note say again what the version says; what others write meanwhile is merged.',
  args: { input: t.arg({ type: RestoreNoteVersionInput, required: true }) },
  resolve: async (_, { input }, context) => readBack(context, await restoreVersion(context.ports, viewerOf(context), input)),
}));
