import type { Change } from '../../../contracts/messages/change.ts';
import { notFound } from '../../../domain/refusal.ts';
import { unknownNote } from '../../../operations/notes/reach-note.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { builder } from '../builder.ts';
import { stillVisible } from '../still-visible.ts';
import { projectIdOfSubject } from '../subject.ts';
import { NoteRef } from '../types.ts';
import { noteOf } from './note-rows.ts';

const unknownSubject = () => notFound('note/unknown-subject', 'There is nothing with this id, or you may not see it.');

/** Notes about one thing, and the note itself where that is the thing. Ends when the viewer may not see it any more. */
const notesAbout = (context: Context, subjectId: string, projectId: string): AsyncGenerator<string> => leavable(async function* (leaving) {
  const wanted = (change: Change): boolean => (change.noun === 'note' && (change.subjectId === subjectId || change.id === subjectId)) || (change.noun === 'project' && change.projectId === projectId);
  for await (const change of context.changes.subscribe(wanted, leaving)) {
    if (!(await stillVisible(context, () => projectIdOfSubject(context, subjectId)))) return;
    if (change.noun === 'note' && change.verb !== 'deleted') yield change.id;
  }
});

builder.subscriptionField('noteUpdated', (t) => t.field({
  type: NoteRef,
  description: 'A note about the subject, or the note itself, that was created, renamed or edited; edits are told a moment after they were made.',
  args: { subject: t.arg.id({ required: true }) },
  subscribe: async (_, { subject }, context) => {
    viewerOf(context);
    const projectId = await projectIdOfSubject(context, subject);
    if (projectId === null) throw unknownSubject();
    return notesAbout(context, subject, projectId);
  },
  resolve: async (noteId, _, context) => {
    const note = await noteOf(context, noteId);
    if (!note) throw unknownNote();
    return note;
  },
}));
