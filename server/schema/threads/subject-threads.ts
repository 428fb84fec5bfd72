import { builder, connectionCost } from '../builder.ts';
import { connectionOf } from '../connection.ts';
import { ExperimentRef, HypothesisRef, NoteRef, ProjectRef, RunRef, ThreadRef } from '../types.ts';
import { unreadAbout } from './thread-lists.ts';
import { ThreadStateEnum, threadsOf } from './threads-of.ts';

// What can be talked about has threads, and says how much of them the viewer has not read.

const args = builder.args((t) => ({ first: t.int(), after: t.string(), state: t.field({ type: ThreadStateEnum }) }));
const UNREAD = 'Comments of others in its threads that the viewer has not read.';

for (const ref of [ExperimentRef, HypothesisRef, RunRef, ProjectRef, NoteRef]) {
  builder.objectField(ref, 'threads', (t) => t.field({ type: connectionOf('Thread', ThreadRef), args, complexity: connectionCost, resolve: ({ id }, page, context) => threadsOf(context, id, page) }));
  builder.objectField(ref, 'unreadComments', (t) => t.int({ description: UNREAD, resolve: async ({ id }, _, context) => (await unreadAbout(context, id)) ?? 0 }));
}
