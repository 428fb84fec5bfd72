import type { Change } from '../../../contracts/messages/change.ts';
import { notFound } from '../../../domain/refusal.ts';
import { viewerOf, type Context } from '../../context.ts';
import { leavable } from '../../leavable.ts';
import { SharedEvent } from '../../shared-event.ts';
import { builder } from '../builder.ts';
import { threadOf } from '../loaders.ts';
import { stillVisible } from '../still-visible.ts';
import { projectIdOfSubject } from '../subject.ts';
import { ThreadRef } from '../types.ts';

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

builder.subscriptionField('threadUpdated', (t) =>
  t.field({
    type: ThreadRef,
    description: 'A thread about the subject that was started, answered, edited or settled.',
    args: { subject: t.arg.id({ required: true }) },
    subscribe: async (_, { subject }, context) => {
      viewerOf(context);
      const projectId = await projectIdOfSubject(context, subject);
      if (projectId === null) throw unknownSubject();
      return threadsAbout(context, subject, projectId);
    },
    resolve: async ({ said: { id } }, _, context) => {
      const thread = await threadOf(context, id);
      if (!thread) throw unknownSubject();
      return thread;
    },
  }),
);

